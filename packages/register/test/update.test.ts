import { CiFixError } from "@ci-fix/codemod";
import { readRegister } from "@ci-fix/register";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { bytes } from "./small-codemods.ts";
import { PRESS, press, step, update } from "./updating.ts";

describe("the first update", () => {
  test("writes a register that explains itself", () => {
    const { text, added } = update(undefined, press(step("Run tests"), step("Lint"), step("Upload")));
    expect(text).toBe(`# yaml-language-server: $schema=../node_modules/@ci-fix/register/schema/register.schema.json
#
# The risks of this repository's CI: places where something can fail, or never run, and the run is green.
# Edit it by hand as you like; \`ci-fix register update\` adds what is new and keeps your comments and layout.
# A risk is open, fixed, accepted (with a justification) or deferred (with exit-criteria).
version: 1
risks:
  - id: M03-R01
    title: step "Run tests" soft-fails, and 1 more
    severity: high
    status: open
    targets:
      - file: .github/workflows/press.yml
        job: unit
        step: Run tests
        class: soft-fail-step
        action: fix
        fingerprint: 0352dad1f8d68c38
      - file: .github/workflows/press.yml
        job: unit
        step: Lint
        class: soft-fail-step
        action: fix
        fingerprint: e543ad4c4acae0cc
`);
    expect(added.map(({ id }) => id)).toEqual(["M03-R01"]);
  });

  test("numbers by severity, then file, then line", () => {
    const dead = `on: push\njobs:\n  old:\n    if: false\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n`;
    const { added } = update(undefined, {
      ".github/workflows/a.yml": dead,
      ".github/workflows/z.yml": press(step("Run tests"))[PRESS] ?? "",
      ...press(step("Lint")),
    });
    expect(added.map(({ id, targets }) => `${id} ${targets[0]?.file ?? ""}`)).toEqual([
      "M03-R01 .github/workflows/press.yml",
      "M03-R02 .github/workflows/z.yml",
      "M03-R03 .github/workflows/a.yml",
    ]);
  });

  test("of a repository without a risk is an empty register", () => {
    const { text, added } = update(undefined, press(step("Upload")));
    expect(added).toEqual([]);
    expect(readRegister(bytes(text))).toEqual({ ok: true, register: { risks: [] } });
  });

  test("points to the schema it is told", () => {
    expect(update(undefined, press(), { schema: "./register.schema.json" }).text).toMatch(
      /^# yaml-language-server: \$schema=\.\/register\.schema\.json\n/u,
    );
  });
});

test.each([
  ["quotes", `Say "no" and 'yes'`],
  ["a colon", "Label: big"],
  ["a comment", "Press # hard"],
  ["a leading dash", "- Wash"],
  ["a control character", "Press\u001B[31m red\u0007"],
  ["a line break", "Press\nand wash"],
  ["an emoji", "🍏 Press — twice"],
  ["something like a number", "1e3"],
  ["something like a word of YAML", "null"],
  ["an alias", "*press"],
  ["braces", "{ press: [1, 2] }"],
  ["blanks", "  Press  "],
  ["a percent sign", "%press"],
  ["an expression", "${{ matrix.apple }} | press"],
  ["invisible characters", "Press\u200B\u202E\uFEFF"],
])("a step's name with %s is written so that it is read again", (_, name) => {
  const files = press(`      - name: ${JSON.stringify(name)}\n        continue-on-error: true\n        run: make\n`);
  const { text, bytes: written1, added } = update(undefined, files);
  expect(added[0]?.targets[0]?.step).toBe(name);
  expect(load(text)).toMatchObject({ risks: [{ step: name }] });
  expect(update(text, files).bytes).toEqual(written1);
});

describe("what cannot be updated is told", () => {
  test.each<[what: string, register: string, milestone: string, code: string]>([
    ["a register that cannot be read", "version: 1\nrisks: [\n", "M03", "CI_FIX_REGISTER_INVALID"],
    ["a register with a mistake", "version: 1\nrisks:\n  - id: R1\n", "M03", "CI_FIX_REGISTER_INVALID"],
    ["a milestone that begins no id", "version: 1\n", "next", "CI_FIX_MILESTONE_INVALID"],
  ])("%s", (_, register, milestone, code) => {
    try {
      update(register, press(step("Run tests")), { milestone });
    } catch (error) {
      expect(error).toBeInstanceOf(CiFixError);
      expect(error).toMatchObject({ code });
      return;
    }
    throw new Error("it was updated");
  });
});

test.each([
  ["blank", " "],
  ["half a character", "Press \uD83C"],
])("a step whose name is %s keeps its risk", (_, name) => {
  const files = press(`      - name: ${JSON.stringify(name)}\n        continue-on-error: true\n        run: make\n`);
  const first = update(undefined, files);
  expect(first.added).toHaveLength(1);
  expect(update(first.text, files)).toMatchObject({ text: first.text, added: [], fixed: [] });
});
