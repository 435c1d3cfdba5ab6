import { describe, expect, test } from "vitest";
import { PRESS, press, statuses, step, update } from "./updating.ts";

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

  test("keeps the anchor of an empty list", () => {
    expect(update("version: 1\nrisks: &all []\n", press(step("Run tests"))).text).toContain("risks: &all [");
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
