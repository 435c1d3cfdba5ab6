import type { CiAudit, InvariantFacts, Issue, Misleading } from "../types.ts";
import { baseName, count, named } from "../words.ts";
import { determinismOf } from "./determinism.ts";
import type { Range } from "./range.ts";

/** Section 5. */
export function ciOf(
  range: Range,
  sides: { readonly before: Misleading; readonly after: Misleading },
  invariants: readonly InvariantFacts[],
  issues: readonly Issue[],
): CiAudit {
  const fixes = issues.map(({ id, recommendation, finding }) => `${id}: ${recommendation} (${named(finding.file)}).`);
  return {
    determinism: determinismOf(range),
    before: sides.before,
    after: sides.after,
    rootCauses: [],
    minimalFixes: fixes,
    guardrailsAdded: [
      ...invariants
        .filter(({ status }) => status === "introduced")
        .map(({ id, title, rule }) => `${id}, ${title}: ${rule}`),
      ...notesLeft(range),
      ...documented(range),
    ],
  };
}

/** Notes that stand where something was removed. */
function notesLeft({ proofs }: Range): readonly string[] {
  return proofs.flatMap(({ id, changes }) =>
    changes.flatMap(({ file, hunks, judgement }) => {
      const added = hunks.flatMap(({ lines }) => lines).filter((line) => /^\+\s*#/u.test(line)).length;
      return judgement === "no-change" && added > 0
        ? [`${id}: a note of ${count(added, "line")} in ${named(baseName(file))} says what was removed and why.`]
        : [];
    }),
  );
}

function documented({ landed }: Range): readonly string[] {
  return landed.flatMap(({ id, settled }) =>
    settled
      .filter(([{ finding }]) => finding.outcome.kind === "document")
      .map(
        ([{ file, finding }]) =>
          `${id}: the reason of ${named(finding.unit.kind === "step" ? finding.unit.label : finding.unit.id)} stands above its soft-fail in ${named(baseName(file))}.`,
      ),
  );
}
