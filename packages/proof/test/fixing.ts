import { expect } from "vitest";
import { checkCertificate, type Proof } from "../src/index.ts";
import { bytes, prove } from "./models.ts";

const SOFT = "continue-on-error: true";

/** Proves a fix, and its inverse to be a weakening where it bites. Both certificates must stand the check. */
export function fix(before: string, after: string, options: Parameters<typeof prove>[2] = {}): Proof {
  const proof = prove(before, after, options);
  const back = prove(after, before, options);
  for (const [each, old, now] of [
    [proof, before, after],
    [back, after, before],
  ] as const) {
    const result = checkCertificate(each.certificate, bytes(old), bytes(now), options.load);
    expect(result.problems).toEqual([]);
  }
  if (proof.judgement === "bites") expect(back.judgement).toBe("weaker");
  return proof;
}

export function without(text: string, line = SOFT): string {
  const lines = text.split("\n");
  const index = lines.findIndex((each) => each.includes(line));
  if (index < 0) throw new Error(`no ${line}`);
  return lines.toSpliced(index, 1).join("\n");
}
