import { repositoryGuard, type Workflow } from "@ci-fix/workflow";
import type { ForkGuard } from "../types.ts";

/** Conditions of jobs that ask for the repository or its owner, in file order. */
export function forkGuards(
  workflows: readonly Workflow[],
  covers: (file: string, job: string) => boolean,
): readonly ForkGuard[] {
  return workflows.flatMap((workflow) =>
    workflow.jobs.flatMap(({ id, condition }): ForkGuard[] => {
      const guard = repositoryGuard(condition);
      if (guard === undefined) return [];
      const file = workflow.file.path;
      const line = workflow.file.yaml.lineColumn(condition.entry?.span.start ?? 0).line;
      return [
        { file, line, job: id, condition: condition.parsed.text.trim(), wants: guard.wants, covers: covers(file, id) },
      ];
    }),
  );
}

/** The repository that most guards ask for by its full name; null if none does. */
export function repositoryOf(workflows: readonly Workflow[]): string | null {
  const names = forkGuards(workflows, () => false).flatMap(({ wants }) => wants.filter((want) => want.includes("/")));
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))[0]?.[0] ?? null;
}
