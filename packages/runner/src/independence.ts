import type { Policy } from "@ci-fix/codemod";
import { applyEdits, type ByteSplice } from "@ci-fix/yaml-editor";
import { placeInverse } from "./place/index.ts";
import { editsOf, repositoryOf } from "./plan.ts";
import { scanBytes } from "./scan.ts";
import type { FileChange, RiskPlan } from "./types.ts";

/**
 * Sorts plans into those that can be taken back alone and those that cannot: each group becomes one commit.
 * Two plans are independent if in every file they share their splices do not overlap, applying both at once gives the same bytes as
 * putting their splices together and as making one after the other, and each can be taken out of the result again so that exactly the other remains.
 */
export function groupDependents(plans: readonly RiskPlan[], policy: Policy): RiskPlan[][] {
  const groups = plans.map((plan) => [plan]);
  for (let i = 0; i < plans.length; i++) {
    for (let j = i + 1; j < plans.length; j++) {
      const [first, second] = [plans[i], plans[j]];
      if (first === undefined || second === undefined || areIndependent(first, second, policy)) continue;
      const [into, from] = [groupOf(groups, first), groupOf(groups, second)];
      if (into === from) continue;
      into.push(...from);
      groups.splice(groups.indexOf(from), 1);
    }
  }
  return groups;
}

/** The bytes after the changes of several independent plans. Splices are byte offsets in `before`. */
export function compose(before: Uint8Array, splices: readonly ByteSplice[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const splice of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(before.subarray(at, splice.start), Buffer.from(splice.text, "utf8"));
    at = splice.end;
  }
  return Buffer.concat([...parts, before.subarray(at)]);
}

function areIndependent(first: RiskPlan, second: RiskPlan, policy: Policy): boolean {
  return first.changes.every((a) =>
    second.changes.every((b) => a.file !== b.file || (!overlap(a, b) && commute(a, b, policy))),
  );
}

/** Two insertions at one place overlap, too: nothing says which comes first. */
function overlap(a: FileChange, b: FileChange): boolean {
  return a.splices.some((one) =>
    b.splices.some((other) => one.start === other.start || (one.start < other.end && other.start < one.end)),
  );
}

function commute(a: FileChange, b: FileChange, policy: Policy): boolean {
  const yaml = a.findings[0]?.workflow.file.yaml;
  if (yaml === undefined) return false;
  const both = compose(a.before, [...a.splices, ...b.splices]);
  const atOnce = applyEdits(yaml, [...editsOf(a.findings), ...editsOf(b.findings)]);
  if (!atOnce.ok || !equal(atOnce.bytes, both)) return false;
  if (!leaves(a, both, b.after) || !leaves(b, both, a.after)) return false;
  return isSameAfter(a, b, both, policy) && isSameAfter(b, a, both, policy);
}

/** A rollback runs the codemods on the commit before again: there, with the first fix made, the second must come out the same. */
function isSameAfter(first: FileChange, second: FileChange, both: Uint8Array, policy: Policy): boolean {
  const wanted = new Set(second.findings.map(({ fingerprint }) => fingerprint));
  const found = scanBytes(first.file, first.after, { policy, repository: repositoryOf(first) }).findings.filter(
    ({ fingerprint }) => wanted.has(fingerprint),
  );
  const yaml = found[0]?.workflow.file.yaml;
  if (yaml === undefined || found.length !== wanted.size) return false;
  const applied = applyEdits(yaml, editsOf(found));
  return applied.ok && equal(applied.bytes, both);
}

/** Taking `gone` out of `both` must leave exactly `rest`. */
function leaves(gone: FileChange, both: Uint8Array, rest: Uint8Array): boolean {
  const placed = placeInverse({
    before: text(gone.before),
    splices: gone.splices,
    today: text(both),
    origin: text(gone.before),
  });
  return placed.ok && equal(Buffer.from(placed.text, "utf8"), rest);
}

function groupOf(groups: readonly RiskPlan[][], plan: RiskPlan): RiskPlan[] {
  return groups.find((group) => group.includes(plan)) ?? [];
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
