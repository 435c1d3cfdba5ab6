import { suggest } from "@ci-fix/codemod";
import type { Edit } from "@ci-fix/yaml-editor";
import { applyRounds, type Round } from "./edit-rounds.ts";
import { riskPath, writeKey } from "./entry-edits.ts";
import { isDate, NOT_BLANK } from "./patterns.ts";
import { quoted } from "./quoted.ts";
import { readRegister } from "./read.ts";
import type { Risk, StatusChange, StatusChangeResult, StatusRefusalCode } from "./types.ts";
import { BEFORE_STATUS } from "./update.ts";

type WrittenKey = "status" | "justification" | "exit-criteria" | "owner" | "expires";

const KEYS: readonly WrittenKey[] = ["status", "justification", "exit-criteria", "owner", "expires"];

/**
 * Writes a person's decision about a risk. What is not named in it stays, so the justification of a risk that is opened again
 * can still be read. Refusals are values.
 */
export function planStatusChange(bytes: Uint8Array, id: string, change: StatusChange): StatusChangeResult {
  const read = readRegister(bytes);
  if (!read.ok) {
    const [first] = read.problems;
    return refusal("unreadable-register", first?.message ?? "the register cannot be read", first?.line);
  }
  const { risks } = read.register;
  const index = risks.findIndex((risk) => risk.id === id);
  if (index < 0) return refusal("unknown-risk", unknownRisk(id, risks));
  const values = valuesOf(change);
  const wrong = firstWrong(change, values);
  if (wrong !== undefined) return refusal("bad-value", wrong);
  // A status that is not written is open.
  const asItIs = change.status === "open" && risks[index]?.status === "open";
  return asItIs ? changed(bytes, index) : write(bytes, index, values);
}

function write(bytes: Uint8Array, index: number, values: ReadonlyMap<WrittenKey, string>): StatusChangeResult {
  const rounds = KEYS.map((key): Round => (file): readonly Edit[] => {
    const value = values.get(key);
    const behind = [...BEFORE_STATUS, ...KEYS.slice(0, KEYS.indexOf(key))];
    return value === undefined ? [] : writeKey(file, riskPath(index), key, value, behind);
  });
  const result = applyRounds(bytes, rounds);
  return result.ok ? changed(result.bytes, index) : refusal("edit-refused", result.message, result.line);
}

function changed(bytes: Uint8Array, index: number): StatusChangeResult {
  const read = readRegister(bytes);
  const risk = read.ok ? read.register.risks[index] : undefined;
  return risk === undefined
    ? refusal("edit-refused", "the register could not be read after the change")
    : { ok: true, bytes, risk };
}

function valuesOf(change: StatusChange): ReadonlyMap<WrittenKey, string> {
  const values = new Map<WrittenKey, string>([["status", change.status]]);
  if (change.status === "open") return values;
  if (change.status === "accepted") values.set("justification", change.justification);
  else values.set("exit-criteria", change.exitCriteria);
  if (change.owner !== undefined) values.set("owner", change.owner);
  if (change.expires !== undefined) values.set("expires", change.expires);
  return values;
}

function firstWrong(change: StatusChange, values: ReadonlyMap<WrittenKey, string>): string | undefined {
  const blank = [...values].find(([, value]) => !NOT_BLANK.test(value));
  if (blank !== undefined) return `${blank[0]} must not be empty for a risk that is ${change.status}`;
  const expires = values.get("expires");
  if (expires !== undefined && !isDate(expires))
    return `expires is ${quoted(expires)}, and must be a day, such as 2027-03-01`;
  return undefined;
}

function unknownRisk(id: string, risks: readonly Risk[]): string {
  const meant = suggest(
    id,
    risks.map((risk) => risk.id),
  );
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  return `the register has no risk ${quoted(id)}${hint}`;
}

function refusal(code: StatusRefusalCode, message: string, line?: number): StatusChangeResult {
  return { ok: false, code, message, line };
}
