import { readFileSync } from "node:fs";
import { readConfig } from "@ci-fix/register";
import { Ajv2020 } from "ajv/dist/2020.js";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { DATE, MILESTONE, REPOSITORY_PATH } from "../src/patterns.ts";
import { POLICY_KEYS } from "../src/policy/read.ts";
import { INVARIANT_ID, REPOSITORY_NAME } from "../src/policy/shapes.ts";
import { bytes } from "./small-codemods.ts";

const text = readFileSync(new URL("../schema/policy.schema.json", import.meta.url), "utf8");
const schema = JSON.parse(text) as { readonly properties: Readonly<Record<string, unknown>> };
const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const page = readFileSync(new URL("../../../docs/policy.md", import.meta.url), "utf8");

/** YAML 1.2 as editors read it: `off` is a word, a day is text. */
const parse = (policy: string): unknown => load(policy, { schema: CORE_SCHEMA }) ?? null;

const ACCEPTED: readonly (readonly [what: string, policy: string])[] = [
  ["nothing", ""],
  ["keys without values", "classes:\nignore:\ninvariants:\nthresholds:\n  open:\n"],
  ["a milestone", "milestone: M04"],
  ["an upstream repository", "upstream: orchard/press.js"],
  ["classes", "classes: { dead-job: off, soft-fail-step: low, soft-fail-job: on }"],
  ["words as a list", "critical: [make press]\nbest-effort: []"],
  ["words by what they are", "critical: { commands: [make press], actions: [], names: [Press] }"],
  ["an exception", "exceptions: [{ class: dead-job, file: 'a/*.yml', reason: later, expires: 2027-03-01 }]"],
  ["an invariant", "invariants: [{ id: INV-061, statement: It holds. }]"],
  ["thresholds", "thresholds: { fail-on: none, open: { high: 0 } }"],
];

const REFUSED: readonly (readonly [what: string, policy: string])[] = [
  ["a list", "- milestone"],
  ["an unknown key", "mile-stone: M04"],
  ["a milestone that is a number", "milestone: 4"],
  ["an upstream without an owner", "upstream: press"],
  ["a class that is false", "classes: { dead-job: false }"],
  ["a setting that is none", "classes: { dead-job: urgent }"],
  ["a blank pattern", 'ignore: [" "]'],
  ["an unknown kind of words", "critical: { scripts: [a] }"],
  ["an exception without a reason", "exceptions: [{ class: dead-job, file: a.yml }]"],
  ["an exception for a file outside", "exceptions: [{ class: dead-job, file: ../a.yml, reason: b }]"],
  ["an unknown key of an exception", "exceptions: [{ class: dead-job, file: a, reason: b, until: 2027-03-01 }]"],
  ["INV-060 again", "invariants: [{ id: INV-060, statement: x }]"],
  ["an invariant without a statement", "invariants: [{ id: INV-061 }]"],
  ["an unknown word for old", "invariants: [{ id: INV-061, statement: x, old: kept }]"],
  ["a threshold below zero", "thresholds: { open: { high: -1 } }"],
  ["half a finding", "thresholds: { open: { high: 0.5 } }"],
  ["a threshold for no severity", "thresholds: { open: { urgent: 1 } }"],
];

describe("the JSON Schema and the reader say the same", () => {
  test.each(ACCEPTED)("accepted: %s", (_, policy) => {
    expect(valid(parse(policy)), JSON.stringify(valid.errors)).toBe(true);
    expect(readConfig(bytes(policy))).toMatchObject({ ok: true });
  });

  test.each(REFUSED)("refused: %s", (_, policy) => {
    expect(valid(parse(policy))).toBe(false);
    expect(readConfig(bytes(policy))).toMatchObject({ ok: false });
  });

  test("about the keys and patterns there are", () => {
    expect(Object.keys(schema.properties)).toEqual(POLICY_KEYS);
    const patterns = Array.from(text.matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/gu), ([, quoted]): unknown =>
      JSON.parse(quoted ?? ""),
    );
    for (const pattern of [MILESTONE, DATE, REPOSITORY_PATH, REPOSITORY_NAME, INVARIANT_ID])
      expect(patterns).toContain(pattern.source);
  });
});

describe("docs/policy.md", () => {
  const keys = [...keysOf(schema)];

  test.each(keys.map(({ key }) => key))("tells of %s", (key) => expect(page).toContain(`\`${key}\``));

  test("and the schema describes each key itself", () => {
    expect(keys.filter(({ described }) => !described)).toEqual([]);
  });

  test("has examples that are policies", () => {
    const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gmu)].map(([, example]) => example ?? "");
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples.filter((each) => !each.includes("ci-fix: allow")))
      expect(readConfig(bytes(example)), example).toMatchObject({ ok: true });
  });
});

function* keysOf(node: unknown): Iterable<{ readonly key: string; readonly described: boolean }> {
  if (typeof node !== "object" || node === null) return;
  for (const [name, child] of Object.entries(node)) {
    if (name === "properties") {
      for (const [key, value] of Object.entries(child as Record<string, object>))
        yield { key, described: "description" in value };
    }
    yield* keysOf(child);
  }
}
