import { CiFixError } from "@ci-fix/codemod";
import { applyEdits, openYaml, type Edit, type Path, type YamlFile } from "@ci-fix/yaml-editor";
import type { AuditFacts, DeferredEntry, Scores } from "../types.ts";
import { RECORDS } from "./read.ts";

const MILESTONE = /^[A-Z]\d{2,}$/u;

type Scalar = string | number | boolean | null;
type Item = Readonly<Record<string, Scalar>>;

/** What of an audit is kept, and where. */
export interface RecordPlan {
  /** Relative to the repository's root. */
  readonly path: string;
  /** Equal to the old bytes where there is nothing to do. */
  readonly bytes: Uint8Array;
}

export interface RecordOptions {
  /** What the `$schema` line of a new record points to. */
  readonly schema: string;
}

/** Where the record of a milestone lies. Throws `CI_FIX_MILESTONE_INVALID` for a name that makes no file name. */
export function recordPath(milestone: string): string {
  if (MILESTONE.test(milestone)) return `${RECORDS}/${milestone}.yml`;
  throw new CiFixError("CI_FIX_MILESTONE_INVALID", `"${milestone}" is no milestone`, {
    exitCode: 2,
    hint: "a letter and two digits or more, such as M04",
  });
}

/**
 * Works out the new text of a milestone's record. `old` are the bytes of the one that is there. Words that stand in it stay, and so
 * do comments; scores, dates and commits are set, and what is new is appended. Throws `CI_FIX_RECORD_EDIT` where it cannot be edited.
 */
export function planRecord(old: Uint8Array | undefined, facts: AuditFacts, { schema }: RecordOptions): RecordPlan {
  const path = recordPath(facts.milestone);
  let bytes = old ?? new TextEncoder().encode(startOf(facts.milestone, schema));
  for (const round of roundsOf(facts)) bytes = applied(path, bytes, round);
  return { path, bytes };
}

type Round = (file: YamlFile) => readonly Edit[];

function startOf(milestone: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema.replaceAll(/\s/gu, "%20")}
#
# What the audit of this milestone found, for the audits after it: scores, invariants, and what was put off.
# \`ci-fix audit --record\` brings it up to date; your own words and comments in it stay.
version: 1
milestone: ${milestone}
`;
}

function roundsOf(facts: AuditFacts): readonly Round[] {
  const scores = facts.scores.rows.at(-1)?.scores;
  return [
    ...(facts.title === null ? [] : [put([0], "title", facts.title, ["milestone"])]),
    put([0], "date", facts.date, ["title", "milestone"]),
    ...(facts.mode === "delta" ? [put([0], "base", facts.base.commit, ["date"])] : []),
    ...(facts.commit === null ? [] : [put([0], "commit", facts.commit, ["base", "date"])]),
    ...(scores === undefined ? [] : scoreRounds(scores)),
    append("invariants", invariantItems(facts)),
    ...deferredItems(facts).flatMap((item) => [statusOf(item), append("deferred", [item])]),
  ];
}

/** Sets a key where it stands, else inserts it behind the last of `behind`. */
function put(map: Path, key: string, value: Scalar, behind: readonly string[]): Round {
  return (file) => {
    const path: Path = [...map, key];
    const present = file.at(path);
    if (present?.value?.kind === "scalar" && present.value.value === value) return [];
    if (present !== undefined) return [{ kind: "set", path, value }];
    const node = file.node(map);
    const keys = node?.kind === "map" ? node.entries.map((entry) => entry.key) : [];
    const after = keys.findLast((each) => behind.includes(each));
    return [{ kind: "insert-key", path: map, key, value, ...(after === undefined ? {} : { after }) }];
  };
}

function scoreRounds(scores: Scores): readonly Round[] {
  const entries = Object.entries(scores) as readonly [string, number | null][];
  const names = entries.map(([name]) => name);
  const whole: Round = (file) =>
    file.at([0, "scores"]) === undefined
      ? [{ kind: "insert-key", path: [0], key: "scores", value: Object.fromEntries(entries) }]
      : [];
  return [whole, ...entries.map(([name, value]) => put([0, "scores"], name, value, names))];
}

/** Appends those items whose id no item of the list has. */
function append(key: string, items: readonly Item[]): Round {
  return (file) => {
    const list = file.node([0, key]);
    const ids = new Set(idsIn(file, key));
    const fresh = items.filter(({ id }) => !ids.has(String(id)));
    if (fresh.length === 0) return [];
    if (list?.kind === "sequence") {
      return fresh.map((value) => ({ kind: "insert-item", path: [0, key], index: list.items.length, value }));
    }
    return [{ kind: "insert-key", path: [0], key, value: fresh }];
  };
}

function idsIn(file: YamlFile, key: string): readonly string[] {
  const list = file.node([0, key]);
  if (list?.kind !== "sequence") return [];
  return list.items.map((_, index) => {
    const id = file.at([0, key, index, "id"])?.value;
    return id?.kind === "scalar" ? id.text : "";
  });
}

/** What has been closed is closed; opening it again is for a person. */
function statusOf({ id, status }: Item): Round {
  return (file) => {
    const index = idsIn(file, "deferred").indexOf(String(id));
    if (index === -1 || status !== "closed") return [];
    return put([0, "deferred", index], "status", "closed", ["exit-criteria"])(file);
  };
}

function invariantItems(facts: AuditFacts): readonly Item[] {
  if (facts.mode === "full") return [];
  return facts.tests.invariants.map(({ id, title, rule }) => ({ id, title, rule }));
}

/** What this milestone adds, and what it could close of earlier ones. */
function deferredItems({ deferred, milestone }: AuditFacts): readonly Item[] {
  const own = deferred.filter(
    ({ isNew, discovered, status }) => isNew || (discovered !== milestone && status === "closed"),
  );
  return own.map(itemOf);
}

function itemOf({ id, issue, deferredTo, reason, blocker, exitCriteria, status, fingerprint }: DeferredEntry): Item {
  return {
    id,
    issue,
    "deferred-to": deferredTo,
    reason,
    blocker,
    "exit-criteria": exitCriteria,
    status,
    ...(fingerprint === null ? {} : { fingerprint }),
  };
}

function applied(path: string, bytes: Uint8Array, round: Round): Uint8Array {
  const opened = openYaml(bytes);
  if (!opened.ok) throw refused(path, opened.refusals[0]?.message, opened.refusals[0]?.at?.line);
  const edits = round(opened.file);
  if (edits.length === 0) return bytes;
  const result = applyEdits(opened.file, edits);
  if (!result.ok) throw refused(path, result.refusals[0]?.message, result.refusals[0]?.at?.line);
  return result.bytes;
}

function refused(path: string, message = "the editor refused the change", line?: number): CiFixError {
  return new CiFixError(
    "CI_FIX_RECORD_EDIT",
    `${path}${line === undefined ? "" : `:${line}`} cannot be edited: ${message}`,
    {
      exitCode: 4,
      hint: "write it out without anchors, aliases and merge keys, and try again",
    },
  );
}
