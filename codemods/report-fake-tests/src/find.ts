import type { Finding } from "@ci-fix/codemod";
import { clipped, kindOfStep } from "@ci-fix/judgement";
import { unitName, type Job, type Step, type Unit, type Workflow } from "@ci-fix/workflow";
import { isIdle, lastWork } from "./idle-commands.ts";
import { promisesTests } from "./names.ts";

/** Jobs and steps whose name promises tests although nothing in the job can be one. */
export function* findFakeTests(workflow: Workflow): Iterable<Finding> {
  if (workflow.kind !== "workflow") return;
  for (const job of workflow.jobs) {
    const steps = job.steps.filter((step) => step.script !== undefined && promisesTests(step));
    const units = steps.length === 0 && promisesTests(job) && preparesTests(job) ? [job] : steps;
    if (units.length === 0 || job.condition.constant === false || !job.steps.every(isIdleStep)) continue;
    for (const unit of units) yield findingOf(unit, workflow);
  }
}

/** A job that only says a sentence stands in for tests that another file runs: its name is a check that is required. */
function preparesTests(job: Job): boolean {
  return job.needs.ids.length === 0 && job.steps.some(({ script }) => lastWork(script?.text ?? "") !== undefined);
}

function isIdleStep(step: Step): boolean {
  if (step.script !== undefined) return step.shell.name !== "python" && isIdle(step.script.text);
  if (step.action === undefined || step.action.name.startsWith(".") || step.action.name.startsWith("docker:"))
    return false;
  const { kind } = kindOfStep(step);
  return kind === "prepare" || kind === "best-effort";
}

function findingOf(unit: Unit, workflow: Workflow): Finding {
  const name = unitName(unit);
  const found = {
    class: "fake-test",
    severity: "high",
    message: `${name} is called a test and runs none`,
    why: "It is green whatever becomes of the code, and everybody who reads its name believes that something was tested.",
    at: { path: unit.path, span: spanOf(unit) },
    unit,
    evidence: evidenceFor(unit),
  } as const;
  const reason = keptFor(unit, workflow);
  if (reason !== undefined) return { ...found, change: "", outcome: { kind: "skip", ...reason } };
  return {
    ...found,
    change: "Once the command is there, a failing test makes the job fail.",
    outcome: {
      kind: "fix",
      title: `add the command that runs the tests to ${name}, or call it what it is`,
      safety: "report",
      effect: "needs-decision",
      edits: [],
    },
  };
}

type Skip = Omit<Extract<Finding["outcome"], { kind: "skip" }>, "kind">;

function keptFor(unit: Unit, workflow: Workflow): Skip | undefined {
  if (workflow.generated !== undefined) {
    return { reason: "generated", message: `the file is generated (${workflow.generated}): change it there` };
  }
  if (unit.condition.constant === false) return { reason: "no-effect", message: "it never runs" };
  const said = commentOn(unit);
  if (said === undefined) return undefined;
  return { reason: "documented", message: `a comment says that it is meant: "${clipped(said)}"` };
}

const meant =
  /\b(?:required check|branch protection|placeholder|stand-?in|stub|no tests? (?:yet|here)|on purpose|intentionally|only (?:installs?|checks? that it installs?)|install(?:able|ation) only)\b/iu;

function commentOn(unit: Unit): string | undefined {
  const { yaml } = (unit.kind === "job" ? unit : unit.job).workflow.file;
  const node = unit.kind === "job" ? unit.entry : unit.item;
  const within = yaml.comments.filter(
    ({ span }) => node !== undefined && span.start >= node.span.start && span.end <= node.span.end,
  );
  return [...(node?.comments.leading ?? []), ...within].map(({ text }) => text.trim()).find((text) => meant.test(text));
}

function evidenceFor(unit: Unit): readonly string[] {
  const steps = unit.kind === "job" ? unit.steps : [unit];
  const work = steps.map(({ script }) => lastWork(script?.text ?? "")).findLast((text) => text !== undefined);
  const job = unit.kind === "job" ? unit : unit.job;
  return [
    work === undefined ? "all it does is to print" : `the last thing it does is \`${clipped(work, 60)}\``,
    job.steps.length > 1
      ? `no step of job ${job.id} runs anything else than preparation`
      : `it is the only step of job ${job.id}`,
  ];
}

function spanOf(unit: Unit): Finding["at"]["span"] {
  if (unit.kind === "job") return unit.entry?.keySpan ?? { start: 0, end: 1 };
  return unit.item.span;
}
