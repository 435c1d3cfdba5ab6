import { openRepository } from "@ci-fix/git";
import {
  commitPlans,
  commitRollback,
  planRisk,
  planRollback,
  selectRisks,
  survey,
  type MadeCommit,
  type RiskPlan,
  type RollbackPlan,
  type Survey,
} from "@ci-fix/runner";
import { date, type ScratchRepository } from "./scratch-repository.ts";

/** What the command line does, without starting a process for it. */
export function look({ folder }: ScratchRepository): Promise<Survey> {
  return survey({ directory: folder, at: "head", date: "2026-02-08" });
}

export async function plan(repository: ScratchRepository, ids: readonly string[]): Promise<RiskPlan[]> {
  const { match, policy } = await look(repository);
  return selectRisks(match, { ids }).map((risk) => planRisk(risk, policy));
}

export async function fix(repository: ScratchRepository, ids: readonly string[]): Promise<MadeCommit[]> {
  const { policy } = await look(repository);
  const plans = await plan(repository, ids);
  return commitPlans(await openRepository(repository.folder), plans, policy, { date });
}

export async function planBack(repository: ScratchRepository, ids: readonly string[]): Promise<RollbackPlan[]> {
  const { policy, register } = await look(repository);
  return planRollback(await openRepository(repository.folder), ids, { policy, register: register?.register });
}

export async function rollBack(repository: ScratchRepository, ids: readonly string[]): Promise<MadeCommit[]> {
  const plans = await planBack(repository, ids);
  return commitRollback(await openRepository(repository.folder), plans, { date });
}

/** All subsets of a list, the empty one first. */
export function subsetsOf<Item>(items: readonly Item[]): Item[][] {
  const numbers = Array.from({ length: 2 ** items.length }, (_, number) => number);
  return numbers.map((number) => items.filter((_item, index) => (number & (1 << index)) !== 0));
}

/** All orders of a list. */
export function ordersOf<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => ordersOf(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
