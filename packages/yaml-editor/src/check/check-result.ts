import type { Plan } from "../plan/batch.ts";
import { Refused } from "../plan/refusal.ts";
import type { SourceFile } from "../read/source-file.ts";
import type { Comment } from "../types.ts";
import { commentDifference, endangeredComment, removedComments, splicedComments } from "./comments.ts";
import { TreeComparison } from "./compare.ts";
import { Expectation } from "./expectation.ts";
import { readExcerpt, type Reading, readWhole } from "./reading.ts";
import type { Result } from "./result.ts";

/** False also for a length that no bytes have: less than none, or more than there are. */
function sameBytes(before: Uint8Array, from: number, after: Uint8Array, at: number, length: number): boolean {
  const found = after.subarray(at, at + length);
  return found.length === length && Buffer.compare(before.subarray(from, from + length), found) === 0;
}

/** True where everything outside the splices is as it was, byte for byte. */
function keepsOtherBytes(before: Uint8Array, { bytes, byteSplices }: Result): boolean {
  const encoder = new TextEncoder();
  let from = 0;
  let at = 0;
  for (const splice of byteSplices) {
    if (!sameBytes(before, from, bytes, at, splice.start - from)) return false;
    at += splice.start - from + encoder.encode(splice.text).length;
    from = splice.end;
  }
  return before.length - from === bytes.length - at && sameBytes(before, from, bytes, at, bytes.length - at);
}

/** What YAML 1.2 (5.1, c-printable) allows in a file only as an escape; `yaml` reads it all the same, others refuse the file. */
const UNPRINTABLE = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function bringsUnprintable(before: string, { splices }: Result): boolean {
  return splices.some(({ start, end, text }) => UNPRINTABLE.test(text) && !UNPRINTABLE.test(before.slice(start, end)));
}

/** Says where what was read is not what the edits mean; undefined where it is. */
function findProblem(
  file: SourceFile,
  expected: Expectation,
  spliced: readonly Comment[],
  { documents, readAgain, comments, hasAliases }: Reading,
): Refused | undefined {
  if (documents.length !== file.documents.length)
    return new Refused("check-failed", "the number of documents would change");
  const comparison = new TreeComparison(expected, hasAliases, readAgain);
  for (const [index, before] of file.documents.entries()) {
    const difference = comparison.difference(before, documents[index], [index]);
    if (difference !== undefined) return new Refused("check-failed", difference, before?.span);
  }
  const difference = commentDifference(comments.before, spliced, expected.comments, comments.after);
  return difference === undefined ? undefined : new Refused("comment-would-change", difference);
}

/** Accepts a result, or throws the refusal that it earns. Returns the comments that went away. */
export function checkResult(plan: Plan, result: Result): Comment[] {
  const { file } = plan.layout;
  const endangered = endangeredComment(file.comments, plan.splices);
  if (endangered)
    throw new Refused("comment-would-change", "an edit that is not about comments would change one", endangered.span);
  if (bringsUnprintable(file.text, result))
    throw new Refused("cannot-represent", "the new text holds a character that a file may only have as an escape");
  if (!keepsOtherBytes(file.bytes, result)) throw new Refused("check-failed", "bytes outside the edits would change");
  const expected = new Expectation(plan);
  const spliced = splicedComments(file.comments, result.splices);
  const excerpt = readExcerpt(file, result);
  if (excerpt === undefined || findProblem(file, expected, spliced, excerpt) !== undefined) {
    const problem = findProblem(file, expected, spliced, readWhole(file, result));
    if (problem !== undefined) throw problem;
  }
  return removedComments(spliced, expected.comments);
}
