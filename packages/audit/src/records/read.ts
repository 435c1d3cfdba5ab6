import { CiFixError } from "@ci-fix/codemod";
import { openYaml, type YamlFile } from "@ci-fix/yaml-editor";
import type { DeferralRecord, InvariantRecord, LogRecord, MilestoneRecord, Scores } from "../types.ts";

/** Where the records lie, from the repository's root. */
export const RECORDS = ".ci-fix/milestones";

const SCORES = ["invariants", "compat", "arch", "ci", "sec", "tests", "dx", "docs", "overall"] as const;

type Data = Readonly<Record<string, unknown>>;

/** Something wrong in a record, with the keys that lead to it. */
class Wrong extends Error {
  readonly at: readonly (string | number)[];

  constructor(message: string, at: readonly (string | number)[]) {
    super(message);
    this.at = at;
  }
}

/** Reads `.ci-fix/milestones/M04.yml`. Throws `CI_FIX_RECORD_INVALID` with the line of what is wrong. */
export function readRecord(path: string, bytes: Uint8Array): MilestoneRecord {
  const opened = openYaml(bytes);
  if (!opened.ok) {
    const [first] = opened.refusals;
    throw invalid(path, first?.at?.line, first?.message ?? "it cannot be read");
  }
  try {
    return recordOf(opened.file.toJS(0));
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    throw invalid(path, lineOf(opened.file, error.at), error.message);
  }
}

function invalid(path: string, line: number | undefined, message: string): CiFixError {
  return new CiFixError("CI_FIX_RECORD_INVALID", `${path}${line === undefined ? "" : `:${line}`}: ${message}`, {
    hint: `mend ${path}, or remove it and run \`ci-fix audit --record\` again`,
  });
}

function lineOf(file: YamlFile, at: readonly (string | number)[]): number | undefined {
  for (let length = at.length; length > 0; length -= 1) {
    const found = file.at([0, ...at.slice(0, length)]);
    if (found !== undefined) return file.lineColumn(found.span.start).line;
  }
  return undefined;
}

function recordOf(value: unknown): MilestoneRecord {
  const data = map(value, []);
  if (data["version"] !== 1) throw new Wrong('it needs "version: 1"', ["version"]);
  known(
    data,
    ["version", "milestone", "title", "date", "base", "commit", "scores", "invariants", "deferred", "log"],
    [],
  );
  return {
    milestone: text(data, "milestone", []),
    title: maybe(data, "title", []),
    date: maybe(data, "date", []),
    base: maybe(data, "base", []),
    commit: maybe(data, "commit", []),
    scores: data["scores"] === undefined ? undefined : scores(data["scores"]),
    invariants: list(data, "invariants").map(invariant),
    deferred: list(data, "deferred").map(deferral),
    log: list(data, "log").map(logged),
  };
}

function scores(value: unknown): Scores {
  const data = map(value, ["scores"]);
  known(data, SCORES, ["scores"]);
  const read = (name: (typeof SCORES)[number]): number | null => {
    const score = data[name] ?? null;
    if (score === null) return null;
    if (typeof score === "number" && score >= 0 && score <= 5) return score;
    throw new Wrong(`"${name}" must be a number from 0 to 5, or null`, ["scores", name]);
  };
  const [invariants, compat, arch, ci, sec, tests, dx, docs, overall] = SCORES.map(read);
  return {
    invariants: invariants ?? null,
    compat: compat ?? null,
    arch: arch ?? null,
    ci: ci ?? null,
    sec: sec ?? null,
    tests: tests ?? null,
    dx: dx ?? null,
    docs: docs ?? null,
    overall: overall ?? null,
  };
}

function invariant(value: unknown, index: number): InvariantRecord {
  const at = ["invariants", index];
  const data = map(value, at);
  known(data, ["id", "title", "rule", "paths"], at);
  const paths = data["paths"] ?? [];
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === "string"))
    throw new Wrong('"paths" must be a list of patterns', [...at, "paths"]);
  return { id: text(data, "id", at), title: text(data, "title", at), rule: maybe(data, "rule", at) ?? "", paths };
}

function deferral(value: unknown, index: number): DeferralRecord {
  const at = ["deferred", index];
  const data = map(value, at);
  known(data, ["id", "issue", "deferred-to", "reason", "blocker", "exit-criteria", "status", "fingerprint"], at);
  const status = data["status"] ?? "open";
  if (status !== "open" && status !== "closed") throw new Wrong('"status" must be open or closed', [...at, "status"]);
  return {
    id: text(data, "id", at),
    issue: text(data, "issue", at),
    deferredTo: text(data, "deferred-to", at),
    reason: text(data, "reason", at),
    blocker: data["blocker"] === true,
    exitCriteria: text(data, "exit-criteria", at),
    status,
    fingerprint: maybe(data, "fingerprint", at),
  };
}

function logged(value: unknown, index: number): LogRecord {
  const at = ["log", index];
  const data = map(value, at);
  known(data, ["item", "type", "status", "evidence"], at);
  const type = data["type"];
  if (type !== "flake" && type !== "regression") throw new Wrong('"type" must be flake or regression', [...at, "type"]);
  return {
    item: text(data, "item", at),
    type,
    status: text(data, "status", at),
    evidence: maybe(data, "evidence", at) ?? "",
  };
}

function map(value: unknown, at: readonly (string | number)[]): Data {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Data;
  throw new Wrong(
    at.length === 0 ? "it must be a map of keys and values" : `"${String(at.at(-1))}" must be a map of keys and values`,
    at,
  );
}

function known(data: Data, keys: readonly string[], at: readonly (string | number)[]): void {
  const key = Object.keys(data).find((each) => !keys.includes(each));
  if (key !== undefined)
    throw new Wrong(`unknown key ${JSON.stringify(key)}; known are ${keys.join(", ")}`, [...at, key]);
}

function list(data: Data, key: string): readonly unknown[] {
  const value = data[key] ?? [];
  if (Array.isArray(value)) return value;
  throw new Wrong(`"${key}" must be a list`, [key]);
}

function text(data: Data, key: string, at: readonly (string | number)[]): string {
  const value = maybe(data, key, at);
  if (value === undefined || value.trim() === "") throw new Wrong(`"${key}" is missing`, at.length === 0 ? [key] : at);
  return value;
}

function maybe(data: Data, key: string, at: readonly (string | number)[]): string | undefined {
  const value = data[key] ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw new Wrong(`"${key}" must be text: put it in quotes`, [...at, key]);
}
