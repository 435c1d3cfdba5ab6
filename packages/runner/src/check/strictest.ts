import type { Codemod, Policy, Severity } from "@ci-fix/codemod";
import { exceptionRules, type Config, type Invariant } from "@ci-fix/register";
import { codemods } from "../codemods.ts";
import { ignoredBy } from "../policy.ts";
import { firstMilestone } from "../survey.ts";

/** What a change is judged by. */
export interface StrictPolicy extends Policy {
  readonly ignored: (path: string) => boolean;
  /** Those of both sides; of one that the change words otherwise both hold. */
  readonly invariants: readonly Invariant[];
  /** How many findings of a severity may be open. */
  readonly open: ReadonlyMap<Severity, number>;
}

/** Most urgent first. */
const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/** The stricter of two policies in each of their keys, so that a change cannot relax what it is judged by. */
export function strictest(base: Config, head: Config, date: string): StrictPolicy {
  const [byBase, byHead] = [ignoredBy(base), ignoredBy(head)];
  return {
    milestone: base.milestone ?? head.milestone ?? firstMilestone,
    date,
    critical: [...base.critical, ...without(head.critical, base.critical)],
    bestEffort: within(base.bestEffort, head.bestEffort),
    classes: strictestClasses(base, head),
    exceptions: within(base.exceptions, head.exceptions),
    ignored: (path) => /(?:^|\/)node_modules\//u.test(path) || (byBase(path) && byHead(path)),
    invariants: [...base.invariants, ...without(head.invariants, base.invariants)],
    open: new Map(SEVERITIES.flatMap((severity) => lowestLimit(severity, base, head))),
  };
}

/** Those of `left` that `right` has as well, and those that it has not; the same words are the same. */
export function within<Of>(left: readonly Of[], right: readonly Of[]): readonly Of[] {
  const words = new Set(right.map((each) => JSON.stringify(each)));
  return left.filter((each) => words.has(JSON.stringify(each)));
}

export function without<Of>(left: readonly Of[], right: readonly Of[]): readonly Of[] {
  const words = new Set(right.map((each) => JSON.stringify(each)));
  return left.filter((each) => !words.has(JSON.stringify(each)));
}

/** Classes that the change relaxes: off, or less urgent than on the base. */
export function relaxedClasses(base: Config, head: Config): readonly string[] {
  return namesIn(base, head).filter((name) => urgency(settingOf(head, name)) > urgency(settingOf(base, name)));
}

function strictestClasses(base: Config, head: Config): ReadonlyMap<string, Severity | "off"> {
  const settings = namesIn(base, head).flatMap((name) => {
    const [before, after] = [settingOf(base, name), settingOf(head, name)];
    const stricter = urgency(before) <= urgency(after) ? before : after;
    // A class that is left alone has the severity of each of its findings.
    const isLeftAlone = !(base.classes.has(name) && head.classes.has(name)) && stricter === ownSeverity(name);
    return isLeftAlone ? [] : [[name, stricter] as const];
  });
  return new Map(settings);
}

function namesIn(base: Config, head: Config): readonly string[] {
  return [...new Set([...base.classes.keys(), ...head.classes.keys()])];
}

function settingOf({ classes }: Config, name: string): Severity | "off" {
  return classes.get(name) ?? ownSeverity(name);
}

function ownSeverity(name: string): Severity {
  const all: readonly Codemod[] = [...codemods, exceptionRules];
  return all.flatMap(({ meta }) => meta.classes).find(({ id }) => id === name)?.severity ?? "low";
}

/** The lower, the more urgent; what is off comes last. */
function urgency(setting: Severity | "off"): number {
  return setting === "off" ? SEVERITIES.length : SEVERITIES.indexOf(setting);
}

function lowestLimit(severity: Severity, base: Config, head: Config): readonly (readonly [Severity, number])[] {
  const limits = [base, head].flatMap(({ thresholds }) => thresholds.open.get(severity) ?? []);
  return limits.length === 0 ? [] : [[severity, Math.min(...limits)]];
}
