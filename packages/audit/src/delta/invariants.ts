import type { CheckedInvariant } from "@ci-fix/runner";
import picomatch from "picomatch";
import { knownInvariants } from "../records/carried.ts";
import type { InvariantFacts, InvariantRecord, RiskProof } from "../types.ts";
import { count, listed, named } from "../words.ts";
import type { Range } from "./range.ts";

/** The invariant that every class serves. */
export const CRITICAL_PATH: InvariantRecord = {
  id: "INV-060",
  title: "CI Critical Path Integrity",
  rule: "If a correctness-critical step fails, CI must fail visibly.",
  paths: [],
};

/** INV-060 and every invariant that a record names, with what is known of each after the range. */
export function invariantsOf(range: Range, milestone: string): readonly InvariantFacts[] {
  const known = knownInvariants(range.records);
  const isNew = (id: string): boolean => (known.get(id)?.since ?? milestone) === milestone;
  const watched = new Set(range.check.invariants.map(({ id }) => id));
  const others = [...known.values()].filter(({ record: { id } }) => id !== CRITICAL_PATH.id && !watched.has(id));
  return [
    criticalPath(range, isNew(CRITICAL_PATH.id)),
    ...range.check.invariants.map((checked) => watchedByGate(checked, isNew(checked.id))),
    ...others.map(({ record }) => guarded(range, record)),
  ];
}

function criticalPath({ check, proofs, landed }: Range, isNew: boolean): InvariantFacts {
  const { id, title, rule } = CRITICAL_PATH;
  const proved = proofs.flatMap(({ changes }) => changes);
  const weaker = proved.filter(({ judgement }) => judgement === "weaker");
  const unknown = proved.filter(({ judgement }) => judgement === "unknown");
  const status =
    !check.holds || weaker.length > 0
      ? "broken"
      : unknown.length > 0
        ? "unknown"
        : isNew && landed.length > 0
          ? "introduced"
          : "held";
  const gate = check.holds
    ? "the gate finds nothing new that fails silently"
    : `the gate finds ${count(check.fresh.length, "new silent failure")}, ${count(check.expired.length, "expired exception")} and ${count(check.unreadable.length, "unreadable file")}`;
  const words =
    proved.length === 0 ? "" : `Diff-based semantic proof of ${count(proved.length, "change")} (${verdicts(proofs)}); `;
  return {
    id,
    title,
    rule,
    status,
    method: `${words}${words === "" ? gate.charAt(0).toUpperCase() + gate.slice(1) : gate}.`,
  };
}

function verdicts(proofs: readonly RiskProof[]): string {
  const all = proofs.flatMap(({ changes }) => changes.map(({ judgement }) => judgement));
  const words = {
    bites: "bite",
    "no-change": "change nothing",
    "does-not-bite": "do not bite yet",
    weaker: "weaken",
    unknown: "are unknown",
  } as const;
  return listed(
    (Object.keys(words) as (keyof typeof words)[]).flatMap((judgement) => {
      const number = all.filter((each) => each === judgement).length;
      return number === 0 ? [] : [`${number} ${words[judgement]}`];
    }),
  );
}

/** An invariant of the policy: the gate has looked at it. */
function watchedByGate({ id, statement, broken, holds }: CheckedInvariant, isNew: boolean): InvariantFacts {
  const method = holds
    ? "The gate watches it: nothing breaks it."
    : `The gate watches it: broken by ${count(broken.length, "finding")}, the first in ${named(broken[0]?.file ?? "")}.`;
  return { id, title: statement, rule: statement, status: holds ? (isNew ? "introduced" : "held") : "broken", method };
}

/** All that can be said of an invariant of other files: whether what it guards was touched. */
function guarded({ files, check }: Range, { id, title, rule, paths }: InvariantRecord): InvariantFacts {
  if (paths.length === 0) {
    const status = check.holds ? "held" : "unknown";
    return {
      id,
      title,
      rule,
      status,
      method: "It names no paths; the gate holds for all CI files, and nothing else is looked at.",
    };
  }
  const isGuarded = picomatch([...paths], { dot: true });
  const touched = files.filter(({ file }) => isGuarded(file));
  return touched.length === 0
    ? {
        id,
        title,
        rule,
        status: "untouched",
        method: `Nothing under ${listed(paths.map((path) => `\`${path}\``))} was touched.`,
      }
    : {
        id,
        title,
        rule,
        status: "unknown",
        method: `${count(touched.length, "file")} that it guards changed; whether it holds is for its own tests to tell.`,
      };
}
