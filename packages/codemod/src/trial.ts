import {
  applyEdits,
  type ApplyResult,
  type Edit,
  type Refusal,
  type RefusalCode,
  type YamlFile,
} from "@ci-fix/yaml-editor";
import { orphanedAliases } from "./orphaned-aliases.ts";

type Apply = (file: YamlFile, edits: readonly Edit[]) => ApplyResult;

/** Refusals that an edit earns by itself, whatever else stands in its batch. */
const ownFaults: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  "no-such-target",
  "ambiguous-target",
  "wrong-target-kind",
  "alias-target",
  "anchor-in-use",
  "unmappable-range",
  "cannot-represent",
]);
const fewestTries = 16;
/** UTF-16 units of a file, summed up over the tries. */
const readable = 8_000_000;

/**
 * Which of several changes of a file the editor refuses, each taken alone, and why; by the index of the change. One try
 * reads the whole file again, so all are tried as one batch, which is only split where it is refused.
 */
export function refusalsOf(
  file: YamlFile,
  changes: readonly (readonly Edit[])[],
  apply: Apply = applyEdits,
): ReadonlyMap<number, Refusal> {
  const refusals = new Map<number, Refusal>(orphanedAliases(file, changes));
  const left = [...changes.keys()].filter((change) => !refusals.has(change));
  const pending = left.length > 0 ? [left] : [];
  let tries = Math.max(fewestTries, Math.ceil(readable / Math.max(1, file.text.length)));
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    const guilty =
      tries-- > 0 ? guiltyIn(file, part, changes, apply) : new Map(part.map((change) => [change, untried]));
    if (guilty === undefined) continue;
    for (const [change, refusal] of guilty) refusals.set(change, refusal);
    const rest = part.filter((change) => !guilty.has(change));
    const middle = guilty.size > 0 ? 0 : rest.length >> 1;
    for (const half of [rest.slice(middle), rest.slice(0, middle)]) if (half.length > 0) pending.push(half);
  }
  return refusals;
}

const untried: Refusal = {
  code: "check-failed",
  message: "too many changes of the file cannot be made to try each of them",
};

/** The changes that are known to be refused alone, where all of them as one batch are; undefined where the batch passes. */
function guiltyIn(
  file: YamlFile,
  part: readonly number[],
  changes: readonly (readonly Edit[])[],
  apply: Apply,
): ReadonlyMap<number, Refusal> | undefined {
  const batch = part.flatMap((change) => (changes[change] ?? []).map((edit) => ({ change, edit })));
  const result = apply(
    file,
    batch.map(({ edit }) => edit),
  );
  if (result.ok) return undefined;
  const [only, ...others] = part;
  const [first] = result.refusals;
  if (only !== undefined && first !== undefined && others.length === 0) return new Map([[only, first]]);
  const guilty = new Map<number, Refusal>();
  for (const refusal of result.refusals) {
    const change = refusal.edit === undefined ? undefined : batch[refusal.edit]?.change;
    if (change !== undefined && ownFaults.has(refusal.code) && !guilty.has(change)) guilty.set(change, refusal);
  }
  return guilty;
}
