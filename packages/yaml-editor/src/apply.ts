import { checkResult } from "./check/check-result.ts";
import type { Result } from "./check/result.ts";
import { planBatch } from "./plan/batch.ts";
import type { Layout } from "./plan/layout.ts";
import { refusalAt, Refused } from "./plan/refusal.ts";
import { joinTouching, mergeSplices, spliceText } from "./plan/splice.ts";
import { SourceFile } from "./read/source-file.ts";
import type { ApplyResult, ByteSplice, Edit, YamlFile } from "./types.ts";

interface TextSplice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function withoutFinalBreak(text: string): string {
  return text.replace(/\r?\n$/u, "");
}

/** Turns splices of the text with its completed final line break into splices of the text as it is, so that the break stays missing. */
function uncompleted(splices: readonly TextSplice[], layout: Layout): TextSplice[] {
  const length = layout.file.text.length;
  const last = splices.at(-1);
  if (last === undefined || last.end <= length) return [...splices];
  const others = splices.slice(0, -1);
  if (last.start > length)
    return [...others, { start: length, end: length, text: layout.completed + withoutFinalBreak(last.text) }];
  if (last.text !== "") return [...others, { start: last.start, end: length, text: withoutFinalBreak(last.text) }];
  // A blank line that has become the last would be a final line break: all of them go.
  const kept = layout.text.slice(others.at(-1)?.end ?? 0, last.start);
  const start = last.start - kept.length + kept.replace(/[\r\n]+$/u, "").length;
  return [...others, { start, end: length, text: "" }];
}

function byteSplices(file: SourceFile, splices: readonly TextSplice[]): ByteSplice[] {
  return splices.map(({ start, end, text }) => ({ start: file.byteOffset(start), end: file.byteOffset(end), text }));
}

function spliceBytes(bytes: Uint8Array, splices: readonly ByteSplice[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const splice of splices) {
    parts.push(bytes.subarray(at, splice.start), encoder.encode(splice.text));
    at = splice.end;
  }
  parts.push(bytes.subarray(at));
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    result.set(part, end);
    end += part.length;
  }
  return result;
}

function build(layout: Layout, splices: readonly TextSplice[]): Result {
  const { file } = layout;
  const real = uncompleted(splices, layout).filter(({ start, end, text }) => file.text.slice(start, end) !== text);
  const places = byteSplices(file, real);
  return {
    text: spliceText(file.text, real),
    bytes: spliceBytes(file.bytes, places),
    splices: real,
    byteSplices: places,
  };
}

function unchanged(file: SourceFile, absorbed: readonly number[]): ApplyResult {
  return { ok: true, bytes: file.bytes, text: file.text, splices: [], removedComments: [], absorbed };
}

/** Applies a batch of edits, all or nothing, and checks the result before accepting it. Refusals are values; a file that `openYaml` did not make, or a kind of edit that there is not, is a programming error and throws. */
export function applyEdits(file: YamlFile, edits: readonly Edit[]): ApplyResult {
  if (!(file instanceof SourceFile)) throw new TypeError("applyEdits wants a file that openYaml opened");
  const plan = planBatch(file, edits);
  if ("refusals" in plan) return { ok: false, refusals: plan.refusals };
  const merged = mergeSplices(plan.splices);
  if (!Array.isArray(merged)) {
    const refused = new Refused("overlapping-edits", `edits ${merged.first} and ${merged.second} change the same text`);
    return { ok: false, refusals: [refusalAt(file, refused, merged.second)] };
  }
  const result = build(plan.layout, joinTouching(merged));
  if (result.splices.length === 0) return unchanged(file, plan.absorbed);
  try {
    const removedComments = checkResult(plan, result);
    return {
      ok: true,
      bytes: result.bytes,
      text: result.text,
      splices: result.byteSplices,
      removedComments,
      absorbed: plan.absorbed,
    };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusals: [refusalAt(file, error)] };
    throw error;
  }
}
