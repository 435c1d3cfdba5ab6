import type { ByteSplice } from "@ci-fix/yaml-editor";
import { describe, expect, it } from "vitest";
import { type Inversion, type Placement, placeInverse as placeSplices } from "../../src/place/index.ts";

const WORKFLOW = `name: Tests
on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        continue-on-error: true
      - name: Run tests
        continue-on-error: true
        run: make test
      - name: Lint
        continue-on-error: true
        run: make lint
  dead:
    if: false
    runs-on: ubuntu-latest
    steps:
      - run: make dead
`;
const STEP = "        continue-on-error: true\n";

/** Removes the nth (from 0) line that says continue-on-error. */
function strip(text: string, nth: number): string {
  const parts = text.split(STEP);
  return parts.slice(0, nth + 1).join(STEP) + parts.slice(nth + 1).join(STEP);
}

function note(text: string): string {
  return text.replace(/ {2}dead:\n[^]*$/u, "  # NOTE: dead was removed in M03\n");
}

/** What differs between two texts that are equal at both ends. */
function spliceBetween(before: string, fixed: string): ByteSplice[] {
  const most = Math.min(before.length, fixed.length);
  let [start, end] = [0, 0];
  while (start < most && before[start] === fixed[start]) start++;
  while (end < most - start && before.at(-1 - end) === fixed.at(-1 - end)) end++;
  return [{ start, end: before.length - end, text: fixed.slice(start, fixed.length - end) }];
}

interface Versions extends Omit<Inversion, "splices"> {
  readonly fixed: string;
}

function placeInverse({ fixed, ...versions }: Versions): Placement {
  return placeSplices({ ...versions, splices: spliceBetween(versions.before, fixed) });
}

function place(versions: Versions): string {
  const placed = placeInverse(versions);
  return placed.ok ? placed.text : `${placed.reason} at line ${placed.line}: ${placed.message}`;
}

describe("taking one change back", () => {
  it("gives the file from before the fix when nothing else happened", () => {
    for (const fixed of [strip(WORKFLOW, 0), strip(WORKFLOW, 1), strip(WORKFLOW, 2), note(WORKFLOW), "", "other\n"]) {
      expect(place({ before: WORKFLOW, fixed, today: fixed })).toBe(WORKFLOW);
    }
  });

  it("tells equal lines apart by the steps they stand in", () => {
    const today = note(strip(strip(strip(WORKFLOW, 2), 1), 0));
    for (const nth of [0, 1, 2]) {
      const left = [2, 1, 0].filter((other) => other !== nth).reduce(strip, WORKFLOW);
      expect(place({ before: WORKFLOW, fixed: strip(WORKFLOW, nth), today })).toBe(note(left));
    }
  });

  it("puts whole jobs back in the place of their note", () => {
    const today = strip(note(WORKFLOW), 1);
    expect(place({ before: WORKFLOW, fixed: note(WORKFLOW), today })).toBe(strip(WORKFLOW, 1));
  });

  it("follows lines that moved, and leaves a reformatted neighbourhood alone", () => {
    const today = `# A licence\n# of two lines\n${strip(WORKFLOW, 1)}`
      .replace("name: Run tests", "name: Run all tests")
      .replace("on: push", "on: [push]");
    const expected = `# A licence\n# of two lines\n${WORKFLOW}`
      .replace("name: Run tests", "name: Run all tests")
      .replace("on: push", "on: [push]");
    expect(place({ before: WORKFLOW, fixed: strip(WORKFLOW, 1), today, origin: WORKFLOW })).toBe(expected);
  });

  it("keeps CRLF, mixed line ends and a missing last line end", () => {
    const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
    expect(
      place({ before: crlf(WORKFLOW), fixed: crlf(strip(WORKFLOW, 1)), today: crlf(strip(strip(WORKFLOW, 1), 0)) }),
    ).toBe(crlf(strip(WORKFLOW, 0)));
    expect(place({ before: "top\na\nb\r\nc", fixed: "top\na\nc", today: "TOP\na\nc" })).toBe("TOP\na\nb\r\nc");
    expect(place({ before: "a\nb\nc", fixed: "a\nb\n", today: "A\nb\n" })).toBe("A\nb\nc");
  });

  it("says which stretch of today's file changes", () => {
    const today = `# Moved\n${strip(WORKFLOW, 1)}`;
    const start = today.indexOf("        run: make test");
    expect(placeInverse({ before: WORKFLOW, fixed: strip(WORKFLOW, 1), today })).toEqual({
      ok: true,
      text: `# Moved\n${WORKFLOW}`,
      splices: [{ start, end: start, text: STEP }],
    });
  });
});

describe("neighbours that are gone or changed", () => {
  const abc = { before: "a\nGONE\nb\nc\n", fixed: "a\nb\nc\n" };

  it("one neighbour, or both, removed: the place stays certain", () => {
    expect(place({ ...abc, today: "a\nc\n" })).toBe("a\nGONE\nc\n");
    expect(place({ ...abc, today: "b\nc\n" })).toBe("GONE\nb\nc\n");
    expect(place({ ...abc, today: "c\n" })).toBe("GONE\nc\n");
    expect(place({ ...abc, today: "" })).toBe("GONE\n");
  });

  it("a neighbour changed in place: the other one decides", () => {
    const before = "steps:\n  continue-on-error: true\n  if: false && github.ref == 'main'\n";
    const fixed = "steps:\n  if: false && github.ref == 'main'\n";
    const today = "steps:\n  if: github.ref == 'main'\n";
    expect(place({ before, fixed, today, origin: before })).toBe(
      "steps:\n  continue-on-error: true\n  if: github.ref == 'main'\n",
    );
  });

  it("a line that came back before: the origin knows the order", () => {
    const origin = "a\nfirst\nsecond\nb\n";
    const later = { before: "a\nsecond\nb\n", fixed: "a\nb\n", today: "a\nfirst\nb\n" };
    expect(place({ ...later, origin })).toBe(origin);
    expect(placeInverse(later)).toMatchObject({ ok: false, reason: "inserted", line: 2 });
    const earlier = { before: "a\nfirst\nb\n", fixed: "a\nb\n", today: "a\nsecond\nb\n" };
    expect(place({ ...earlier, origin })).toBe(origin);
  });
});

describe("refusing", () => {
  it("a change that is not in effect", () => {
    for (const today of [WORKFLOW, `# New\n${WORKFLOW}`, strip(WORKFLOW, 0)]) {
      expect(placeInverse({ before: WORKFLOW, fixed: strip(WORKFLOW, 2), today })).toMatchObject({
        ok: false,
        reason: "already",
      });
      expect(placeInverse({ before: WORKFLOW, fixed: note(WORKFLOW), today })).toMatchObject({
        ok: false,
        reason: "already",
      });
    }
  });

  it("text put exactly where the removed line was", () => {
    const today = strip(WORKFLOW, 1).replace(
      "        run: make test",
      "        timeout-minutes: 5\n        run: make test",
    );
    expect(placeInverse({ before: WORKFLOW, fixed: strip(WORKFLOW, 1), today, origin: WORKFLOW })).toMatchObject({
      ok: false,
      reason: "inserted",
      line: 10,
    });
  });

  it("lines at the place that changed their order, or more of them than before", () => {
    const origin = "a\nfirst\nGONE\nlast\nb\n";
    const fixed = "a\nfirst\nlast\nb\n";
    for (const today of ["a\nlast\nfirst\nb\n", "a\nfirst\nnew\nlast\nb\n", "a\nfirst\nlast 1\nlast 2\nb\n"]) {
      expect(placeInverse({ before: origin, fixed, today, origin })).toMatchObject({ ok: false });
    }
    const later = { before: "a\nGONE\nb\n", fixed: "a\nb\n", today: "a\nlast\nfirst\nb\n" };
    expect(placeInverse({ ...later, origin })).toMatchObject({ ok: false });
  });

  it("a note that was edited, split or removed", () => {
    const fixed = note(WORKFLOW);
    const at = fixed.split("\n").length - 1;
    expect(placeInverse({ before: WORKFLOW, fixed, today: fixed.replace("M03", "M04") })).toMatchObject({
      reason: "changed",
      line: at,
    });
    const two = { before: "a\nb\n", fixed: "a\n# one\n# two\nb\n" };
    expect(placeInverse({ ...two, today: "a\n# one\nnew\n# two\nb\n" })).toMatchObject({ reason: "changed", line: 3 });
    expect(placeInverse({ ...two, today: "a\n# one\nb\n" })).toMatchObject({ reason: "changed" });
  });

  it("equal lines of which one is gone: which one is not known", () => {
    const texts = { before: "x\nsame\nGONE\nsame\ny\n", fixed: "x\nsame\nsame\ny\n" };
    expect(placeInverse({ ...texts, today: "x\nsame\ny\n" })).toMatchObject({
      ok: false,
      reason: "ambiguous",
      line: 2,
    });
    expect(place({ ...texts, today: "x\nsame\nsame\n" })).toBe("x\nsame\nGONE\nsame\n");
  });

  it("a place where two lines would grow together", () => {
    const open = { before: "a\nb", fixed: "a\n# NOTE\n" };
    expect(placeInverse({ ...open, today: "a\n# NOTE\nmore\n" })).toMatchObject({ reason: "changed", line: 2 });
    expect(place({ ...open, today: "more\na\n# NOTE\n" })).toBe("more\na\nb");
    expect(placeInverse({ before: "a\nGONE\nb", fixed: "a\nb", today: "a" })).toMatchObject({ reason: "inserted" });
  });
});

describe("size", () => {
  it("places a change in 500 kB with changes everywhere, in well under a second", () => {
    const job = (number: number): string =>
      `  job-${number}:\n    runs-on: ubuntu-latest\n    continue-on-error: true\n    steps:\n      - uses: actions/checkout@v4\n      - run: make ${number}\n\n`;
    const jobs = Array.from({ length: 4_200 }, (_, number) => job(number));
    const before = `jobs:\n${jobs.join("")}`;
    const without = (kept: (number: number) => boolean): string =>
      `jobs:\n${jobs.map((text, number) => (kept(number) ? text : text.replace("    continue-on-error: true\n", ""))).join("")}`;
    const from = performance.now();
    const placed = place({
      before,
      fixed: without((number) => number !== 2_000),
      today: without((number) => number % 2 === 1),
      origin: before,
    });
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(placed).toBe(without((number) => number % 2 === 1 || number === 2_000));
    expect(before.length).toBeGreaterThan(500_000);
  });

  it("gives up on a long file without a line in common instead of hanging", () => {
    const lines = (first: string, second: string): string =>
      Array.from({ length: 40_000 }, (_, index) => ((index * 7919) % 13 < 6 ? first : second)).join("");
    const [before, fixed] = [`${lines("a\n", "b\n")}z\n`, lines("a\n", "b\n")];
    const from = performance.now();
    const placed = placeInverse({ before, fixed, today: lines("b\n", "a\n") });
    expect(placed.ok).toBe(false);
    expect(performance.now() - from).toBeLessThan(20_000);
  });
});
