import { describe, expect, test } from "vitest";
import type { Edit } from "../src/index.ts";
import { edited, remove, replace } from "./harness.ts";

const SOURCE =
  "on: push\n\njobs:\n  old: # dead\n    if: false\n\n  lint:\n    if: false && x # why\n    run: |\n      one\n      two\n";

const EDITS: readonly Edit[] = [
  remove([0, "jobs", "old"], ["gone"]),
  replace(SOURCE, [0, "jobs", "lint", "if"], "false && ", ""),
  replace(SOURCE, [0, "jobs", "lint", "run"], "one", "1\n\n1b"),
  { kind: "insert-key", path: [0, "jobs", "lint"], key: "needs", value: ["é"] },
  { kind: "comment-above", path: [0, "on"], lines: ["ünïcode 🎈"] },
];

const RESULT =
  "# ünïcode 🎈\non: push\n\njobs:\n  # gone\n\n  lint:\n    if: x # why\n    run: |\n      1\n\n      1b\n      two\n    needs:\n      - é\n";

const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
const open = (text: string): string => text.replace(/\r?\n$/u, "");

describe("a file keeps", () => {
  test("LF", () => expect(edited(SOURCE, ...EDITS)).toBe(RESULT));
  test("CRLF", () => expect(edited(crlf(SOURCE), ...EDITS)).toBe(crlf(RESULT)));
  test("its byte order mark", () => expect(edited(`\uFEFF${SOURCE}`, ...EDITS)).toBe(`\uFEFF${RESULT}`));
  test("its missing final newline", () => expect(edited(open(SOURCE), ...EDITS)).toBe(open(RESULT)));
  test("all of them at once", () => {
    expect(edited(`\uFEFF${open(crlf(SOURCE))}`, ...EDITS)).toBe(`\uFEFF${open(crlf(RESULT))}`);
  });
});

test("a missing final newline stays missing wherever an edit stands", () => {
  expect(edited("a: 1\nb: 2", { kind: "set", path: [0, "a"], value: 3 })).toBe("a: 3\nb: 2");
  expect(edited("a: 1\nb: 2", { kind: "set", path: [0, "b"], value: 3 })).toBe("a: 1\nb: 3");
});

test("a missing final newline stays missing when the last lines go, or new ones come", () => {
  expect(edited("a: 1\nb: 2", remove([0, "b"]))).toBe("a: 1");
  expect(edited("a: 1\r\n\r\nb: 2", remove([0, "b"]))).toBe("a: 1");
  expect(edited("a: 1\nb: 2", remove([0, "b"], ["gone"]))).toBe("a: 1\n# gone");
  expect(edited("a:\n  - 1\n  # x\n\n  - 2\n# y\nb: 2", remove([0, "b"]), remove([0, "a", 1]))).toBe(
    "a:\n  - 1\n  # x",
  );
  expect(edited("a: 1", { kind: "insert-key", path: [0], key: "b", value: 2 })).toBe("a: 1\nb: 2");
  expect(edited("a:\n  - 1\n  - 2", remove([0, "a", 1]), { kind: "insert-key", path: [0], key: "b", value: 2 })).toBe(
    "a:\n  - 1\nb: 2",
  );
  const last: Edit = { kind: "replace-in-scalar", path: [0, "a"], start: 4, end: 4, text: "y" };
  expect(edited("a: |+\n  x\n\n\n\nb:\n  - 1", last, remove([0, "b"]))).toBe("a: |+\n  x\n\n\n  y");
  expect(
    edited("a: 1", { kind: "set", path: [0, "a"], value: 2 }, { kind: "comment-at", path: [0, "a"], text: "x" }),
  ).toBe("a: 2  # x");
});

test("trailing blank lines, trailing blanks and tabs stay", () => {
  expect(edited("a: 1  \nb: 2\t# x\nc: 3\n\n\n", remove([0, "c"]))).toBe("a: 1  \nb: 2\t# x\n\n\n");
});

test("new lines end as the lines around them where a file mixes line ends", () => {
  const mixed = "a:\r\n  b: 1\r\nc:\n  d: 1\n";
  const edits: Edit[] = [
    { kind: "insert-key", path: [0, "a"], key: "x", value: 1 },
    { kind: "insert-key", path: [0, "c"], key: "x", value: 1 },
  ];
  expect(edited(mixed, ...edits)).toBe("a:\r\n  b: 1\r\n  x: 1\r\nc:\n  d: 1\n  x: 1\n");
});
