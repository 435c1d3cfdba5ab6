import { CiFixError } from "@ci-fix/codemod";
import { planRegisterUpdate, readRegister, type RegisterUpdate, type UpdateOptions } from "@ci-fix/register";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { bytes, decoded, findingsIn } from "./small-codemods.ts";

const PRESS = ".github/workflows/press.yml";
const policy = { milestone: "M03", date: "2026-02-08", critical: [], bestEffort: [] };

const step = (name: string, rest = ""): string =>
  `      - name: ${name}\n        continue-on-error: true${rest}\n        run: make\n`;
const press = (...steps: string[]): Record<string, string> => ({
  [PRESS]: `on: push\njobs:\n  unit:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n${steps.join("")}`,
});

function update(
  register: string | undefined,
  files: Readonly<Record<string, string>>,
  options: UpdateOptions & { milestone?: string } = {},
): RegisterUpdate & { readonly text: string } {
  const old = register === undefined ? undefined : bytes(register);
  const result = planRegisterUpdate(
    old,
    findingsIn(files),
    { ...policy, milestone: options.milestone ?? "M03" },
    options,
  );
  return { ...result, text: decoded(result.bytes) };
}

function statuses(text: string): Readonly<Record<string, string>> {
  const read = readRegister(bytes(text));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return Object.fromEntries(read.register.risks.map(({ id, status }) => [id, status]));
}

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

const written = `# Our risks, in the order of the audit.
version: 1

risks:
  # the press is what we sell
  - id: M03-R04   # both steps
    title: 'The press''s tests soft-fail'
    file: "${PRESS}"
    job:   unit
    step: Run tests # the one that matters

  - { id: M03-R02, file: press.yml, job: unit, step: Lint }
`;

describe("a register written by hand", () => {
  test("keeps every byte but for what is filled in", () => {
    const { text, filled, added } = update(
      written,
      press(step("Run tests"), step("Lint"), step("Weigh", " # the scale drifts")),
    );
    expect(text).toBe(`# Our risks, in the order of the audit.
version: 1

risks:
  # the press is what we sell
  - id: M03-R04   # both steps
    title: 'The press''s tests soft-fail'
    file: "${PRESS}"
    job:   unit
    step: Run tests # the one that matters
    class: soft-fail-step
    action: fix
    fingerprint: 0352dad1f8d68c38

  - { id: M03-R02, file: ${PRESS}, job: unit, step: Lint, class: soft-fail-step, action: fix, fingerprint: e543ad4c4acae0cc }

  - id: M03-R05
    title: step "Weigh" soft-fails
    severity: high
    status: open
    file: .github/workflows/press.yml
    job: unit
    step: Weigh
    class: soft-fail-step
    action: document
    fingerprint: 00335e491f22b957
`);
    expect(filled).toEqual(["M03-R04", "M03-R02"]);
    expect(added.map(({ id }) => id)).toEqual(["M03-R05"]);
  });

  test("keeps CRLF and a missing final newline", () => {
    const crlf = written.trimEnd().replaceAll("\n", "\r\n");
    const { text } = update(crlf, press(step("Run tests"), step("Lint"), step("Weigh")));
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(update(text, press(step("Run tests"), step("Lint"), step("Weigh"))).text).toBe(text);
  });

  test("whose milestone is another starts anew after its own numbers", () => {
    const { added } = update(written, press(step("Run tests"), step("Lint"), step("Weigh")), { milestone: "M05" });
    expect(added.map(({ id }) => id)).toEqual(["M05-R01"]);
  });

  test.each([
    ["an empty list", "version: 1\nrisks: [] # none yet\n# the end\n"],
    ["nothing in the list", "version: 1\n# those we know\nrisks:\n"],
    ["a list with a name", "version: 1\nrisks: &all []\n"],
    ["nothing behind its last key", "version: 1 # of the format\nrisks:"],
    ["no list", "version: 1 # of the format\n"],
    ["all in braces", "{ version: 1, risks: [] }\n"],
  ])("with %s takes its first risk", (_, text) => {
    const result = update(text, press(step("Run tests")));
    expect(statuses(result.text)).toEqual({ "M03-R01": "open" });
    for (const [comment] of text.matchAll(/#.*/gu)) expect(result.text).toContain(comment);
    expect(update(result.text, press(step("Run tests"))).text).toBe(result.text);
  });

  test("of CRLF lines takes its first risk with such lines", () => {
    const { text } = update("version: 1\r\nrisks: []", press(step("Run tests")));
    expect(text).toMatch(/^version: 1\r\nrisks:\r\n {2}- id: M03-R01\r\n/u);
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  });

  const entry = (id: string, name: string): string =>
    `  - id: ${id}\n    file: ${PRESS}\n    step: ${name}\n    job: unit\n`;
  test.each<[what: string, between: string, blank: boolean]>([
    ["blank lines between its risks", "\n", true],
    ["blank lines and comments", "\n  # loud\n", true],
    ["no blank lines", "", false],
    ["comments without blank lines", "  # loud\n", false],
  ])("with %s goes on like that", (_, between, blank) => {
    const files = press(step("Run tests"), step("Lint"), step("Weigh"));
    const { text } = update(
      `version: 1\nrisks:\n${entry("M03-R01", "Run tests")}${between}${entry("M03-R02", "Lint")}`,
      files,
    );
    expect(text.includes("\n\n  - id: M03-R03\n")).toBe(blank);
    expect(text).toContain("\n  - id: M03-R03\n");
  });

  test("of one risk puts a blank line behind it", () => {
    const { text } = update(
      `version: 1\nrisks:\n${entry("M03-R01", "Run tests")}`,
      press(step("Run tests"), step("Lint")),
    );
    expect(text).toContain("\n\n  - id: M03-R02\n");
  });

  test("in brackets stays in brackets", () => {
    const flow = `version: 1\nrisks: [{ id: M03-R01, file: ${PRESS}, job: unit, step: Run tests }]\n`;
    const { text } = update(flow, press(step("Run tests"), step("Lint")));
    expect(statuses(text)).toEqual({ "M03-R01": "open", "M03-R02": "open" });
    expect(text.trim().split("\n")).toHaveLength(2);
  });

  test("keeps what it says of a step and of an action", () => {
    const files = press(
      "      - name: Weigh\n        id: scale\n        continue-on-error: true # it drifts\n        run: make\n",
    );
    const { text } = update(
      `version: 1\nrisks:\n  - id: M03-R01\n    file: ${PRESS}\n    job: unit\n    step: scale\n    action: fix\n`,
      files,
    );
    expect(text).toContain("    step: scale\n    class: soft-fail-step\n    action: fix\n    fingerprint: ");
    expect(update(text, files).text).toBe(text);
  });

  test("gets fingerprints for what is kept only where that was decided", () => {
    const kept = (status: string): string =>
      `version: 1\nrisks:\n  - id: M03-R01\n    file: ${PRESS}\n    job: unit\n    step: Upload\n${status}`;
    expect(update(kept(""), press(step("Upload"))).text).toBe(kept(""));
    const accepted = "    status: accepted\n    justification: best effort\n";
    expect(update(kept(accepted), press(step("Upload"))).text).toMatch(
      /step: Upload\n {4}class: soft-fail-step\n {4}fingerprint: \w{16}\n/u,
    );
  });

  test("that names a whole file of one finding is left as it is", () => {
    const whole = `version: 1\nrisks:\n  - id: M03-R01\n    file: ${PRESS}\n`;
    expect(update(whole, press(step("Run tests"))).text).toBe(whole);
  });

  test("that names a whole file is left as it is, and takes what comes later", () => {
    const whole = `version: 1\nrisks:\n  - id: M03-R01\n    file: ${PRESS}\n`;
    const result = update(whole, press(step("Run tests"), step("Lint")));
    expect(result.text).toBe(whole);
    expect(result.added).toEqual([]);
  });

  test("that names several findings by one target goes on naming them", () => {
    const both = `version: 1\nrisks:\n  - id: M03-R01\n    file: ${PRESS}\n    step: Run tests\n`;
    expect(update(both, press(step("Run tests"), step("Run tests"))).text).toBe(both);
  });
});

describe("a risk whose finding is gone", () => {
  const first = update(undefined, press(step("Run tests"))).text;

  test("is marked fixed, and opens again when it comes back", () => {
    const gone = update(first, press());
    expect(gone.fixed).toEqual(["M03-R01"]);
    expect(gone.text).toBe(first.replace("status: open", "status: fixed"));
    const back = update(gone.text, press(step("Run tests")));
    expect(back.reopened).toEqual(["M03-R01"]);
    expect(back.text).toBe(first);
  });

  test("is fixed only when all its targets are gone", () => {
    const two = update(undefined, press(step("Run tests"), step("Lint"))).text;
    expect(update(two, press(step("Lint"))).fixed).toEqual([]);
    expect(update(two, press()).fixed).toEqual(["M03-R01"]);
  });

  test("is fixed when it was documented, as it was to be", () => {
    const noted = update(undefined, press(step("Weigh", " # the scale drifts"))).text;
    const lifted = press(
      "      - name: Weigh\n        # the scale drifts\n        continue-on-error: true\n        run: make\n",
    );
    expect(update(noted, lifted).fixed).toEqual(["M03-R01"]);
    expect(update(noted.replace("action: document", "action: fix"), lifted).fixed).toEqual([]);
  });

  test("is fixed when its failure came to be seen to", () => {
    const named = (name: string): Record<string, string> =>
      press(`      - id: press\n        name: ${name}\n        continue-on-error: true\n        run: make\n`);
    const open = update(undefined, named("Press")).text;
    expect(update(open, named("Press, retried")).fixed).toEqual(["M03-R01"]);
    const byHand = `version: 1\nrisks:\n  - id: M03-R01\n    file: ${PRESS}\n    job: unit\n    step: press\n`;
    expect(update(byHand, named("Press, retried")).fixed).toEqual([]);
  });

  test("stays fixed while what is found for it is kept", () => {
    const fixed = `version: 1\nrisks:\n  - id: M03-R01\n    status: fixed\n    file: ${PRESS}\n    job: unit\n    step: Upload\n`;
    expect(update(fixed, press(step("Upload"))).text).toBe(fixed);
  });

  test("keeps its status when a person accepted or deferred it", () => {
    const decided = first.replace("status: open", "status: accepted\n    justification: only a draft");
    expect(update(decided, press()).text).toBe(decided);
  });

  test("keeps its status when its file could not be read", () => {
    const result = update(first, {}, { unread: [PRESS] });
    expect(result.text).toBe(first);
    expect(result.fixed).toEqual([]);
  });

  test("is no new risk when its step was renamed", () => {
    const renamed = update(first, press(step("Run unit tests")));
    expect(renamed.added).toEqual([]);
    expect(renamed.filled).toEqual(["M03-R01"]);
    expect(renamed.text).toContain("step: Run unit tests\n");
    expect(update(renamed.text, press(step("Run unit tests"))).text).toBe(renamed.text);
  });
});

describe("a target that was never found", () => {
  const mistyped = `version: 1\nrisks:\n  - id: M03-R01\n    file: ${PRESS}\n    job: unit\n    step: Run test\n`;

  test("is no proof of a repair", () => {
    const result = update(mistyped, press());
    expect(result.fixed).toEqual([]);
    expect(result.notFound).toEqual(["M03-R01"]);
    expect(result.text).toBe(mistyped);
  });

  test("is one where the fix stands in the history", () => {
    const result = update(mistyped, press(), { landed: ["M03-R01"] });
    expect(result.fixed).toEqual(["M03-R01"]);
    expect(result.notFound).toEqual([]);
    expect(result.text).toBe(mistyped.replace("- id: M03-R01\n", "- id: M03-R01\n    status: fixed\n"));
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
