import { readSource } from "../open.ts";
import type { Plan } from "../plan/batch.ts";
import { Refused } from "../plan/refusal.ts";
import type { ByteSplice, Comment } from "../types.ts";
import { commentDifference, endangeredComment, removedComments, splicedComments } from "./comments.ts";
import { TreeComparison } from "./compare.ts";
import { Expectation } from "./expectation.ts";

export interface Result {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Sorted, in UTF-16 offsets of the original. */
  readonly splices: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly byteSplices: readonly ByteSplice[];
}

function sameBytes(before: Uint8Array, from: number, after: Uint8Array, at: number, length: number): boolean {
  for (let index = 0; index < length; index += 1) if (before[from + index] !== after[at + index]) return false;
  return true;
}

/** True where everything outside the splices is as it was, byte for byte. */
function keepsOtherBytes(before: Uint8Array, { bytes, byteSplices }: Result): boolean {
  const encoder = new TextEncoder();
  let from = 0;
  let at = 0;
  for (const splice of byteSplices) {
    if (splice.start < from || !sameBytes(before, from, bytes, at, splice.start - from)) return false;
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

/** Accepts a result, or throws the refusal that it earns. Returns the comments that went away. */
export function checkResult(plan: Plan, result: Result): Comment[] {
  const { file } = plan.layout;
  const endangered = endangeredComment(file.comments, plan.splices);
  if (endangered)
    throw new Refused("comment-would-change", "an edit that is not about comments would change one", endangered.span);
  if (bringsUnprintable(file.text, result))
    throw new Refused("cannot-represent", "the new text holds a character that a file may only have as an escape");
  if (!keepsOtherBytes(file.bytes, result)) throw new Refused("check-failed", "bytes outside the edits would change");
  const after = readSource(result.bytes);
  if ("code" in after) throw new Refused("check-failed", `the result cannot be read: ${after.message}`);
  if (after.text !== result.text) throw new Refused("cannot-represent", "the new text cannot be written as UTF-8");
  const expected = new Expectation(plan);
  if (after.documents.length !== file.documents.length)
    throw new Refused("check-failed", "the number of documents would change");
  const comparison = new TreeComparison(expected, file.hasAliases || after.hasAliases);
  for (const [index, before] of file.documents.entries()) {
    const difference = comparison.difference(before, after.documents[index], [index]);
    if (difference !== undefined) throw new Refused("check-failed", difference, before?.span);
  }
  const spliced = splicedComments(file.comments, result.splices);
  const difference = commentDifference(file.comments, spliced, expected.comments, after.comments);
  if (difference !== undefined) throw new Refused("comment-would-change", difference);
  return removedComments(spliced, expected.comments);
}
