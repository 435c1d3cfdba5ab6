import { expect } from "vitest";
import { compare } from "./agreement.ts";
import { bytes, open } from "./models.ts";

/** Both models must see the same in every case; that there are several shows that the condition is looked at. */
export function expectAgreement(text: string, files: Readonly<Record<string, string>> = {}): void {
  const load = (path: string): Uint8Array | undefined => (files[path] === undefined ? undefined : bytes(files[path]));
  const { problem, isWhole, cases } = compare(open(text), 8000, load);
  expect(problem, text).toBeUndefined();
  expect(isWhole, text).toBe(true);
  expect(cases, text).toBeGreaterThan(1);
}
export const quoted = (condition: string): string => JSON.stringify(condition);
