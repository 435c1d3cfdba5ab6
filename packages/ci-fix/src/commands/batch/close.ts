import { count, visible } from "@ci-fix/report/text";
import type { CampaignOptions } from "../../batch-command.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import type { Invocation } from "../../invocation.ts";
import { inCampaign } from "./campaign.ts";
import { tellOutcome } from "./outcome.ts";

/** Closes what the campaign opened, or lists it. */
export async function closeBatch(
  invocation: Invocation,
  options: CampaignOptions & { readonly push?: true; readonly why?: string },
): Promise<ExitCode> {
  const { terminal } = invocation;
  return inCampaign(invocation, options, async (campaign) => {
    if (options.push === true) {
      await campaign.batch.close(options.why ?? "This campaign was closed.");
      return tellOutcome(invocation, campaign);
    }
    const opened = await campaign.batch.opened();
    terminal.print(`${count(opened.length, "repository", "repositories")} would be closed\n`);
    for (const { name, pullUrl } of opened)
      terminal.print(`  ${visible(name)} ${visible(pullUrl ?? campaign.ledger.settings.branch)}\n`);
    if (opened.length > 0)
      terminal.print(`close them: ${terminal.style.paint("command", "ci-fix batch close --push")}\n`);
    return EXIT.done;
  });
}
