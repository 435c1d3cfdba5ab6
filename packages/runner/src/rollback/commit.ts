import type { CommitOptions, Repository } from "@ci-fix/git";
import { rollbackMessage } from "../message.ts";
import type { MadeCommit, RollbackPlan } from "../types.ts";

/** Makes one commit for each plan that has changes, in their order. */
export async function commitRollback(
  repository: Repository,
  plans: readonly RollbackPlan[],
  options: CommitOptions = {},
): Promise<MadeCommit[]> {
  const effective = plans.filter(({ changes }) => changes.length > 0);
  if (effective.length === 0) return [];
  const specs = effective.map((plan) => ({
    message: rollbackMessage(plan.ids, plan.subject),
    changes: plan.changes.map(({ file, after }) => ({ path: file, bytes: after })),
  }));
  const oids = await repository.commitSeries(specs, options);
  return effective.map((plan, index) => ({
    oid: oids[index] ?? "",
    subject: specs[index]?.message.split("\n", 1)[0] ?? "",
    ids: plan.ids,
    files: plan.changes.map(({ file }) => file),
  }));
}
