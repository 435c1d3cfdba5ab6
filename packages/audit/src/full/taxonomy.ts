import { contextPaths } from "@ci-fix/expression";
import { kindOfStep } from "@ci-fix/judgement";
import {
  repositoryGuard,
  scriptsOf,
  vocabularyOf,
  type Condition,
  type Step,
  type Unit,
  type Workflow,
} from "@ci-fix/workflow";
import { unitNames } from "../facts/finding.ts";
import { workOfCall, workOfStep } from "../inventory/purpose.ts";
import { reachOf } from "../inventory/reach.ts";
import type { Place, TaxonomyEntry } from "../types.ts";

const words = vocabularyOf("github-actions");

/** A mechanism: what it is called, and where a workflow has it. */
interface Mechanism extends Pick<TaxonomyEntry, "category" | "mechanism" | "looksLike" | "meaning"> {
  readonly find: (workflow: Workflow) => readonly Place[];
}

/** Every way of misleading that is told apart, in the order in which an audit tells them. */
const MECHANISMS: readonly Mechanism[] = [
  {
    category: "soft-fail",
    mechanism: "step",
    looksLike: words.softFail,
    meaning: "The step may fail, and neither its job nor the run shows it.",
    find: (workflow) => unitsIn(workflow, (unit) => unit.kind === "step" && isSoft(unit)),
  },
  {
    category: "soft-fail",
    mechanism: "job",
    looksLike: words.softFail,
    meaning: "The whole job may fail: its own check is red, the run is green, and jobs that wait for it go on.",
    find: (workflow) => unitsIn(workflow, (unit) => unit.kind === "job" && isSoft(unit)),
  },
  {
    category: "soft-fail",
    mechanism: "script",
    looksLike: "|| true",
    meaning: "A command may fail, and the script goes on as if it had not.",
    find: (workflow) => scriptsIn(workflow, /\|\|\s*(?:true|:)(?![\w-])/gu),
  },
  {
    category: "soft-fail",
    mechanism: "script without errexit",
    looksLike: "set +e",
    meaning: "From there on the script ends with its last command, whatever the others did.",
    find: (workflow) => scriptsIn(workflow, /(?<![\w-])set \+(?:e|o errexit)(?![\w])/gu),
  },
  {
    category: "conditional",
    mechanism: "never",
    looksLike: `${words.never}, ${words.disabledGuard}`,
    meaning: "The job or step is skipped in every run; a skipped job counts as passing.",
    find: (workflow) =>
      unitsIn(workflow, ({ condition }) => condition.entry !== undefined && condition.constant === false),
  },
  {
    category: "conditional",
    mechanism: "owner guard",
    looksLike: words.ownerGuard,
    meaning: "It runs upstream only: on a fork nothing can be observed.",
    find: (workflow) => unitsIn(workflow, ({ condition }) => repositoryGuard(condition) !== undefined),
  },
  {
    category: "conditional",
    mechanism: "whatever happened",
    looksLike: words.always,
    meaning:
      "It runs after failures and cancellations too; where it carries on the real work, it may act on broken results.",
    find: (workflow) => unitsIn(workflow, ({ condition }) => /\balways\s*\(\s*\)/iu.test(condition.parsed.text)),
  },
  {
    category: "conditional",
    mechanism: "job filter",
    looksLike: "contains(needs.filter.outputs.jobs, …)",
    meaning: "What another job answers decides whether it runs; an empty answer skips it, and the run is green.",
    find: (workflow) => unitsIn(workflow, (unit) => unit.kind === "job" && readsNeedsOutput(unit.condition)),
  },
  {
    category: "conditional",
    mechanism: "complex condition",
    looksLike: "four operands or more",
    meaning: "Nobody sees at a glance when it runs; a mistake skips it without a word.",
    find: (workflow) =>
      unitsIn(workflow, ({ condition }) => (condition.parsed.text.match(/&&|\|\|/gu) ?? []).length >= 3),
  },
  {
    category: "masking",
    mechanism: "retry",
    looksLike: "nick-fields/retry, --reruns",
    meaning: "A failure that goes away on the second try is not seen: flaky tests stay flaky.",
    find: (workflow) => stepsIn(workflow, isRetry),
  },
  {
    category: "masking",
    mechanism: "all legs",
    looksLike: words.allLegs,
    meaning: "One leg of a matrix that fails does not stop the others. It hides nothing, and costs machines.",
    find: (workflow) => unitsIn(workflow, (unit) => unit.kind === "job" && unit.matrix?.failFast === false),
  },
  {
    category: "scope",
    mechanism: "by the clock or by hand only",
    looksLike: "schedule, workflow_dispatch",
    meaning: "No change is held up by it: what it finds comes after the fact.",
    find: (workflow) => whole(workflow, ["schedule", "hand"].includes(reachOf(workflow)) && matters(workflow)),
  },
  {
    category: "scope",
    mechanism: "path filter",
    looksLike: "paths, paths-ignore",
    meaning: "A change elsewhere does not start it. A required check of it would be waited for.",
    find: (workflow) =>
      whole(
        workflow,
        workflow.triggers.some(({ filters }) => filters.some((name) => name.startsWith("paths"))),
      ),
  },
  {
    category: "scope",
    mechanism: "matrix exclusion",
    looksLike: "matrix.exclude",
    meaning: "Some combinations are never tried.",
    find: (workflow) => unitsIn(workflow, (unit) => unit.kind === "job" && unit.matrix?.excludes === true),
  },
  {
    category: "informational",
    mechanism: "workflow",
    looksLike: "labels, comments, reports",
    meaning: "Nothing in it must be seen when it fails: its colour says nothing of the code.",
    find: (workflow) => whole(workflow, workflow.kind === "workflow" && workflow.jobs.length > 0 && !matters(workflow)),
  },
];

export function taxonomyOf(workflows: Iterable<Workflow>): readonly TaxonomyEntry[] {
  const all = [...workflows];
  return MECHANISMS.map(({ find, ...entry }) => {
    const places = all.flatMap((workflow) => find(workflow));
    return { ...entry, count: places.length, files: new Set(places.map(({ file }) => file)).size, places };
  });
}

function whole(workflow: Workflow, isSo: boolean): readonly Place[] {
  return isSo ? [{ file: workflow.file.path, line: null, job: null, step: null }] : [];
}

export function isSoft({ softFail }: Unit): boolean {
  return softFail.kind === "literal" ? softFail.value : softFail.kind === "expression" && softFail.constant !== false;
}

function unitsIn(workflow: Workflow, isOne: (unit: Unit) => boolean): readonly Place[] {
  return workflow.jobs.flatMap((job): Place[] =>
    [job, ...job.steps].filter(isOne).map((unit) => placeOfUnit(workflow, unit)),
  );
}

function stepsIn(workflow: Workflow, isOne: (step: Step) => boolean): readonly Place[] {
  return unitsIn(workflow, (unit) => unit.kind === "step" && isOne(unit));
}

/** One place for each hit in a script, comments aside. */
function scriptsIn(workflow: Workflow, pattern: RegExp): readonly Place[] {
  return scriptsOf(workflow).flatMap(({ scalar, unit }) =>
    hitsIn(scalar.text, pattern).map((index) => ({
      file: workflow.file.path,
      line: workflow.file.yaml.lineColumn(scalar.sourceOffset(index)).line,
      ...unitNames(unit),
    })),
  );
}

function hitsIn(script: string, pattern: RegExp): readonly number[] {
  return [...script.matchAll(pattern)]
    .map(({ index }) => index)
    .filter((index) => !/^\s*#/u.test(script.slice(script.lastIndexOf("\n", index) + 1, index)));
}

export function placeOfUnit(workflow: Workflow, unit: Unit): Place {
  const entry = unit.softFail.kind === "absent" ? unit.condition.entry : unit.softFail.entry;
  const start = entry?.span.start ?? (unit.kind === "job" ? unit.entry?.keySpan.start : unit.item.span.start) ?? 0;
  return { file: workflow.file.path, line: workflow.file.yaml.lineColumn(start).line, ...unitNames(unit) };
}

function readsNeedsOutput({ parsed: { tree } }: Condition): boolean {
  return (
    tree !== undefined &&
    contextPaths(tree).some(([context, , what]) => context === "needs" && what?.toLowerCase() === "outputs")
  );
}

function isRetry(step: Step): boolean {
  if (/retry/iu.test(step.action?.name ?? "")) return true;
  return (
    /(?:--reruns|--retries|--flake-finder|\bretry\b|rerunFailingTests)/u.test(step.script?.text ?? "") &&
    kindOfStep(step).kind !== "chore"
  );
}

function matters(workflow: Workflow): boolean {
  return workflow.jobs.some(
    (job) => workOfCall(job) !== undefined || job.steps.some((step) => workOfStep(step).worth !== "none"),
  );
}
