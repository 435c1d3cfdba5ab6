import type { Comment, OwnComments } from "../types.ts";
import type { ChildRecord, CollectionRecord, ValueRecord } from "./nodes.ts";
import type { SourceFile } from "./source-file.ts";

/** Words that begin a remark although a colon follows them. */
const REMARK =
  /^\s*(?:note|todo|fixme|hack|xxx|warning|caution|see|ref|refs|reason|why|because|bug|issue|important|tip|hint|tracking|usage|example|ci-fix)\b/iu;
const CODE_LINE = /^\s*(?:- \S|(?:- )?[A-Za-z_][\w.-]*:(?:\s|$))/u;
const DASH = /^\s*- /u;
const CODE_OPENING = /^\s*(?:- (?:name|uses|run|id|if|os|script|task):|(?:- )?[a-z_][\w.-]*:\s*$)/u;

/** True where a comment reads like configuration that somebody switched off. */
function readsLikeCode(comment: Comment): boolean {
  return CODE_LINE.test(comment.text) && !REMARK.test(comment.text) && !/^\s*[A-Z][a-z]+:/u.test(comment.text);
}

/** True where a block of comments is not about the node below it, but switched-off configuration beside it. */
function isSwitchedOff(block: readonly Comment[], value: ValueRecord | undefined): boolean {
  const first = block[0];
  if (first === undefined) return false;
  if (value?.kind === "map" || value?.kind === "sequence")
    return CODE_OPENING.test(first.text) && !REMARK.test(first.text);
  // The dashes below a line of prose are a list in it.
  return readsLikeCode(first) || block.some((line) => readsLikeCode(line) && !DASH.test(line.text));
}

/** Column (0-based) of a node that is first on its line, else undefined. */
export function ownColumn(file: SourceFile, offset: number): number | undefined {
  const line = file.lines.lineAt(offset);
  const start = file.lines.start(line);
  return /^[ \t]*$/u.test(file.text.slice(start, offset)) ? offset - start : undefined;
}

function commentBlockAbove(file: SourceFile, line: number, column: number): Comment[] {
  const block: Comment[] = [];
  for (let above = line - 1; above >= 0; above -= 1) {
    const comment = file.commentOnLine(above);
    if (comment === undefined || !comment.ownLine) break;
    if (comment.span.start - file.lines.start(above) !== column) break;
    block.unshift(comment);
  }
  return block;
}

/** True where nothing but comments lies between a line and the start of the document. */
function reachesDocumentStart(file: SourceFile, line: number): boolean {
  if (line <= 0) return true;
  const above = file.text.slice(file.lines.start(line - 1), file.lines.contentEnd(line - 1));
  return /^(?:---|\.\.\.)(?:\s|$)|^%/u.test(above);
}

function leadingOf(file: SourceFile, child: ChildRecord): readonly Comment[] {
  const column = ownColumn(file, child.span.start);
  if (column === undefined) return [];
  const line = file.lines.lineAt(child.span.start);
  const block = commentBlockAbove(file, line, column);
  if (block.length === 0) return [];
  const top = line - block.length;
  if (reachesDocumentStart(file, top)) return [];
  if (!file.lines.isBlank(top - 1) && isSwitchedOff(block, child.value)) return [];
  return block;
}

/** The comment that follows an offset on its line, after blanks and, in a flow collection, a comma. */
function commentBehind(file: SourceFile, offset: number, flow: boolean): Comment | undefined {
  const comment = file.commentOnLine(file.lines.lineAt(offset));
  if (comment === undefined || comment.span.start < offset) return undefined;
  const gap = file.text.slice(offset, comment.span.start);
  return (flow ? /^[ \t]*,?[ \t]*$/u : /^[ \t]*$/u).test(gap) ? comment : undefined;
}

/** Where the comment of a child stands or would stand: the end of what is written on its first line (of a scalar, on its last). */
export function commentAnchor(file: SourceFile, child: ChildRecord): number {
  const value = child.value;
  if (value === undefined) return child.span.end;
  if (value.kind === "scalar") return value.shape?.header.end ?? value.span.end;
  if (value.kind === "alias" || value.flow) return value.span.end;
  return blockAnchor(file, child, value);
}

function blockAnchor(file: SourceFile, child: ChildRecord, value: CollectionRecord): number {
  const first = value.kind === "map" ? value.entries[0] : value.items[0];
  const sameLine = first !== undefined && file.lines.lineAt(child.span.start) === file.lines.lineAt(first.span.start);
  if (sameLine) return commentAnchor(file, first);
  if (value.propsEnd !== undefined) return value.propsEnd;
  if (child.kind === "item") return child.span.start + 1;
  return child.colon === undefined ? child.keySpan.end : child.colon + 1;
}

/** The comments that belong to an entry or item. */
export function findOwnComments(file: SourceFile, child: ChildRecord): OwnComments {
  return { leading: leadingOf(file, child), trailing: commentBehind(file, commentAnchor(file, child), child.flow) };
}
