import { readSource } from "../open.ts";
import { Refused } from "../plan/refusal.ts";
import { childrenOf, type ChildRecord, type CollectionRecord, isCollection, type ValueRecord } from "../read/nodes.ts";
import { SourceFile } from "../read/source-file.ts";
import { DEEPEST } from "../read/tokenize.ts";
import type { Comment } from "../types.ts";
import type { ReadAgain } from "./compare.ts";
import { type Excerpt, findExcerpt, headEnd, lineOf } from "./excerpt.ts";
import type { Result } from "./result.ts";

/** What was found in a result. */
export interface Reading {
  readonly documents: readonly (ValueRecord | undefined)[];
  /** Where only a part of the result was read: all of `documents` is the original but this. */
  readonly readAgain?: ReadAgain;
  /** The comments of the original and of the result, in what was read. */
  readonly comments: { readonly before: readonly Comment[]; readonly after: readonly Comment[] };
  readonly hasAliases: boolean;
}

/** Reads the whole of a result, or throws the refusal that it earns. */
export function readWhole(file: SourceFile, result: Result): Reading {
  const after = readSource(result.bytes);
  if ("code" in after) throw new Refused("check-failed", `the result cannot be read: ${after.message}`);
  if (after.text !== result.text) throw new Refused("cannot-represent", "the new text cannot be written as UTF-8");
  const comments = { before: file.comments, after: after.comments };
  return { documents: after.documents, comments, hasAliases: file.stream.hasAliases || after.stream.hasAliases };
}

/** The lines of an excerpt in a result, between stand-ins for what is around them. */
interface Sample {
  /** A child of the same kind as the follower, at its column, to hold the neighbours that the follower is no sibling of. */
  readonly before: string;
  readonly lines: string;
  /** The head of the follower, as it is written. */
  readonly after: string;
  readonly bytes: Uint8Array;
}

function sample(file: SourceFile, result: Result, excerpt: Excerpt): Sample {
  const { collection, span, follower } = excerpt;
  const { child, line } = follower;
  const head = child && headEnd(file, child);
  const isSibling = child === undefined || childrenOf(collection)[excerpt.to + 1] === child;
  const before = isSibling ? "" : `${file.text.slice(line, child.start)}${child.kind === "entry" ? "k:" : "-"}\n`;
  const after = head === undefined ? "" : `${file.text.slice(line, head)}\n`;
  const bytes = result.bytes.subarray(
    file.byteOffset(span.start),
    file.byteOffset(span.end) + result.bytes.length - file.bytes.length,
  );
  const lines = result.text.slice(span.start, span.end + result.text.length - file.text.length);
  return { before, lines, after, bytes: Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]) };
}

/** True where a child begins its line at a place, as it did in the original. */
function standsAt(file: SourceFile, child: ChildRecord | undefined, line: number, column: number): boolean {
  return child?.start === line + column && lineOf(file.lines, child) === line && headEnd(file, child) !== undefined;
}

/** The collection of a sample that holds the neighbours, and the follower behind it or in it. */
function neighbours(
  root: ValueRecord | undefined,
  { before }: Sample,
): { readonly holder: CollectionRecord; readonly follower: ChildRecord | undefined } | undefined {
  if (!isCollection(root) || root.flow) return undefined;
  const follower = childrenOf(root).at(-1);
  if (before === "") return { holder: root, follower };
  const [standIn, ...others] = childrenOf(root);
  const holder = standIn?.value;
  return isCollection(holder) && !holder.flow && others.length === 1 ? { holder, follower } : undefined;
}

/** The children of the excerpt's collection as they are in a sample; undefined where it does not stand for the whole. */
function childrenIn(read: SourceFile, text: Sample, excerpt: Excerpt): ChildRecord[] | undefined {
  const { collection, from, to, span, follower } = excerpt;
  const found = neighbours(read.documents[0], text);
  if (found?.holder.kind !== collection.kind) return undefined;
  const old = childrenOf(collection);
  const column = (old[from]?.start ?? 0) - span.start;
  const children = childrenOf(found.holder);
  if (!standsAt(read, children[0], text.before.length, column)) return undefined;
  if (follower.child !== undefined) {
    const line = text.before.length + text.lines.length;
    if (!standsAt(read, found.follower, line, follower.child.start - follower.line)) return undefined;
  }
  const isInside = text.before === "" && follower.child !== undefined;
  return [...old.slice(0, from), ...children.slice(0, isInside ? -1 : undefined), ...old.slice(to + 1)];
}

/**
 * Reads only the lines around the splices of a result, and takes the rest as it was. Undefined where that could mean
 * another thing than the whole result does: what comes out is then to be read as a whole.
 */
export function readExcerpt(file: SourceFile, result: Result): Reading | undefined {
  const excerpt = findExcerpt(file, result.splices);
  if (excerpt === undefined) return undefined;
  const { span, level } = excerpt;
  const text = sample(file, result, excerpt);
  const read = readSource(text.bytes);
  if (!(read instanceof SourceFile) || read.text !== text.before + text.lines + text.after) return undefined;
  const { isBare, hasReferences, depth } = read.stream;
  if (!isBare || hasReferences || depth + level > DEEPEST) return undefined;
  const children = childrenIn(read, text, excerpt);
  if (children === undefined) return undefined;
  const before = file.comments.filter((comment) => comment.span.start >= span.start && comment.span.end <= span.end);
  return {
    documents: file.documents,
    readAgain: { collection: excerpt.collection, children },
    comments: { before, after: read.comments },
    hasAliases: false,
  };
}
