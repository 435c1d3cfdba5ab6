import type { Policy } from "@ci-fix/codemod";
import { openRepository, type Repository } from "@ci-fix/git";
import {
  commitPlans,
  commitRollback,
  loadRegister,
  planCommits,
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

// What the command line does, without starting a process for it.

export function look({ folder }: ScratchRepository): Promise<Survey> {
  return survey({ directory: folder, at: "head", date: "2026-02-08" });
}

export function plan(found: Survey, ids: readonly string[]): RiskPlan[] {
  return selectRisks(found.match, { ids }).map((risk) => planRisk(risk, found.policy, found));
}

export async function fix(repository: ScratchRepository, ids: readonly string[]): Promise<MadeCommit[]> {
  const found = await look(repository);
  return commitPlans(await openRepository(repository.folder), plan(found, ids), found.policy, { date }, found);
}

/** The content of every file that fixing these risks changes. */
export function contentsFixed(found: Survey, ids: readonly string[]): Record<string, string> {
  const changes = planCommits(plan(found, ids), found.policy, found).flatMap((commit) => commit.changes);
  return Object.fromEntries(changes.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]));
}

export async function rollBack(repository: ScratchRepository, ids: readonly string[]): Promise<MadeCommit[]> {
  const opened = await openRepository(repository.folder);
  return commitRollback(opened, await planBack(opened, ids), { date });
}

const policy: Policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };

export async function planBack(repository: Repository, ids: readonly string[]): Promise<RollbackPlan[]> {
  return planRollback(repository, ids, { policy, register: (await loadRegister(repository.root))?.register });
}

/** The same repository, whose answers are kept: for one that nobody changes meanwhile. */
export function remembering(repository: Repository): Repository {
  const answers = new Map<string, unknown>();
  return new Proxy(repository, {
    get(target, name: keyof Repository) {
      const member = target[name];
      if (typeof member !== "function") return member;
      return (...args: readonly unknown[]) => {
        const question = `${name} ${JSON.stringify(args)}`;
        if (!answers.has(question)) answers.set(question, Reflect.apply(member, target, args));
        return answers.get(question);
      };
    },
  });
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
