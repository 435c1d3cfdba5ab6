import { renderProofText } from "@ci-fix/proof";
import { renderDiff, visible, wrap } from "@ci-fix/report";
import type { RiskPlan } from "@ci-fix/runner";
import type { Invocation } from "../invocation.ts";
import type { FixRequest } from "./fix.ts";
import { proofPaint } from "./prove.ts";

/** Shows what each risk would change, and the command that lands it. */
export function previewPlans(invocation: Invocation, plans: readonly RiskPlan[], request: FixRequest): void {
  const { terminal } = invocation;
  const { style } = terminal;
  for (const plan of plans) {
    const head = [plan.id, plan.title].filter((text) => text !== null && text !== "").join(" ");
    const changes = new Set(plan.findings.map(({ finding }) => finding.change).filter((change) => change !== ""));
    const prose = [...changes].flatMap((change) => wrap(visible(change), style.width - 2)).map((line) => `  ${line}`);
    const diffs = plan.changes.map((change) => renderDiff(change, style));
    const title = wrap(visible(head), style.width, 2).map((line, index) =>
      style.paint("strong", index === 0 ? line : `  ${line}`),
    );
    const proofs = plan.proofs.map((proof) => renderProofText(proof, { width: style.width, paint: proofPaint(style) }));
    terminal.print(
      `${title.join("\n")}\n${prose.map((line) => `${line}\n`).join("")}\n${diffs.join("\n")}\n${proofs.join("\n")}\n`,
    );
  }
  const nameless = plans.some((plan) => plan.id === null);
  const command = nameless ? "ci-fix register update" : landingCommand(request, invocation);
  terminal.print(
    `${nameless ? "give it an id first" : plans.length > 1 ? "land them" : "land it"}: ${style.paint("command", command)}\n`,
  );
}

/** The same choice with `--commit`, ready to be typed. */
function landingCommand({ options, paths }: FixRequest, { folder }: Invocation): string {
  const words = ["ci-fix", ...(folder === undefined ? [] : ["-C", quote(folder)])];
  if (options.risk !== undefined) words.push("--risk", quote(options.risk.join(",")));
  if (options.class !== undefined) words.push("--class", quote(options.class.join(",")));
  if (options.all === true) words.push("--all");
  if (options.includeReview === true) words.push("--include-review");
  if (options.milestone !== undefined) words.push("--milestone", quote(options.milestone));
  if (options.date !== undefined) words.push("--date", quote(options.date));
  return [...words, "--commit", ...paths.map(quote)].join(" ");
}

function quote(word: string): string {
  const shown = visible(word);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}
