import type { Job } from "@ci-fix/workflow";
import { forkGuards } from "../facts/guards.ts";
import type { EvidenceConstraint, RiskProof } from "../types.ts";
import { baseName, named, unique } from "../words.ts";
import type { Landed, Range } from "./range.ts";

/** What could not be seen where the change was made, and how it is shown instead. */
export function evidenceOf(range: Range): EvidenceConstraint {
  const workflows = [...range.after.tree.workflows.values()].filter(({ kind }) => kind === "workflow");
  const jobs = coveredJobs(range);
  const all = forkGuards(workflows, (file, job) => jobs.has(`${file}\n${job}`));
  const touched = new Set(range.files.map(({ file }) => file));
  const upstream = range.proofs.filter(isUpstreamOnly);
  const unobservable = upstream.flatMap((proof) =>
    realEffects(range, proof).map((effect) => ({ id: proof.id, effect })),
  );
  return {
    type: unobservable.length === 0 ? "none" : "fork_ci_guarded",
    guards: all.filter(({ file }) => touched.has(file)),
    guarded: {
      jobs: all.length,
      files: new Set(all.map(({ file }) => file)).size,
      ofJobs: workflows.reduce((sum, workflow) => sum + workflow.jobs.length, 0),
      ofFiles: workflows.length,
    },
    unobservable,
    mechanics: mechanicsOf(range.landed),
    observeUpstream: upstream.map((proof) => watchFor(proof, realEffects(range, proof))),
    assumptions: unique(
      range.proofs.flatMap(({ changes }) => changes.flatMap(({ certificate }) => certificate.assumptions)),
    ),
  };
}

export function isUpstreamOnly({ changes }: RiskProof): boolean {
  return changes.some(({ certificate }) => certificate.evidence.observable === "upstream-only");
}

/** Jobs that a landed risk is about. */
function coveredJobs({ landed }: Range): ReadonlySet<string> {
  const jobOf = (unit: Landed["settled"][number][0]["finding"]["unit"]): Job => (unit.kind === "job" ? unit : unit.job);
  return new Set(
    landed.flatMap(({ settled }) => settled.map(([{ file, finding }]) => `${file}\n${jobOf(finding.unit).id}`)),
  );
}

const MECHANICS: Readonly<Record<string, string>> = {
  "soft-fail-step": "Removing the soft-fail of a step: its failure is the failure of its job, and so of the run.",
  "soft-fail-job":
    "Removing the soft-fail of a job: its failure is the failure of the run, and jobs that wait for it are skipped.",
  "dead-job": "Removing a job that can never run: no run changes, only its skipped check is not reported any more.",
  "dead-needs": "Removing a job that waits for one that can never run: it never ran either.",
  "dead-step": "Removing a step that can never run: no run changes.",
  "disabled-guard":
    "Restoring a condition that was switched off: the unit runs again wherever the rest of the condition holds.",
};
const DOCUMENTED = "Writing the reason of a soft-fail above it: a comment, which no run reads.";

function mechanicsOf(landed: readonly Landed[]): readonly string[] {
  const settled = landed.flatMap((each) => each.settled);
  return unique(
    settled.map(([{ finding }]) => {
      if (finding.outcome.kind === "document") return DOCUMENTED;
      return MECHANICS[finding.class] ?? `Class ${named(finding.class)}: ${finding.why}`;
    }),
  );
}

/** What the fixes of a risk make a run do; a comment makes it do nothing. */
export function realEffects({ landed }: Range, { id, effects }: RiskProof): readonly string[] {
  const settled = landed.find((each) => each.id === id)?.settled ?? [];
  const commented = new Set(
    settled.filter(([{ finding }]) => finding.outcome.kind === "document").map(([{ finding }]) => finding.change),
  );
  return effects.filter((effect) => !commented.has(effect));
}

/** What somebody upstream has to see happen. */
function watchFor({ id, changes }: RiskProof, effects: readonly string[]): string {
  const where = unique(
    changes.flatMap(({ file, certificate: { evidence } }) => {
      const guards = Object.entries(evidence.upstream).map(([key, value]) => `${named(key)} is ${named(value)}`);
      return guards.length === 0 ? [] : [`${named(baseName(file))}, where ${guards.join(" and ")}`];
    }),
  );
  return `${id} (${where.join("; ")}): ${effects.join(" ")}`;
}
