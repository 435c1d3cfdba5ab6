import { previewCampaign, type RiskPreview } from "@ci-fix/batch";
import { count, renderDiff, visible, wrap, type Style } from "@ci-fix/report";
import type { CampaignOptions } from "../../batch-command.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import type { Invocation } from "../../invocation.ts";
import { UsageError } from "../../problems.ts";
import { inCampaign } from "./campaign.ts";

/** Shows each change once, with the repositories that it is made in. */
export async function previewBatch(
  invocation: Invocation,
  options: CampaignOptions & { readonly risk?: readonly string[] },
): Promise<ExitCode> {
  return inCampaign(invocation, options, async ({ ledger }) => {
    const previews = await previewCampaign(ledger, options.risk ?? []);
    const unknown = (options.risk ?? []).find((id) => !previews.some(({ risk }) => risk.id === id));
    if (unknown !== undefined)
      throw new UsageError(`nothing is planned for ${unknown}`, "ci-fix batch preview shows what is");
    const { style } = invocation.terminal;
    for (const preview of previews) invocation.terminal.print(`${renderPreview(preview, style)}\n`);
    if (previews.length === 0) invocation.terminal.print(`${style.paint("success", "nothing to do")}\n`);
    else
      invocation.terminal.print(`land it: ${style.paint("command", "ci-fix batch apply --commit, --push or --pr")}\n`);
    return EXIT.done;
  });
}

export function renderPreview({ risk, effects, groups, count: repositories }: RiskPreview, style: Style): string {
  const head = `${risk.id} ${risk.title} (${count(repositories, "repository", "repositories")})`;
  const prose = effects.flatMap((effect) => wrap(visible(effect), style.width - 2)).map((line) => `  ${line}`);
  const changes = groups.map((group) => {
    const diff = renderDiff({ file: group.path, before: group.before, after: group.after }, style);
    const others = group.count - group.repositories.length;
    const names = `${group.repositories.map(visible).join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
    return `${wrap(`in ${names}`, style.width, 3)
      .map((line) => style.paint("muted", line))
      .join("\n")}\n${diff}`;
  });
  return `${style.paint("strong", visible(head))}\n${prose.join("\n")}\n\n${changes.join("\n")}`;
}
