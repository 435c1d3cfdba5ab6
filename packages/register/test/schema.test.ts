import { readFileSync } from "node:fs";
import { readRegister } from "@ci-fix/register";
import { Ajv2020 } from "ajv/dist/2020.js";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { DATE, FINGERPRINT, REPOSITORY_PATH, RISK_ID } from "../src/patterns.ts";
import { bytes } from "./small-codemods.ts";

const schemaText = readFileSync(new URL("../schema/register.schema.json", import.meta.url), "utf8");
const schema: unknown = JSON.parse(schemaText);
if (!isObject(schema)) throw new Error("the schema is no object");
const valid = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema);

/** YAML 1.2 as editors read it: a day is text. */
function parse(text: string): unknown {
  return load(text, { schema: CORE_SCHEMA });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const risk = (lines: string): string => `version: 1\nrisks:\n  - id: M03-R01\n${lines.replaceAll(/^/gmu, "    ")}\n`;

const ACCEPTED: readonly (readonly [what: string, text: string])[] = [
  ["no risk", "version: 1\n"],
  ["an empty list", "version: 1\nrisks: []\n"],
  ["a list to come", "version: 1\nrisks:\n"],
  ["a file alone", risk("file: a.yml")],
  ["a path with a dot", risk("file: ./.github/workflows/a.yml")],
  ["two dots in a name", risk("file: ci/a..b.yml")],
  ["file, job and step", risk("file: a.yml\njob: unit\nstep: Run tests")],
  [
    "everything on the entry",
    risk(
      "title: t\nseverity: low\nstatus: fixed\nfile: a.yml\njob: unit\nstep: s\nclass: soft-fail-step\naction: fix\nfingerprint: 0123456789abcdef\nowner: me\nexpires: 2027-03-01",
    ),
  ],
  ["targets", risk("targets:\n  - file: a.yml\n  - file: b.yml\n    action: document")],
  ["an accepted risk", risk("file: a.yml\nstatus: accepted\njustification: only a chat message")],
  ["a deferred risk", risk("file: a.yml\nstatus: deferred\nexit-criteria: it ran once")],
  ["an open risk that keeps its justification", risk("file: a.yml\nstatus: open\njustification: it was thought fine")],
];

const REFUSED: readonly (readonly [what: string, text: string])[] = [
  ["no version", "risks: []\n"],
  ["a later version", "version: 2\n"],
  ["an unknown key at the top", "version: 1\nrisk: []\n"],
  ["risks as a map", "version: 1\nrisks: {}\n"],
  ["a risk that is a word", "version: 1\nrisks: [M03-R01]\n"],
  ["no id", "version: 1\nrisks:\n  - file: a.yml\n"],
  ["an id without a milestone", "version: 1\nrisks:\n  - id: R01\n    file: a.yml\n"],
  ["no file", risk("job: unit")],
  ["an unknown key", risk("file: a.yml\nstps: s")],
  ["a bad status", risk("file: a.yml\nstatus: done")],
  ["a bad severity", risk("file: a.yml\nseverity: High")],
  ["a bad action", risk("file: a.yml\naction: drop")],
  ["accepted without a justification", risk("file: a.yml\nstatus: accepted")],
  ["deferred with a justification only", risk("file: a.yml\nstatus: deferred\njustification: later")],
  ["a blank title", risk('file: a.yml\ntitle: " "')],
  ["a step that reads as a number", risk("file: a.yml\nstep: 3.1")],
  ["a step with nothing", risk("file: a.yml\nstep:")],
  ["a day without zeroes", risk("file: a.yml\nexpires: 2027-3-1")],
  ["a month that is none", risk('file: a.yml\nexpires: "2027-13-01"')],
  ["a fingerprint in capitals", risk("file: a.yml\nfingerprint: 0123456789ABCDEF")],
  ["a path from the root", risk("file: /a.yml")],
  ["a path out of the repository", risk("file: a/../../b.yml")],
  ["a path with backslashes", risk("file: ci\\a.yml")],
  ["targets beside a file", risk("file: a.yml\ntargets:\n  - file: b.yml")],
  ["targets beside a class", risk("class: dead-job\ntargets:\n  - file: b.yml")],
  ["targets without one", risk("targets: []")],
  ["a target without a file", risk("targets:\n  - job: unit")],
  ["an unknown key in a target", risk("targets:\n  - file: a.yml\n    owner: me")],
];

describe("the JSON Schema and the reader say the same", () => {
  test.each(ACCEPTED)("accepted: %s", (_, text) => {
    expect(valid(parse(text)), JSON.stringify(valid.errors)).toBe(true);
    expect(readRegister(bytes(text))).toMatchObject({ ok: true });
  });

  test.each(REFUSED)("refused: %s", (_, text) => {
    expect(valid(parse(text))).toBe(false);
    expect(readRegister(bytes(text))).toMatchObject({ ok: false });
  });
});

describe("the JSON Schema", () => {
  test("has the patterns of the reader", () => {
    const patterns = Array.from(schemaText.matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/gu), ([, quoted]): unknown =>
      JSON.parse(quoted ?? ""),
    );
    for (const pattern of [RISK_ID, FINGERPRINT, DATE, REPOSITORY_PATH]) expect(patterns).toContain(pattern.source);
  });

  test("documents every key", () => {
    const undocumented = [...keysOf(schema, schema)].filter(([, described]) => !described).map(([key]) => key);
    expect(undocumented).toEqual([]);
  });
});

/** Each property of a schema, and whether it or what it refers to is described. */
function* keysOf(root: Record<string, unknown>, node: unknown): Iterable<readonly [key: string, described: boolean]> {
  if (!isObject(node)) return;
  for (const [name, child] of Object.entries(node)) {
    if (name === "properties" && isObject(child)) {
      for (const [key, value] of Object.entries(child)) {
        if (isObject(value) && value["const"] === undefined) yield [key, describes(root, value)];
      }
    }
    yield* keysOf(root, child);
  }
}

function describes(root: Record<string, unknown>, value: Record<string, unknown>): boolean {
  if (typeof value["description"] === "string") return true;
  const name = typeof value["$ref"] === "string" ? value["$ref"].replace("#/$defs/", "") : "";
  const target = isObject(root["$defs"]) ? root["$defs"][name] : undefined;
  return isObject(target) && typeof target["description"] === "string" && name !== "text";
}
