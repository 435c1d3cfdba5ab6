import { describe, expect, test } from "vitest";
import { findings, match, matched, PRESS, press, printOf } from "./matching.ts";
import { findingsIn } from "./small-codemods.ts";

describe("a target written by hand", () => {
  test.each([
    ["the step's name", `{ id: M03-R01, file: ${PRESS}, job: unit, step: Run tests }`, 'step "Run tests" soft-fails'],
    ["the step's id", `{ id: M03-R01, file: ${PRESS}, job: unit, step: tests }`, 'step "Run tests" soft-fails'],
    [
      "the first line of a script",
      `{ id: M03-R01, file: ${PRESS}, job: unit, step: make lint }`,
      'step "make lint" soft-fails',
    ],
    [
      "the job's name",
      `{ id: M03-R01, file: ${PRESS}, job: Unit tests, step: Run tests }`,
      'step "Run tests" soft-fails',
    ],
    ["no step: the job itself", `{ id: M03-R01, file: ${PRESS}, job: unit }`, "job unit soft-fails"],
    ["the bare name of the file", "{ id: M03-R01, file: press.yml, job: old }", "job old never runs"],
    ["a step without its job", `{ id: M03-R01, file: ${PRESS}, step: Run tests }`, 'step "Run tests" soft-fails'],
    [
      "something that is kept",
      `{ id: M03-R01, file: ${PRESS}, job: unit, step: Upload the log }`,
      'step "Upload the log" soft-fails',
    ],
  ])("by %s", (_, entry, message) => {
    const result = match(`  - ${entry}\n`);
    expect(matched(result)).toEqual({ "M03-R01": [message] });
    expect(result.risks[0]?.vanished).toEqual([]);
  });

  test("a file alone stands for all that can be done in it, and not for what is kept", () => {
    const result = match(`  - { id: M03-R01, file: ${PRESS} }\n`);
    expect(matched(result)["M03-R01"]).toEqual([
      "job unit soft-fails",
      'step "Run tests" soft-fails',
      'step "Ask the oracle" soft-fails',
      'step "make lint" soft-fails',
      "job old never runs",
    ]);
    expect(result.unregistered).toEqual([]);
  });

  test("a class narrows it", () => {
    expect(matched(match(`  - { id: M03-R01, file: ${PRESS}, class: dead-job }\n`))).toEqual({
      "M03-R01": ["job old never runs"],
    });
  });

  test.each([
    ["another job", `{ id: M03-R01, file: ${PRESS}, job: old, step: Run tests }`],
    ["another class", `{ id: M03-R01, file: ${PRESS}, job: unit, step: Run tests, class: dead-step }`],
    ["another file", "{ id: M03-R01, file: .github/workflows/other.yml, job: unit, step: Run tests }"],
    ["a name that is only a part", `{ id: M03-R01, file: ${PRESS}, job: unit, step: Run }`],
    ["a step's name in place of a job's", `{ id: M03-R01, file: ${PRESS}, job: Run tests }`],
  ])("nothing for %s", (_, entry) => {
    const result = match(`  - ${entry}\n`);
    expect(matched(result)).toEqual({ "M03-R01": [] });
    expect(result.risks[0]?.vanished).toHaveLength(1);
    expect(result.unregistered).toHaveLength(5);
  });

  test("a file alone with a fingerprint is that one finding, also when it is gone", () => {
    const entry = `  - { id: M03-R01, file: ${PRESS}, fingerprint: "0123456789abcdef" }\n`;
    expect(matched(match(entry))).toEqual({ "M03-R01": [] });
  });

  test("a bare file name with a fingerprint is that file alone", () => {
    const entry = '  - { id: M03-R01, file: press.yml, job: old, fingerprint: "0123456789abcdef" }\n';
    expect(matched(match(entry))).toEqual({ "M03-R01": [] });
  });

  test("a bare file name that two files have stands for neither", () => {
    const two = findingsIn({ "a/action.yml": composite, "b/action.yml": composite });
    expect(matched(match("  - { id: M03-R01, file: action.yml, step: Press }\n", two))).toEqual({ "M03-R01": [] });
  });
});

describe("what only a person can settle", () => {
  const file = "a/pretence.yml";
  const workflow = (step: string): string =>
    `on: push\njobs:\n  unit:\n    runs-on: x\n    steps:\n      - name: Run tests\n${step}        run: pretend\n`;
  const both = findingsIn({ [file]: workflow("        continue-on-error: true\n") });
  const settled = findingsIn({ [file]: workflow("") });
  const place = `file: ${file}, job: unit, step: Run tests`;

  test("is not meant by a place at which something can be repaired, nor once that is done", () => {
    const entry = `  - { id: M03-R01, ${place} }\n`;
    expect(matched(match(entry, both))).toEqual({ "M03-R01": ['step "Run tests" soft-fails'] });
    expect(matched(match(entry, settled))).toEqual({ "M03-R01": [] });
    expect(matched(match(`  - { id: M03-R01, file: ${file} }\n`, settled))).toEqual({ "M03-R01": [] });
  });

  test("is meant by its class, and by a decision about the place", () => {
    for (const entry of [
      `{ id: M03-R01, ${place}, class: pretence }`,
      `{ id: M03-R01, ${place}, status: accepted, justification: by design }`,
      `{ id: M03-R01, file: ${file}, status: deferred, exit-criteria: tests are written }`,
    ]) {
      expect(matched(match(`  - ${entry}\n`, settled))).toEqual({ "M03-R01": ['step "Run tests" pretends'] });
    }
  });
});

const composite =
  "runs:\n  using: composite\n  steps:\n    - name: Press\n      continue-on-error: true\n      shell: bash\n      run: make\n";

describe("a finding belongs to one risk", () => {
  test("the first in the register", () => {
    const result = match(
      `  - { id: M03-R02, file: ${PRESS}, job: unit, step: Run tests }\n  - { id: M03-R01, file: ${PRESS}, job: unit, step: tests }\n`,
    );
    expect(matched(result)).toEqual({ "M03-R02": ['step "Run tests" soft-fails'], "M03-R01": [] });
  });

  test("but a fingerprint goes before a name", () => {
    const print = printOf('step "Run tests" soft-fails');
    const result = match(
      `  - { id: M03-R01, file: ${PRESS}, job: unit, step: Run tests }\n  - { id: M03-R02, file: ${PRESS}, fingerprint: "${print}" }\n`,
    );
    expect(matched(result)).toEqual({ "M03-R01": [], "M03-R02": ['step "Run tests" soft-fails'] });
  });

  test("one fingerprint is one finding, however many are called so", () => {
    const text = press.replace("      - name: Ask the oracle\n", "      - name: Run tests\n        id: again\n");
    const twice = findingsIn({ [PRESS]: text });
    const entry = (print: string): string =>
      `  - { id: M03-R01, file: ${PRESS}, job: unit, step: Run tests, fingerprint: "${print}" }\n`;
    const known = printOf('step "Run tests" soft-fails', twice);
    expect(match(entry(known), twice).risks[0]?.findings.map(({ fingerprint }) => fingerprint)).toEqual([known]);
    expect(match(entry("0123456789abcdef"), twice).risks[0]?.findings).toHaveLength(1);
  });

  test("and one that two targets have is the first one's", () => {
    const print = printOf("job old never runs");
    const entry = (id: string): string => `  - { id: ${id}, file: ${PRESS}, fingerprint: "${print}" }\n`;
    const result = match(entry("M03-R01") + entry("M03-R02"));
    expect(matched(result)).toEqual({ "M03-R01": ["job old never runs"], "M03-R02": [] });
  });

  test("and a place before a whole file", () => {
    const result = match(`  - { id: M03-R01, file: ${PRESS} }\n  - { id: M03-R02, file: ${PRESS}, job: old }\n`);
    expect(matched(result)["M03-R02"]).toEqual(["job old never runs"]);
    expect(matched(result)["M03-R01"]).toHaveLength(4);
  });

  test("each finding with an id has it, and the others are left", () => {
    const result = match(`  - { id: M03-R01, file: ${PRESS}, job: unit }\n`);
    expect([...result.ids].map(([{ finding }, id]) => [finding.message, id])).toEqual([
      ["job unit soft-fails", "M03-R01"],
    ]);
    expect(result.unregistered.map(({ finding }) => finding.message)).not.toContain('step "Upload the log" soft-fails');
    expect(result.unregistered).toHaveLength(4);
  });
});

describe("a job with something to repair and something that is kept", () => {
  const text = `on: push
jobs:
  upload:
    if: false
    continue-on-error: true
    runs-on: ubuntu-24.04
    steps:
      - run: make upload
`;
  const both = findingsIn({ [PRESS]: text });
  const entry = (more: string): string => `  - { id: M03-R01, file: ${PRESS}, job: upload${more} }\n`;

  test.each([
    ["without a class means what can be repaired", "", "job upload never runs"],
    ["without a class, also where it says so", ", action: fix", "job upload never runs"],
    ["with the class of what is kept means that", ", class: soft-fail-job", "job upload soft-fails"],
  ])("a target %s", (_, more, message) => {
    expect(both.map(({ finding }) => finding.outcome.kind).sort()).toEqual(["fix", "skip"]);
    expect(matched(match(entry(more), both))).toEqual({ "M03-R01": [message] });
  });

  test("a target means what is kept once nothing else is left", () => {
    const left = findingsIn({ [PRESS]: text.replace("    if: false\n", "") });
    expect(matched(match(entry(""), left))).toEqual({ "M03-R01": ["job upload soft-fails"] });
  });
});

test("what is kept for one reason is no risk together", () => {
  const kept = { kind: "skip", reason: "generated", message: "the file is generated" } as const;
  const all = findings.map((found) => ({ ...found, finding: { ...found.finding, outcome: kept } }));
  expect(matched(match(`  - { id: M03-R01, file: ${PRESS}, job: unit }\n`, all))).toEqual({
    "M03-R01": ["job unit soft-fails"],
  });
});

test("what one change repairs together is one risk", () => {
  const [root, ...others] = findings.filter(({ finding }) => finding.outcome.kind === "fix");
  if (root === undefined) throw new Error("no finding");
  const together = others.map((other, index) =>
    index === 0 ? { ...other, finding: { ...other.finding, outcome: root.finding.outcome } } : other,
  );
  const result = match(`  - { id: M03-R01, file: ${PRESS}, job: unit }\n`, [root, ...together]);
  expect(matched(result)).toEqual({ "M03-R01": ["job unit soft-fails", 'step "Run tests" soft-fails'] });
});

test("nothing has vanished from a file that could not be read", () => {
  const entry = `  - { id: M03-R01, file: ${PRESS}, job: unit, step: Run tests }\n`;
  expect(match(entry, [], { unread: [PRESS] }).risks[0]?.vanished).toEqual([]);
  expect(match(entry, []).risks[0]?.vanished).toHaveLength(1);
});

test("the steps of a composite action have no job", () => {
  const found = findingsIn({ "press/action.yml": composite });
  expect(matched(match("  - { id: M03-R01, file: press/action.yml, step: Press }\n", found))).toEqual({
    "M03-R01": ['step "Press" soft-fails'],
  });
});
