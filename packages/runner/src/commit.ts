import { CiFixError, type Policy } from "@ci-fix/codemod";
import type { CommitOptions, Repository } from "@ci-fix/git";
import { applyEdits, openYaml, type ByteSplice } from "@ci-fix/yaml-editor";
import { compose, equal, groupDependents } from "./independence.ts";
import { landingMessage } from "./message.ts";
import { editsOf } from "./plan.ts";
import { noContext, type ProofContext, proveChange, weakening } from "./prove.ts";
import type { FileChange, MadeCommit, PlannedCommit, Proof, RiskPlan } from "./types.ts";

/**
 * Orders the plans into commits on top of each other, one per risk; risks that cannot be taken back alone share one.
 * All plans must start from the same bytes. Writes nothing.
 */
export function planCommits(
  plans: readonly RiskPlan[],
  policy: Policy,
  context: ProofContext = noContext,
): PlannedCommit[] {
  const landed = new Map<string, ByteSplice[]>();
  const contents = new Map(context.contents);
  return groupDependents(
    plans.filter((plan) => plan.changes.length > 0),
    policy,
  ).map((group) => {
    const steps = mergeChanges(group).map(({ file, before, splices }) => {
      const earlier = landed.get(file) ?? [];
      const all = [...earlier, ...splices];
      landed.set(file, all);
      return { file, before: compose(before, earlier), after: verified(file, compose(before, all)) };
    });
    const proofs = steps.map((step) => proofOf(step, group, { ...context, contents }, landed));
    for (const { file, after } of steps) contents.set(file, after);
    const changes = steps.map(({ file, after }) => ({ path: file, bytes: after }));
    return { plans: group, proofs, message: landingMessage(group, proofs, policy), changes };
  });
}

/** The proof from the commit before to this one: the plan's own, unless an earlier commit changed the file or one that it calls. */
function proofOf(
  step: Pick<FileChange, "file" | "before" | "after">,
  group: readonly RiskPlan[],
  context: ProofContext,
  landed: ReadonlyMap<string, unknown>,
): Proof {
  for (const { changes, proofs } of group) {
    const at = changes.findIndex(
      ({ file, before, after }) => file === step.file && equal(before, step.before) && equal(after, step.after),
    );
    const own = proofs[at];
    if (own?.certificate.loaded.every(({ file }) => !landed.has(file)) === true) return own;
  }
  const proof = proveChange(step, context);
  const [refusal] = weakening(step, proof);
  if (refusal === undefined) return proof;
  throw new CiFixError(refusal.code as `CI_FIX_${string}`, `${step.file}: ${refusal.message}`, { exitCode: 4 });
}

/** Makes the commits. Rejects, with nothing changed, for a plan without an id and for every state of the repository that forbids it. */
export async function commitPlans(
  repository: Repository,
  plans: readonly RiskPlan[],
  policy: Policy,
  options: CommitOptions = {},
  context: ProofContext = noContext,
): Promise<MadeCommit[]> {
  const nameless = plans.find((plan) => plan.id === null && plan.changes.length > 0);
  if (nameless !== undefined) {
    throw new CiFixError("CI_FIX_NO_ID", `this has no id yet: ${nameless.title}`, {
      exitCode: 4,
      hint: "run `ci-fix register update` first: a commit is named after its risk",
    });
  }
  const planned = planCommits(plans, policy, context);
  if (planned.length === 0) return [];
  const oids = await repository.commitSeries(planned, options);
  return planned.map((commit, index) => ({
    oid: oids[index] ?? "",
    subject: commit.message.split("\n", 1)[0] ?? "",
    ids: commit.plans.flatMap((plan) => (plan.id === null ? [] : [plan.id])),
    files: commit.changes.map(({ path }) => path),
  }));
}

/** The changes of a group file by file; where several plans change one file, their edits are applied as one batch. */
export function mergeChanges(group: readonly RiskPlan[]): FileChange[] {
  const changes = group.flatMap((plan) => plan.changes);
  const files = [...new Set(changes.map(({ file }) => file))];
  return files.flatMap((file) => {
    const ofFile = changes.filter((change) => change.file === file);
    const [first] = ofFile;
    if (first === undefined || ofFile.length === 1) return ofFile;
    const findings = ofFile.flatMap((change) => change.findings);
    const yaml = first.findings[0]?.workflow.file.yaml;
    const applied = yaml === undefined ? undefined : applyEdits(yaml, editsOf(findings));
    if (applied?.ok !== true) throw conflicting(file, group);
    return [{ file, before: first.before, after: applied.bytes, splices: applied.splices, findings }];
  });
}

function conflicting(file: string, group: readonly RiskPlan[]): CiFixError {
  const ids = group.map((plan) => plan.id).join(", ");
  return new CiFixError("CI_FIX_CONFLICT", `${file}: the fixes of ${ids} contradict each other`, {
    exitCode: 4,
    hint: "land one of them, then run ci-fix again",
  });
}

function verified(file: string, bytes: Uint8Array): Uint8Array {
  const opened = openYaml(bytes);
  if (opened.ok) return bytes;
  const reason = opened.refusals.map(({ message }) => message).join("; ");
  throw new CiFixError("CI_FIX_CHECK_FAILED", `${file} would not read after these fixes: ${reason}`, { exitCode: 4 });
}
