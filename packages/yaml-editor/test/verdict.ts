import { checkResult } from "../src/check/check-result.ts";
import type { Edit, Path } from "../src/index.ts";
import { type Plan, planBatch } from "../src/plan/batch.ts";
import { Refused } from "../src/plan/refusal.ts";
import { opened, type Splice } from "./readings.ts";

export interface Verdict {
  readonly code: string;
  readonly message: string;
}

/** The one splice that makes a text of another. */
function difference(before: string, after: string): Splice {
  let head = 0;
  while (head < before.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}

/** What a batch is about, and how it is to be made. */
export function planOf(source: string, edits: readonly Edit[]): Plan {
  const plan = planBatch(opened(source), edits);
  if ("refusals" in plan) throw new Error(plan.refusals[0]?.message);
  return plan;
}

/** What the check says of a text and bytes that are claimed to be the result of a plan; "accepted" or the refusal. */
export function verdictOf(
  plan: Plan,
  claimed: string,
  bytes = claimed,
  splices: readonly Splice[] = [difference(plan.layout.file.text, claimed)],
): Verdict | "accepted" {
  const { file } = plan.layout;
  const byteSplices = splices.map(({ start, end, text }) => ({
    start: file.byteOffset(start),
    end: file.byteOffset(end),
    text,
  }));
  try {
    checkResult(plan, { text: claimed, bytes: Buffer.from(bytes), splices, byteSplices });
    return "accepted";
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, message: error.message };
    throw error;
  }
}

/** What the check says of a text that is claimed to be the result of edits. */
export function verdict(
  source: string,
  edits: readonly Edit[],
  claimed: string,
  bytes = claimed,
): ReturnType<typeof verdictOf> {
  return verdictOf(planOf(source, edits), claimed, bytes);
}

export const set = (path: Path, value: string | number): Edit => ({ kind: "set", path, value });
