import { findingFacts, isSilent } from "../facts/finding.ts";
import type { Judged } from "../inventory/workflow-facts.ts";
import type { FindingFacts, Issue } from "../types.ts";
import type { Range } from "./range.ts";

const SEVERITIES = ["critical", "high", "medium", "low"];

/** What the range brought: the findings of the gate. */
export function newIssues({ check, after, survey }: Range): readonly Issue[] {
  const found = [...check.fresh.map(({ located }) => located), ...check.expired];
  return found.map((located, index) => {
    const facts =
      after.found.find(([each]) => each.fingerprint === located.fingerprint && each.file === located.file)?.[1] ??
      findingFacts(located, after.tree.match, survey.policy.date);
    return issueOf(`NEW-${number(index + 1)}`, [located, facts], "introduced in this range: take the commit back");
  });
}

/**
 * What is on both sides, untouched, and for nobody to answer: not in the register, or there only because a risk that has landed
 * names the same place. Ids that a record gave stay; new ones follow the highest.
 */
export function preExisting(range: Range): readonly Issue[] {
  const before = new Set(range.before.found.map(([located]) => keyOf(located)));
  const landed = range.standing;
  const old = range.after.found
    .filter(
      ([located, { state, id }]) =>
        isSilent(located) &&
        (state === "open" || state === "person") &&
        before.has(keyOf(located)) &&
        (id === null || landed.has(id)),
    )
    .sort(([, a], [, b]) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const known = knownIds(range);
  let last = Math.max(0, ...[...known.values()].map((id) => Number(id.slice("PRE-".length)) || 0));
  return old.map((judged) => {
    const id = known.get(judged[1].fingerprint) ?? `PRE-${number((last += 1))}`;
    return issueOf(id, judged, "n/a: it was there before");
  });
}

function keyOf({ file, fingerprint }: { readonly file: string; readonly fingerprint: string }): string {
  return `${file}\n${fingerprint}`;
}

function knownIds({ records }: Range): ReadonlyMap<string, string> {
  return new Map(
    records.flatMap(({ deferred }) =>
      deferred.flatMap(({ id, fingerprint }) =>
        fingerprint !== undefined && id.startsWith("PRE-") ? [[fingerprint, id] as const] : [],
      ),
    ),
  );
}

function number(value: number): string {
  return String(value).padStart(3, "0");
}

function issueOf(id: string, [{ finding }, facts]: Judged, rollback: string): Issue {
  const { outcome } = finding;
  return {
    id,
    finding: facts,
    interpretation: finding.why,
    recommendation: outcome.kind === "skip" ? `Decide: ${outcome.message}` : capital(outcome.title),
    guardrail: guardrailFor(facts),
    rollback,
  };
}

function guardrailFor({ class: name, state }: FindingFacts): string {
  if (state === "person") return "accept it in the register with a reason, or repair it by hand";
  return `the gate fails for any new \`${name}\``;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
