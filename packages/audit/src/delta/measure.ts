import { recordQuestions } from "../scores/questions.ts";
import { scoreTerms } from "../scores/rubric.ts";
import type { InvariantFacts, RegisterEntry, ScoreTerm } from "../types.ts";
import { CRITICAL_PATH } from "./invariants.ts";
import type { Range, Side } from "./range.ts";
import { touchedSurfaces } from "./surfaces.ts";

/** The scores of both ends of the range. The base has nothing to be compatible with, so that is only scored for its end. */
export function measureSides(
  range: Range,
  invariants: readonly InvariantFacts[],
  register: readonly RegisterEntry[],
  goneChecks: readonly string[],
): { readonly base: readonly ScoreTerm[]; readonly now: readonly ScoreTerm[] } {
  const others = invariants.length - 1;
  const held = invariants.filter(
    ({ id, status }) => id !== CRITICAL_PATH.id && status !== "broken" && status !== "unknown",
  ).length;
  const measure = (side: Side, isNow: boolean): readonly ScoreTerm[] =>
    scoreTerms({
      tree: side.tree,
      found: side.found,
      inventory: side.inventory,
      compat: isNow ? { surfaces: touchedSurfaces(range.files).length, checks: goneChecks.length } : undefined,
      records: recordQuestions({
        findings: side.found.map(([, facts]) => facts),
        register,
        hasRecord: isNow && (range.records.length > 0 || range.recording),
        hasRegister: isNow ? range.survey.register !== undefined : side.entries.has(".ci-fix/register.yml"),
        config: range.survey.config,
      }),
      invariants: { known: others, held },
    });
  return { base: measure(range.before, false), now: measure(range.after, true) };
}
