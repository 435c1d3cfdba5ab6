import type { YamlNode } from "@ci-fix/yaml-editor";
import { note, readFields, readText, readWord, resolved, type Fields, type Reading, type Shape } from "./fields.ts";
import { SEVERITIES } from "./order.ts";
import { FINGERPRINT, isDate, REPOSITORY_PATH, RISK_ID } from "./patterns.ts";
import type { Risk, RiskAction, RiskStatus, RiskTarget } from "./types.ts";

/** In the order in which they are written. */
export const TARGET_KEYS: readonly (keyof RiskTarget)[] = ["file", "job", "step", "class", "action", "fingerprint"];
const OWN_KEYS = ["id", "title", "severity", "status", "justification", "exit-criteria", "owner", "expires", "targets"];
const STATUSES: readonly RiskStatus[] = ["open", "fixed", "accepted", "deferred"];
const ACTIONS: readonly RiskAction[] = ["fix", "document"];

const ID: Shape = { matches: (text) => RISK_ID.test(text), wanted: "a milestone and a number, such as M03-R04" };
const DAY: Shape = { matches: isDate, wanted: "a day, such as 2027-03-01" };
const FILE: Shape = {
  matches: (text) => REPOSITORY_PATH.test(text),
  wanted: "a path below the repository's root, with /",
};
const PRINT: Shape = {
  matches: (text) => FINGERPRINT.test(text),
  wanted: "16 hex digits; leave it out and it is filled in",
};

/** Reads one item of `risks`. Undefined where it has no usable id; every problem is noted. */
export function readRisk(reading: Reading, node: YamlNode | undefined, offset: number): Risk | undefined {
  const fields = readFields(reading, node, nameOf(node), [...OWN_KEYS, ...TARGET_KEYS], offset);
  if (fields === undefined) return undefined;
  const id = readText(reading, fields, "id", ID);
  if (!fields.entries.has("id")) note(reading, fields.offset, `a risk needs an "id", ${ID.wanted}`);
  const risk = {
    title: readText(reading, fields, "title"),
    severity: readWord(reading, fields, "severity", SEVERITIES) ?? "high",
    status: readWord(reading, fields, "status", STATUSES) ?? "open",
    targets: readTargets(reading, fields),
    justification: readText(reading, fields, "justification"),
    exitCriteria: readText(reading, fields, "exit-criteria"),
    owner: readText(reading, fields, "owner"),
    expires: readText(reading, fields, "expires", DAY),
  };
  checkReason(reading, fields, risk.status);
  return id === undefined ? undefined : { id, ...risk };
}

/** What to call a risk in messages: its id where that can be read. */
function nameOf(node: YamlNode | undefined): string {
  const map = resolved(node);
  const id = map?.kind === "map" ? resolved(map.get("id")?.value) : undefined;
  return id?.kind === "scalar" && RISK_ID.test(id.text) ? id.text : "a risk";
}

function checkReason(reading: Reading, fields: Fields, status: RiskStatus): void {
  const offset = fields.entries.get("status")?.keySpan.start ?? fields.offset;
  if (status === "accepted" && !fields.entries.has("justification")) {
    note(reading, offset, `${fields.what} is accepted, and needs a "justification": why that is all right`);
  }
  if (status === "deferred" && !fields.entries.has("exit-criteria")) {
    note(
      reading,
      offset,
      `${fields.what} is deferred, and needs "exit-criteria": what must be seen before it is closed`,
    );
  }
}

function readTargets(reading: Reading, fields: Fields): readonly RiskTarget[] {
  const listed = fields.entries.get("targets");
  if (listed === undefined) return [readTarget(reading, fields)];
  const own = TARGET_KEYS.find((key) => fields.entries.has(key));
  if (own !== undefined)
    note(
      reading,
      listed.keySpan.start,
      `${fields.what} has "targets" and "${own}" side by side: move "${own}" into a target`,
    );
  const list = resolved(listed.value);
  if (list?.kind !== "sequence" || list.items.length === 0) {
    note(reading, listed.keySpan.start, `"targets" of ${fields.what} must be a list of at least one "- file: …"`);
    return [];
  }
  return list.items.flatMap((item) => {
    const target = readFields(reading, item.value, `a target of ${fields.what}`, TARGET_KEYS, item.span.start);
    return target === undefined ? [] : [readTarget(reading, target)];
  });
}

function readTarget(reading: Reading, fields: Fields): RiskTarget {
  if (!fields.entries.has("file")) note(reading, fields.offset, `${fields.what} needs a "file"`);
  return {
    file: withoutDot(readText(reading, fields, "file", FILE) ?? ""),
    job: readText(reading, fields, "job"),
    step: readText(reading, fields, "step"),
    class: readText(reading, fields, "class"),
    action: readWord(reading, fields, "action", ACTIONS),
    fingerprint: readText(reading, fields, "fingerprint", PRINT),
  };
}

function withoutDot(file: string): string {
  return file.replace(/^(\.\/)+/u, "");
}
