import type { Policy } from "@ci-fix/codemod";
import type { Step, Unit } from "@ci-fix/workflow";
import { commandsOf } from "./script.ts";

/** What the owners of a repository said about a unit, and with which of their entries. */
export interface PolicyMatch {
  readonly kind: "critical" | "best-effort";
  readonly entry: string;
}

/** Entries are words of commands, actions or names; upper and lower case are the same. What is critical wins. */
export function policyMatch(unit: Unit, policy: Policy): PolicyMatch | undefined {
  const texts = unit.kind === "job" ? [unit.id, unit.name ?? ""] : textsOf(unit);
  const critical = policy.critical.find((entry) => texts.some((text) => holds(text, entry)));
  if (critical !== undefined) return { kind: "critical", entry: critical };
  const bestEffort = policy.bestEffort.find((entry) => texts.some((text) => holds(text, entry)));
  return bestEffort === undefined ? undefined : { kind: "best-effort", entry: bestEffort };
}

function textsOf(step: Step): readonly string[] {
  const commands = commandsOf(step.script?.text ?? "").map(({ words }) => words.join(" "));
  return [step.name ?? "", step.id ?? "", step.action?.name ?? "", ...commands];
}

function holds(text: string, entry: string): boolean {
  const wanted = entry.trim().toLowerCase();
  if (wanted === "") return false;
  const inside = text.toLowerCase();
  for (let at = inside.indexOf(wanted); at >= 0; at = inside.indexOf(wanted, at + 1)) {
    if (!isWordPart(inside[at - 1]) && !isWordPart(inside[at + wanted.length])) return true;
  }
  return false;
}

function isWordPart(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\d_]/u.test(char);
}
