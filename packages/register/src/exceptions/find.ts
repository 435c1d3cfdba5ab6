import { eachStep, type Unit, type Workflow } from "@ci-fix/workflow";
import type { Comment } from "@ci-fix/yaml-editor";
import { parseException } from "./parse.ts";
import { standInJob } from "./stand-in.ts";
import type { PlacedException } from "./types.ts";

/** A comment that was meant to be an exception. */
export interface BadException extends Pick<PlacedException, "comment" | "unit"> {
  readonly mistakes: readonly string[];
}

/** The exceptions in the comments of a workflow, in file order. `known` are the classes there are. */
export function findExceptions(
  workflow: Workflow,
  known: readonly string[],
): { readonly exceptions: readonly PlacedException[]; readonly bad: readonly BadException[] } {
  const exceptions: PlacedException[] = [];
  const bad: BadException[] = [];
  for (const comment of workflow.file.yaml.comments) {
    const parsed = parseException(comment.text, known);
    if (parsed.kind === "none") continue;
    const target = targetOf(workflow, comment);
    const unit = (target === undefined ? undefined : unitAt(workflow, target)) ?? standInJob(workflow);
    if (parsed.kind === "bad") bad.push({ comment, unit, mistakes: parsed.mistakes });
    else exceptions.push({ ...parsed.exception, file: workflow.file.path, workflow, comment, target, unit });
  }
  return { exceptions, bad };
}

/** The first line of a unit: its key, or the dash of its item. Undefined for a composite action. */
export function lineOf(unit: Unit): number | undefined {
  const { yaml } = (unit.kind === "job" ? unit : unit.job).workflow.file;
  const start = unit.kind === "job" ? unit.entry?.keySpan.start : unit.item.span.start;
  return start === undefined ? undefined : yaml.lineColumn(start).line;
}

/** Its own line behind something, else the first line below the block of comments it stands in. */
function targetOf(workflow: Workflow, comment: Comment): number | undefined {
  if (!comment.ownLine) return comment.line;
  const { text, comments } = workflow.file.yaml;
  const alone = new Set(comments.filter(({ ownLine }) => ownLine).map(({ line }) => line));
  let line = comment.line + 1;
  while (alone.has(line)) line += 1;
  return (text.split("\n")[line - 1] ?? "").trim() === "" ? undefined : line;
}

function unitAt(workflow: Workflow, line: number): Unit | undefined {
  const { yaml } = workflow.file;
  const holds = (span: { readonly start: number; readonly end: number } | undefined): boolean =>
    span !== undefined &&
    yaml.lineColumn(span.start).line <= line &&
    line <= yaml.lineColumn(Math.max(span.start, span.end - 1)).line;
  for (const step of eachStep(workflow)) if (holds(step.item.span)) return step;
  return workflow.jobs.find(({ entry }) => holds(entry?.span));
}
