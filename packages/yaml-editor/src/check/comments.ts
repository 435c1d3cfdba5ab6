import type { Splice } from "../plan/splice.ts";
import type { Comment } from "../types.ts";
import { trimmed } from "./expectation.ts";

function count(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** The comments of the original that lie in splices. Both lists are in file order. */
export function splicedComments(
  comments: readonly Comment[],
  splices: readonly { start: number; end: number }[],
): Comment[] {
  const found: Comment[] = [];
  let at = 0;
  for (const comment of comments) {
    while ((splices[at]?.end ?? Infinity) <= comment.span.start) at += 1;
    const splice = splices[at];
    if (splice !== undefined && splice.start < comment.span.end) found.push(comment);
  }
  return found;
}

/** The first comment that an edit which is not about comments would touch. */
export function endangeredComment(comments: readonly Comment[], splices: readonly Splice[]): Comment | undefined {
  const careless = splices.filter(
    ({ purpose }) => purpose !== "comment-at" && purpose !== "comment-above" && purpose !== "delete",
  );
  return splicedComments(
    comments,
    careless.toSorted((first, second) => first.start - second.start),
  )[0];
}

/** The comments of the original that are not in the result: those in splices, less those that the batch writes again. */
export function removedComments(spliced: readonly Comment[], written: readonly string[]): Comment[] {
  const again = count(written);
  return spliced.filter((comment) => {
    const left = again.get(trimmed(comment.text)) ?? 0;
    again.set(trimmed(comment.text), left - 1);
    return left <= 0;
  });
}

/** Says which comment of the result is missing or was not there before; undefined where all are as expected. */
export function commentDifference(
  before: readonly Comment[],
  spliced: readonly Comment[],
  written: readonly string[],
  after: readonly Comment[],
): string | undefined {
  const gone = new Set(spliced);
  const expected = count([
    ...before.filter((comment) => !gone.has(comment)).map(({ text }) => trimmed(text)),
    ...written,
  ]);
  for (const comment of after) {
    const text = trimmed(comment.text);
    const left = expected.get(text) ?? 0;
    if (left === 0) return `"#${comment.text}" became a comment`;
    expected.set(text, left - 1);
  }
  const missing = [...expected].find(([, left]) => left > 0);
  return missing && `the comment "# ${missing[0]}" would be lost`;
}
