import { planRisk } from "@ci-fix/runner";
import { isSilent } from "../facts/finding.ts";
import type { Judged } from "../inventory/workflow-facts.ts";
import type { Misleading, MisleadingWorkflow } from "../types.ts";
import { groupBy, named } from "../words.ts";
import type { Range, Side } from "./range.ts";

type Kind = keyof Misleading;

/** What one finding hides, as far as the model can tell. */
interface Verdict {
  readonly kind: Kind;
  readonly file: string;
  readonly hidden: string;
}

/**
 * Workflows whose green misleads, on both sides. The model decides: the fix of each finding is worked out and proved, and a
 * finding counts where a case exists in which the workflow is green without the fix and red with it.
 */
export function misleadingSides(range: Range): { readonly before: Misleading; readonly after: Misleading } {
  const known = new Map<string, Verdict>();
  const isTouched = new Set(range.files.map(({ file }) => file));
  const before = verdictsOn(range.before, range, (judged, work) => {
    const verdict = work();
    known.set(keyOf(judged), verdict);
    return verdict;
  });
  const after = verdictsOn(range.after, range, (judged, work) => {
    const same = isTouched.has(judged[0].file) ? undefined : known.get(keyOf(judged));
    return same ?? work();
  });
  return { before: gather(before, isTouched), after: gather(after, isTouched) };
}

function keyOf([{ file, fingerprint }]: Judged): string {
  return `${file}\n${fingerprint}`;
}

function verdictsOn(
  { found, tree }: Side,
  { survey: { policy }, context }: Range,
  remember: (judged: Judged, work: () => Verdict) => Verdict,
): readonly Verdict[] {
  const silent = found.filter(([located, { state }]) => isSilent(located) && state !== "accepted");
  return silent.map((judged) =>
    remember(judged, () => {
      const [located, { message: said, file, job, step }] = judged;
      const message = step === null || job === null || said.includes(job) ? said : `${said} (job ${named(job)})`;
      const { outcome } = located.finding;
      if (outcome.kind !== "fix" || outcome.edits.length === 0) return { kind: "byRule", file, hidden: message };
      const plan = planRisk({ risk: undefined, findings: [located], held: [] }, policy, {
        ...context,
        contents: tree.contents,
      });
      const bites = plan.proofs.some(({ judgement }) => judgement === "bites");
      const never = outcome.effect === "restores-check" || outcome.effect === "deletes-dead-code";
      const kind = never && plan.proofs.length > 0 ? "disabled" : bites ? "masking" : "byRule";
      return { kind, file, hidden: message };
    }),
  );
}

function gather(verdicts: readonly Verdict[], isTouched: ReadonlySet<string>): Misleading {
  const of = (kind: Kind): readonly MisleadingWorkflow[] =>
    [
      ...groupBy(
        verdicts.filter((verdict) => verdict.kind === kind),
        ({ file }) => file,
      ),
    ].map(([file, group]) => ({
      file,
      hidden: group.map(({ hidden }) => hidden),
      touched: isTouched.has(file),
    }));
  return { masking: of("masking"), disabled: of("disabled"), byRule: of("byRule") };
}
