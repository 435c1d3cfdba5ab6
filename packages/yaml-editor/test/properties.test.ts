import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyEdits,
  type Edit,
  type NewValue,
  openYaml,
  type Path,
  type ScalarValue,
  type YamlEntry,
  type YamlFile,
  type YamlItem,
} from "../src/index.ts";
import { jsYaml } from "./suite/judge.ts";
import { uglyYaml } from "./ugly-yaml.ts";

const numRuns = Number(process.env["CI_FIX_FUZZ_RUNS"] ?? 300);

/** An ugly file that opens; the generator may also make broken ones, which are refused and not of interest here. */
const uglyFile = uglyYaml
  .map((source) => openYaml(new TextEncoder().encode(source)))
  .filter((opened) => opened.ok)
  .map((opened) => opened.file);

/**
 * The second parser takes an item at a lesser column than an empty one above it for the sibling of that one: `- -`, `- b`. What it
 * makes of blanks directly below the header of a block scalar with a digit depends on what follows them. Blanks at the very end of
 * a file, with no line break behind them, are a line to it under a `|+` header.
 */
function isMisread(text: string): boolean {
  if (/[|>][-+]?[1-9][-+]?[ \t]*(?:#.*)?\r?\n +\r?\n/u.test(text)) return true;
  if (/[|>]\d?\+[^]*\n[ \t]+$/u.test(text)) return true;
  const lines = text.split(/\r?\n/u).filter((line) => !/^\s*(?:#.*)?$/u.test(line));
  return lines.some((line, index) => {
    const empty = /^(\uFEFF?[ \t]*(?:- +)*)-[ \t]*(?:#.*)?$/u.exec(line)?.[1];
    const next = /^ *(?=-(?:\s|$))/u.exec(lines[index + 1] ?? "")?.[0];
    return empty !== undefined && next !== undefined && next.length < empty.length;
  });
}

const judgedFile = uglyFile.filter(({ text }) => jsYaml(text) !== undefined && !isMisread(text));

function pick<T>(list: readonly T[], seed: number): T | undefined {
  return list[seed % Math.max(1, list.length)];
}

function judged(text: string): unknown {
  const data = jsYaml(text);
  if (data === undefined) throw new Error("the second parser cannot read it");
  return data;
}

/** Plain data without what lies at a path; a parent left empty goes too. Undefined where that would break the file. */
function without(data: unknown, path: readonly (string | number)[]): unknown {
  const copy = structuredClone(data) as Record<string | number, unknown>;
  for (let depth = path.length; depth > 1; depth -= 1) {
    const key = path[depth - 1] ?? 0;
    let parent = copy;
    for (const segment of path.slice(0, depth - 1)) parent = parent[segment] as Record<string | number, unknown>;
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
    if (Object.keys(parent).length > 0) return copy;
  }
  return undefined;
}

function outside(file: YamlFile, splices: readonly { start: number; end: number }[]): string[] {
  const gone = (offset: number): boolean =>
    splices.some(({ start, end }) => file.byteOffset(offset) < end && start <= file.byteOffset(offset));
  return file.comments.filter(({ span }) => !gone(span.start)).map(({ text }) => text.trim());
}

function reopened(bytes: Uint8Array): YamlFile {
  const opened = openYaml(bytes);
  if (!opened.ok) throw new Error("an accepted result does not open");
  return opened.file;
}

function editFor(child: YamlEntry | YamlItem, kind: number): Edit {
  const { path } = child;
  if (kind === 0) return { kind: "delete", path };
  if (kind === 1) return { kind: "delete", path, note: ["gone: since", "today"] };
  if (kind === 2) return { kind: "comment-above", path, lines: ["fresh"] };
  if (kind === 3) return { kind: "comment-at", path, text: "fresh" };
  if (kind === 4) return { kind: "comment-at", path, text: null };
  if (kind === 5) return { kind: "set", path, value: "fresh: value # here" };
  if (kind === 6) return insertionBeside(child, "fresh: value");
  const text = child.value?.kind === "scalar" ? child.value.text : "";
  if (kind === 7) return { kind: "replace-in-scalar", path, start: 0, end: text.length >> 1, text: "new" };
  return { kind: "rename-key", path, key: "fresh key" };
}

function insertionBeside(child: YamlEntry | YamlItem, value: NewValue): Edit {
  const [document, ...rest] = child.path.slice(0, -1);
  const path: Path = [Number(document), ...rest];
  if (child.kind === "item") return { kind: "insert-item", path, index: Number(child.path.at(-1)) + 1, value };
  return { kind: "insert-key", path, key: "fresh", value, after: child.key };
}

const batch = fc.array(fc.tuple(fc.nat(), fc.nat(8)), { minLength: 1, maxLength: 4 });

/** Values that want care: they look like something else, or hold what a place has no room for. */
const scalarValue = fc.constantFrom<ScalarValue>(
  "fresh: value # here",
  "",
  "true",
  "12",
  "two\nlines",
  "two\nlines\n",
  "one\n",
  "\n\n",
  "- x",
  " blanks ",
  "#",
  "é 🎈",
  "\ttab",
  'it\'s "so"',
  "a, b]",
  "{a",
  "&x",
  "*x",
  "!t",
  "|",
  "2026-01-01",
  "1_000",
  "yes",
  "---",
  "? a",
  "a:",
  true,
  3.5,
  null,
);
const newValue = fc.oneof(
  scalarValue,
  fc.constantFrom<NewValue>([], {}, ["a", "b: c"], { a: [1, { b: "x\ny\n" }], "c: d": null }, [[["deep"]]]),
);

/** Plain data with another value at a path, or with a new child there. */
function changed(data: unknown, path: readonly (string | number)[], value: unknown, isNew: boolean): unknown {
  const copy = structuredClone(data) as Record<string | number, unknown>;
  let parent = copy;
  for (const segment of path.slice(0, -1)) parent = parent[segment] as Record<string | number, unknown>;
  const key = path.at(-1) ?? 0;
  if (isNew && Array.isArray(parent)) parent.splice(Number(key), 0, value);
  else parent[key] = value;
  return copy;
}

function editsFor(file: YamlFile, seeds: readonly (readonly [number, number])[]): Edit[] {
  const children = [...file.walk()];
  return seeds.flatMap(([seed, kind]) => {
    const child = pick(children, seed);
    return child ? [editFor(child, kind)] : [];
  });
}

describe("over ugly files", () => {
  test("no edits give the same bytes", () => {
    fc.assert(
      fc.property(uglyFile, (file) => {
        const result = applyEdits(file, []);
        expect(result.ok && result.bytes).toBe(file.bytes);
      }),
      { numRuns },
    );
  });

  test("a deletion means what a second parser says it means", () => {
    let accepted = 0;
    fc.assert(
      fc.property(judgedFile, fc.nat(), (file, seed) => {
        const child = pick([...file.walk()], seed);
        if (!child) return;
        const result = applyEdits(file, [{ kind: "delete", path: child.path }]);
        const expected = without(judged(file.text), child.path);
        if (expected === undefined) expect(result).toMatchObject({ ok: false, refusals: [{ code: "last-entry" }] });
        if (!result.ok || isMisread(result.text)) return;
        accepted += 1;
        expect(judged(result.text)).toEqual(expected);
      }),
      { numRuns },
    );
    expect(accepted).toBeGreaterThan(numRuns / 2);
  });

  test("a value that is set is what a second parser reads", () => {
    fc.assert(
      fc.property(judgedFile, fc.nat(), scalarValue, (file, seed, value) => {
        const child = pick([...file.walk()], seed);
        if (!child) return;
        const result = applyEdits(file, [{ kind: "set", path: child.path, value }]);
        // Without a splice the value was there already, by YAML 1.2 at least.
        if (!result.ok || result.splices.length === 0 || isMisread(result.text)) return;
        expect(judged(result.text)).toEqual(changed(judged(file.text), child.path, value, false));
      }),
      { numRuns },
    );
  });

  test("a value that is inserted is what a second parser reads", () => {
    fc.assert(
      fc.property(judgedFile, fc.nat(), newValue, (file, seed, value) => {
        const child = pick([...file.walk()], seed);
        if (!child) return;
        const edit = insertionBeside(child, value);
        const result = applyEdits(file, [edit]);
        if (!result.ok || isMisread(result.text)) return;
        const place = [...edit.path, edit.kind === "insert-item" ? edit.index : "fresh"];
        expect(judged(result.text)).toEqual(changed(judged(file.text), place, value, true));
      }),
      { numRuns },
    );
  });

  test("a key that is inserted and then deleted leaves no trace", () => {
    fc.assert(
      fc.property(uglyFile, fc.nat(), fc.boolean(), (file, seed, before) => {
        const entries = [...file.walk()].filter((child) => child.kind === "entry");
        const sibling = pick(entries, seed);
        if (!sibling) return;
        const [document, ...rest] = sibling.path.slice(0, -1);
        const path: Path = [Number(document), ...rest];
        const edit: Edit = {
          kind: "insert-key",
          path,
          key: "fresh",
          value: "x",
          ...(before ? { before: sibling.key } : { after: sibling.key }),
        };
        const there = applyEdits(file, [edit]);
        if (!there.ok) return;
        const back = applyEdits(reopened(there.bytes), [{ kind: "delete", path: [...path, "fresh"] }]);
        if (back.ok) expect(back.text).toBe(file.text);
      }),
      { numRuns },
    );
  });

  test("the order of edits does not matter", () => {
    fc.assert(
      fc.property(uglyFile, batch, (file, seeds) => {
        const edits = editsFor(file, seeds);
        const keys = new Set(edits.map(({ kind, path }) => `${kind} ${path.join("/")}`));
        fc.pre(keys.size === edits.length);
        const forth = applyEdits(file, edits);
        const back = applyEdits(file, edits.toReversed());
        expect(forth.ok).toBe(back.ok);
        if (forth.ok && back.ok) expect(back.text).toBe(forth.text);
      }),
      { numRuns },
    );
  });

  test("bytes outside the splices stay, and so do the comments there", () => {
    fc.assert(
      fc.property(uglyFile, batch, (file, seeds) => {
        const result = applyEdits(file, editsFor(file, seeds));
        if (!result.ok) return;
        const bytes = Buffer.from(file.bytes);
        let rebuilt = Buffer.alloc(0);
        let at = 0;
        for (const { start, end, text } of result.splices) {
          expect(start).toBeGreaterThanOrEqual(at);
          rebuilt = Buffer.concat([rebuilt, bytes.subarray(at, start), Buffer.from(text)]);
          at = end;
        }
        expect(Buffer.concat([rebuilt, bytes.subarray(at)]).equals(Buffer.from(result.bytes))).toBe(true);
        const after = reopened(result.bytes).comments.map(({ text }) => text.trim());
        for (const text of outside(file, result.splices)) {
          const index = after.indexOf(text);
          expect(index).not.toBe(-1);
          after.splice(index, 1);
        }
      }),
      { numRuns },
    );
  });

  test("a final newline, a byte order mark and CRLF stay as they are", () => {
    fc.assert(
      fc.property(uglyFile, batch, (file, seeds) => {
        const result = applyEdits(file, editsFor(file, seeds));
        if (!result.ok) return;
        expect(result.text.endsWith("\n")).toBe(file.text.endsWith("\n"));
        expect(result.text.startsWith("\uFEFF")).toBe(file.text.startsWith("\uFEFF"));
        if (!/(?<!\r)\n/u.test(file.text) && file.text.includes("\n")) expect(result.text).not.toMatch(/(?<!\r)\n/u);
      }),
      { numRuns },
    );
  });
});
