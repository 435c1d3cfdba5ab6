import { commentAnchor } from "../read/ownership.ts";
import type { Comment, Edit } from "../types.ts";
import { commentSource, type Layout } from "./layout.ts";
import { Refused } from "./refusal.ts";
import type { Splice } from "./splice.ts";
import { lastStep, type Resolved, type Step } from "./target.ts";

export type AboveEdit = Extract<Edit, { kind: "comment-above" }>;
export type AtEdit = Extract<Edit, { kind: "comment-at" }>;

const DEFAULT_GAP = "  ";

function checkText(text: string): void {
  if (/(?!\t)[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) {
    throw new Refused("cannot-represent", "a comment line cannot hold line breaks or control characters");
  }
}

export function checkCommentLines(lines: readonly string[]): void {
  for (const line of lines) checkText(line);
}

/** The outermost child that begins on the same line: comments above a key behind a dash are the item's. */
function lineOwner(layout: Layout, steps: readonly Step[], last: Step): Step {
  const line = layout.firstLine(last.child);
  const owner = steps.find((step) => layout.firstLine(step.child) === line && layout.isFirstOnLine(step.child));
  if (owner === undefined) return refuseInside(last);
  // `{ a: 1 }` behind a key: the line is the key's, not the entry's.
  const between = layout.text.slice(owner.child.span.start, last.child.span.start);
  return /^(?:[-?][ \t]+)*$/u.test(between) ? owner : refuseInside(last);
}

function refuseInside(step: Step): never {
  throw new Refused("cannot-represent", "no comment can be given to what stands inside a line", step.child.span);
}

/** Plans `comment-above`. */
export function planCommentAbove(layout: Layout, { edit, target, index }: Resolved<AboveEdit>): Splice[] {
  checkCommentLines(edit.lines);
  const { child } = lineOwner(layout, target.steps, lastStep(target, edit));
  const line = layout.firstLine(child);
  const end = layout.lines.start(line);
  const start = edit.replace === true ? layout.lines.start(layout.top(child)) : end;
  const lineBreak = layout.breakAt(line);
  const text = edit.lines.map((comment) => layout.indent(child) + commentSource(comment) + lineBreak).join("");
  return [{ start, end, text, purpose: "comment-above", edit: index }];
}

/** The blanks before comments that other lines of this file have. */
function usualGap(layout: Layout): string {
  for (const comment of layout.file.comments) {
    const before = layout.text.slice(layout.lines.start(comment.line - 1), comment.span.start);
    const gap = /[^ \t]([ \t]+)$/u.exec(before)?.[1];
    if (gap === " " || gap === "  ") return gap;
  }
  return DEFAULT_GAP;
}

function gapStart(layout: Layout, comment: Comment): number {
  let start = comment.span.start;
  while (/[ \t]/u.test(layout.text[start - 1] ?? "")) start -= 1;
  return start;
}

function newComment(layout: Layout, step: Step, text: string): Pick<Splice, "start" | "end" | "text"> {
  const anchor = commentAnchor(layout.file, step.child);
  const lineEnd = layout.lines.contentEnd(layout.lines.lineAt(anchor));
  const rest = layout.text.slice(anchor, lineEnd);
  const comma = step.collection.flow ? /^[ \t]*,/u.exec(rest) : null;
  const at = anchor + (comma?.[0].length ?? 0);
  if (!/^[ \t]*$/u.test(layout.text.slice(at, lineEnd))) return refuseInside(step);
  return { start: at, end: lineEnd, text: usualGap(layout) + commentSource(text) };
}

/** Plans `comment-at`. */
export function planCommentAt(layout: Layout, { edit, target, index }: Resolved<AtEdit>): Splice[] {
  const step = lastStep(target, edit);
  const existing = step.child.comments.trailing;
  const finish = (place: Pick<Splice, "start" | "end" | "text">): Splice => ({
    ...place,
    purpose: "comment-at",
    edit: index,
  });
  if (edit.text === null) {
    return existing === undefined
      ? []
      : [finish({ start: gapStart(layout, existing), end: existing.span.end, text: "" })];
  }
  checkText(edit.text);
  if (existing === undefined) return [finish(newComment(layout, step, edit.text))];
  const text = commentSource(edit.text);
  return text === `#${existing.text}` ? [] : [finish({ ...existing.span, text })];
}
