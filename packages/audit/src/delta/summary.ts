import type {
  Action,
  DeferredEntry,
  DeltaAudit,
  EvidenceConstraint,
  InvariantFacts,
  Issue,
  Misleading,
  QualityGate,
  SecurityReview,
} from "../types.ts";
import { baseName, count, listed, named, unique } from "../words.ts";
import type { Range } from "./range.ts";

interface Given {
  readonly range: Range;
  readonly evidence: EvidenceConstraint;
  readonly gates: readonly QualityGate[];
  readonly invariants: readonly InvariantFacts[];
  readonly security: SecurityReview;
  readonly before: Misleading;
  readonly after: Misleading;
  readonly issues: readonly Issue[];
  readonly preExisting: readonly Issue[];
  readonly deferred: readonly DeferredEntry[];
  readonly actions: readonly Action[];
}

export function verdictOf({ gates, evidence, range }: Given): DeltaAudit["verdict"] {
  const failed = gates.filter(({ status }) => status === "fail");
  const unknown = gates.filter(({ status, key }) => status === "unknown" && key !== "ci");
  const constraint = evidence.type === "none" ? "" : " with evidence constraint";
  if (failed.length > 0) return { color: "red", words: `FAIL: ${listed(failed.map(({ name }) => name))}` };
  if (range.proofs.some(({ changes }) => changes.some(({ judgement }) => judgement === "unknown")))
    return { color: "yellow", words: "PASS in part: not every change can be proved" };
  return unknown.length > 0
    ? { color: "yellow", words: `PASS${constraint}, to be reviewed: ${listed(unknown.map(({ name }) => name))}` }
    : { color: "green", words: `PASS${constraint}` };
}

/** Section 1. */
export function deltaSummary(given: Given): DeltaAudit["summary"] {
  return { wins: winsOf(given), risks: risksOf(given), nextAction: nextAction(given) };
}

function winsOf({ range, invariants, security, before, after }: Given): readonly string[] {
  const { proofs, landed } = range;
  const settled = landed.flatMap((each) => each.settled);
  const removed = settled.filter(([{ finding }]) => finding.outcome.kind === "fix");
  const dead = proofs.filter(({ changes }) => changes.some(({ judgement }) => judgement === "no-change"));
  const files = (of: Misleading): number => new Set([...of.masking, ...of.disabled].map(({ file }) => file)).size;
  return [
    ...(removed.length === 0
      ? []
      : [
          `${count(proofs.length, "risk")} settled (${span(proofs.map(({ id }) => id))}; ${severities(proofs.map(({ severity }) => severity))}): ${count(removed.length, "silent failure")} in ${count(new Set(removed.map(([{ file }]) => file)).size, "file")}.`,
        ]),
    ...dead.flatMap(({ id, changes }) =>
      changes.map(({ file, hunks }) => {
        const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.startsWith("-")).length;
        return `${id}: ${count(lines, "line")} of configuration that no run ever used removed from ${named(baseName(file))}.`;
      }),
    ),
    ...(files(before) > files(after)
      ? [`Workflows whose green misleads: ${files(before)} before, ${files(after)} after, by the proof model.`]
      : []),
    ...invariants
      .filter(({ status }) => status === "introduced")
      .map(({ id, title }) => `${id} (${title}) established as an invariant.`),
    ...security.posture.filter(({ impact }) => impact === "improved").map(({ change }) => `${change}.`),
  ];
}

function span(ids: readonly string[]): string {
  const [first] = ids;
  const last = ids.at(-1);
  return ids.length > 3 && first !== undefined && last !== undefined ? `${first} through ${last}` : listed(ids);
}

function severities(of: readonly string[]): string {
  const parts = ["critical", "high", "medium", "low"].flatMap((severity) => {
    const number = of.filter((each) => each === severity).length;
    return number === 0 ? [] : [`${number} ${severity}`];
  });
  return listed(parts);
}

function risksOf({ range, evidence, issues, preExisting, security }: Given): readonly string[] {
  const { proofs } = range;
  const upstream = unique(evidence.unobservable.map(({ id }) => id));
  const caveats = proofs.flatMap(({ id, changes }) =>
    changes.flatMap(({ certificate }) =>
      certificate.caveats.filter(({ kind }) => kind !== "runs-more").map(({ message }) => `${id}: ${message}.`),
    ),
  );
  const { jobs, ofJobs } = evidence.guarded;
  return [
    ...issues.map(({ id, finding }) => `${id}: ${finding.message} (${named(finding.file)}): brought by this range.`),
    ...(upstream.length === 0
      ? []
      : [
          `A fork cannot show the effect of ${listed(upstream)}: guards on the repository skip it there (${jobs} of ${count(ofJobs, "job")} of all workflows are guarded so).`,
        ]),
    ...caveats,
    ...security.trust
      .filter(({ aspect }) => aspect === "eligibility")
      .map(({ file, change }) => `${named(baseName(file))}: ${change}.`),
    ...(preExisting.length === 0
      ? []
      : [
          `${count(preExisting.length, "silent failure")} from before ${preExisting.length === 1 ? "was" : "were"} seen and left alone (${listed(
            preExisting.map(({ id }) => id),
            5,
          )}).`,
        ]),
  ];
}

function nextAction({ actions }: Given): string {
  const [first] = actions;
  if (first === undefined) return "Nothing is left to do.";
  return `${first.task}${first.command === "" ? "" : ` (\`${first.command}\`)`}.`;
}

/** Section 16. */
export function conclusionOf({ range, evidence, issues, deferred, actions }: Given): DeltaAudit["conclusion"] {
  const { landed, files, commits } = range;
  const open = deferred.filter(({ status }) => status === "open").map(({ id }) => id);
  const commitsOf = unique(landed.map(({ fix }) => fix.commit.oid)).length;
  const ids = new Set(landed.flatMap(({ fix }) => fix.changes.map(({ file }) => file)));
  const strange = files.filter(
    ({ file, surface }) => !ids.has(file) && surface !== "governance" && surface !== "documentation",
  );
  return {
    points: [
      landed.length === 0
        ? `No risk landed in ${count(commits.length, "commit")}.`
        : `${count(landed.length, "risk")} settled by ${count(commitsOf, "commit")}; ${commitsOf === landed.length ? "each goes back alone" : "some go back together"}.`,
      strange.length === 0
        ? "No file besides those of the risks was touched."
        : `${count(strange.length, "file")} besides those of the risks changed: ${listed(
            strange.map(({ file }) => named(file)),
            4,
          )}.`,
      evidence.type === "none"
        ? "Every effect shows on the pull request."
        : "The evidence constraint is written down, and the semantic proof of each change stands in its place.",
      issues.length === 0 ? "No issue was introduced." : `${count(issues.length, "issue")} introduced.`,
      ...(open.length === 0 ? [] : [`Still open: ${listed(open, 6)}.`]),
    ],
    recommendation:
      issues.length > 0
        ? "Settle what is new before the milestone is closed."
        : actions.length === 0
          ? "Close the milestone."
          : `Close the milestone once action ${actions.length === 1 ? "1 is" : `1 to ${actions.length} are`} done or planned; next: ${actions[0]?.task ?? ""}.`,
  };
}
