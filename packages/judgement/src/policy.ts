import type { Policy, PolicyEntry } from "@ci-fix/codemod";
import type { Step, Unit } from "@ci-fix/workflow";
import { commandsOf } from "./script.ts";

/** What the owners of a repository said about a unit, and with which of their entries. */
export interface PolicyMatch {
  readonly kind: "critical" | "best-effort";
  readonly entry: string;
}

/** Texts of a unit by what they are. */
interface UnitTexts {
  readonly command: readonly string[];
  readonly action: readonly string[];
  readonly name: readonly string[];
}

/** Entries are words of commands, actions or names; upper and lower case are the same. What is critical wins. */
export function policyMatch(unit: Unit, policy: Policy): PolicyMatch | undefined {
  if (policy.critical.length + policy.bestEffort.length === 0) return undefined;
  const texts = unit.kind === "job" ? { command: [], action: [], name: [unit.id, unit.name ?? ""] } : textsOf(unit);
  const critical = policy.critical.find((entry) => matches(texts, entry));
  if (critical !== undefined) return { kind: "critical", entry: textOf(critical) };
  const bestEffort = policy.bestEffort.find((entry) => matches(texts, entry));
  return bestEffort === undefined ? undefined : { kind: "best-effort", entry: textOf(bestEffort) };
}

function textsOf(step: Step): UnitTexts {
  return {
    command: commandsOf(step.script?.text ?? "").map(({ words }) => words.join(" ")),
    action: [step.action?.name ?? ""],
    name: [step.name ?? "", step.id ?? ""],
  };
}

function matches(texts: UnitTexts, entry: PolicyEntry): boolean {
  const among = typeof entry === "string" ? [...texts.name, ...texts.action, ...texts.command] : texts[entry.of];
  return among.some((text) => holds(text, textOf(entry)));
}

function textOf(entry: PolicyEntry): string {
  return typeof entry === "string" ? entry : entry.text;
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
