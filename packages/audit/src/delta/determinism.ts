import { judgedAction, judgedCommands } from "@ci-fix/judgement";
import { eachStep, trustOf, type Step, type Workflow } from "@ci-fix/workflow";
import { pinningOf } from "../facts/pinning.ts";
import type { Answer } from "../types.ts";
import { count, listed, named } from "../words.ts";
import { isSame, listDelta, type ListDelta } from "./compare.ts";
import { isCi, type Range } from "./range.ts";

/** The touched CI files on both sides. */
export function touchedWorkflows({ files, before, after }: Pick<Range, "files" | "before" | "after">): {
  readonly before: readonly Workflow[];
  readonly after: readonly Workflow[];
} {
  const touched = files.filter(isCi);
  return {
    before: touched.flatMap(({ file, from }) => before.tree.workflows.get(from ?? file) ?? []),
    after: touched.flatMap(({ file }) => after.tree.workflows.get(file) ?? []),
  };
}

/** Section 5: does a run of the touched workflows still do the same on the same input? */
export function determinismOf(range: Range): readonly Answer[] {
  const sides = touchedWorkflows(range);
  const of = (list: (workflows: readonly Workflow[]) => readonly string[]): ListDelta =>
    listDelta(list(sides.before), list(sides.after));
  const pins = pinningOf([...range.after.tree.workflows.values()]);
  return [
    answer(
      "Deterministic installs",
      of(installs),
      `${count(installs(sides.after).length, "install command")} in the touched files, none added or changed`,
    ),
    answer(
      "Caching",
      of(caches),
      `${count(caches(sides.after).length, "use")} of a cache in the touched files, none added or changed`,
    ),
    pinning(of(uses), pins),
    answer("Token permissions", of(grants), "no permission was added, widened or removed"),
    answer(
      "Matrix correctness",
      of(matrices),
      `${count(matrices(sides.after).length, "matrix", "matrices")} in the touched files, none changed`,
    ),
  ];
}

function answer(question: string, delta: ListDelta, same: string): Answer {
  if (isSame(delta)) return { question, verdict: "good", answer: `Not affected: ${same}.` };
  return { question, verdict: delta.added.length > 0 ? "note" : "good", answer: `Changed: ${words(delta)}.` };
}

function words({ removed, added }: ListDelta): string {
  const part = (word: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : [`${word} ${listed(items.map(named), 4)}`];
  return [...part("removed", removed), ...part("added", added)].join("; ");
}

function pinning(delta: ListDelta, { uses: all, commit, tag, floating }: ReturnType<typeof pinningOf>): Answer {
  const state =
    all === 0
      ? "no code from elsewhere is used"
      : `${commit} of ${all} uses are pinned to a commit, ${tag} to a tag, ${floating} to a branch or nothing`;
  const verdict = tag + floating === 0 ? "good" : "note";
  const changed = isSame(delta) ? "Not changed" : `Changed: ${words(delta)}`;
  return { question: "Action pinning", verdict, answer: `${changed}; in all of CI ${state}.` };
}

function installs(workflows: readonly Workflow[]): readonly string[] {
  return stepsOf(workflows).flatMap(({ script }) =>
    script === undefined
      ? []
      : judgedCommands(script.text)
          .filter(({ what }) => what === "installs packages")
          .map(({ seen }) => seen),
  );
}

function caches(workflows: readonly Workflow[]): readonly string[] {
  return stepsOf(workflows).flatMap(({ action, inputs }) => {
    if (action === undefined) return [];
    const input = inputs.get("cache");
    if (judgedAction(action.name).what === "a cache") return [action.name];
    return input === undefined || input === "false" ? [] : [`${action.name} cache: ${input}`];
  });
}

function uses(workflows: readonly Workflow[]): readonly string[] {
  return workflows
    .flatMap((workflow) => trustOf(workflow).uses)
    .filter(({ pin }) => pin !== "local")
    .map(({ name, ref }) => (ref === undefined ? name : `${name}@${ref}`));
}

function grants(workflows: readonly Workflow[]): readonly string[] {
  return workflows.flatMap((workflow) =>
    trustOf(workflow).grants.map(
      ({ job, scope, access }) => `${workflow.file.path}: ${job ?? "all jobs"}: ${scope}: ${access}`,
    ),
  );
}

function matrices(workflows: readonly Workflow[]): readonly string[] {
  return workflows.flatMap(({ file, jobs }) =>
    jobs.flatMap(({ id, matrix }) =>
      matrix === undefined ? [] : [`${id}: ${file.yaml.text.slice(matrix.entry.span.start, matrix.entry.span.end)}`],
    ),
  );
}

function stepsOf(workflows: readonly Workflow[]): readonly Step[] {
  return workflows.flatMap((workflow) => [...eachStep(workflow)]);
}
