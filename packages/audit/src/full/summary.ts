import { isSilent } from "../facts/finding.ts";
import type { Judged } from "../inventory/workflow-facts.ts";
import type { Action, FullSummary, Inventory, SoftFailFacts, TaxonomyEntry } from "../types.ts";
import { count } from "../words.ts";

const SEVERITIES = ["critical", "high", "medium", "low"];

export function summaryOf(
  found: readonly Judged[],
  inventory: Inventory,
  taxonomy: readonly TaxonomyEntry[],
  softFails: readonly SoftFailFacts[],
  actions: readonly Action[],
): FullSummary {
  const open = found
    .filter(([located, { state }]) => isSilent(located) && (state === "open" || state === "person"))
    .map(([, facts]) => facts)
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        (a.state === b.state ? 0 : a.state === "open" ? -1 : 1),
    );
  const urgent = open.filter(
    ({ severity, state }) => state === "open" && (severity === "critical" || severity === "high"),
  ).length;
  const { strong, weak, cosmetic, disabled } = inventory.strengths;
  const strengths = `${strong} strong, ${weak} weak, ${cosmetic} cosmetic and ${disabled} disabled`;
  const verdict =
    inventory.workflows === 0
      ? "There is no workflow to audit."
      : open.length === 0
        ? `Nothing in the files makes a green run doubtful: no silent failure is open in ${count(inventory.workflows, "workflow")} (${strengths}). Section 8 tells what files cannot say.`
        : `A green run cannot be believed everywhere: ${count(open.length, "silent failure")} in ${count(new Set(open.map(({ file }) => file)).size, "file")}, ${urgent} of them high or critical and open; of ${count(inventory.workflows, "workflow")} ${strengths}.`;
  return {
    verdict,
    color: urgent > 0 ? "red" : open.length > 0 ? "yellow" : "green",
    counts: [
      ...taxonomy
        .filter(({ count: number }) => number > 0)
        .map(({ category, mechanism, count: number, files }) => ({
          what: `${category}: ${mechanism}`,
          count: number,
          files,
        })),
      judged("soft-fails that hide work that matters", softFails, "critical"),
      judged("soft-fails with an evident or written reason", softFails, "legitimate"),
      judged("soft-fails settled in the register or by an exception", softFails, "settled"),
      judged("soft-fails for a person to judge", softFails, "person"),
    ],
    top: open.slice(0, 5),
    nextAction:
      actions[0] === undefined
        ? "Nothing is left to do."
        : `${actions[0].task}${actions[0].command === "" ? "" : ` (\`${actions[0].command}\`)`}.`,
  };
}

function judged(
  what: string,
  softFails: readonly SoftFailFacts[],
  judgement: SoftFailFacts["judgement"],
): FullSummary["counts"][number] {
  const of = softFails.filter((each) => each.judgement === judgement);
  return { what, count: of.length, files: new Set(of.map(({ file }) => file)).size };
}
