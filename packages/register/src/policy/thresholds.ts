import type { Severity } from "@ci-fix/codemod";
import { isEmpty, readFields, readNumber, readWord, type Fields, type Reading } from "../fields.ts";
import { SEVERITIES } from "../order.ts";
import { emptyConfig, type Thresholds } from "./types.ts";

const FAIL_ON: readonly (Severity | "none")[] = [...SEVERITIES, "none"];

export function readThresholds(reading: Reading, policy: Fields): Thresholds {
  const entry = policy.entries.get("thresholds");
  if (entry === undefined || isEmpty(entry.value)) return emptyConfig.thresholds;
  const fields = readFields(reading, entry.value, `"thresholds"`, ["fail-on", "open"], entry.keySpan.start);
  if (fields === undefined) return emptyConfig.thresholds;
  return { failOn: readWord(reading, fields, "fail-on", FAIL_ON), open: readOpen(reading, fields) };
}

function readOpen(reading: Reading, thresholds: Fields): ReadonlyMap<Severity, number> {
  const most = new Map<Severity, number>();
  const entry = thresholds.entries.get("open");
  if (entry === undefined || isEmpty(entry.value)) return most;
  const fields = readFields(reading, entry.value, `"open"`, SEVERITIES, entry.keySpan.start);
  if (fields === undefined) return most;
  for (const severity of SEVERITIES) {
    const number = readNumber(reading, fields, severity);
    if (number !== undefined) most.set(severity, number);
  }
  return most;
}
