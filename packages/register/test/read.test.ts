import { readRegister, type Register, type RegisterProblem } from "@ci-fix/register";
import { describe, expect, test } from "vitest";
import { bytes } from "./small-codemods.ts";

function read(text: string): Register {
  const result = readRegister(bytes(text));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.register;
}

function problems(text: string): readonly RegisterProblem[] {
  const result = readRegister(bytes(text));
  return result.ok ? [] : result.problems;
}

describe("a register as a person writes it", () => {
  test("file, job and step are enough", () => {
    const { risks } = read(`version: 1
risks:
  - id: M03-R04
    file: .github/workflows/press.yml
    job: unit
    step: Run tests
`);
    expect(risks).toEqual([
      {
        id: "M03-R04",
        title: undefined,
        severity: "high",
        status: "open",
        justification: undefined,
        exitCriteria: undefined,
        owner: undefined,
        expires: undefined,
        targets: [
          {
            file: ".github/workflows/press.yml",
            job: "unit",
            step: "Run tests",
            class: undefined,
            action: undefined,
            fingerprint: undefined,
          },
        ],
      },
    ]);
  });

  test("one risk can have several targets with several actions", () => {
    const { risks } = read(`version: 1
risks:
  - id: M03-R02
    targets:
      - { file: press.yml, job: retrieve, action: fix }
      - { file: press.yml, job: retrieve, step: Ask, action: document }
`);
    expect(risks[0]?.targets.map(({ step, action }) => [step, action])).toEqual([
      [undefined, "fix"],
      ["Ask", "document"],
    ]);
  });

  test("accepted and deferred risks carry their reasons", () => {
    const { risks } = read(`version: 1
risks:
  - id: M03-R06
    file: a.yml
    status: accepted
    justification: >-
      Uploads are best effort:
      nothing is judged by them.
    owner: "@orchard/infra"
    expires: 2027-03-01
  - id: M03-R07
    file: b.yml
    status: deferred
    exit-criteria: the press runs on the new machine
`);
    expect(risks[0]).toMatchObject({
      status: "accepted",
      justification: "Uploads are best effort: nothing is judged by them.",
      owner: "@orchard/infra",
      expires: "2027-03-01",
    });
    expect(risks[1]).toMatchObject({ status: "deferred", exitCriteria: "the press runs on the new machine" });
  });

  test("anchors and aliases are read", () => {
    const { risks } = read(`version: 1
risks:
  - { id: M03-R06, file: a.yml, status: accepted, justification: &why only a chat message }
  - { id: M03-R07, file: b.yml, status: accepted, justification: *why }
`);
    expect(risks.map((risk) => risk.justification)).toEqual(["only a chat message", "only a chat message"]);
  });

  test.each([
    ["a list that is empty", "version: 1\nrisks: []\n"],
    ["a list with nothing in it", "version: 1\nrisks:\n  # none yet\n"],
    ["no list", "version: 1\n"],
  ])("no risks: %s", (_, text) => {
    expect(read(text).risks).toEqual([]);
  });

  test("a path may begin with ./", () => {
    expect(read("version: 1\nrisks: [{ id: M03-R01, file: ./ci/press.yml }]\n").risks[0]?.targets[0]?.file).toBe(
      "ci/press.yml",
    );
  });
});

describe("what is wrong is told with its line", () => {
  const entry = (lines: string): string => `version: 1\nrisks:\n  - id: M03-R01\n    file: a.yml\n${lines}`;
  test.each<[what: string, text: string, line: number | undefined, message: RegExp]>([
    ["an empty file", "", 1, /is empty; it starts with "version: 1"/u],
    ["nothing but comments", "# later\n", 1, /is empty/u],
    ["a list at the top", "- id: M03-R01\n", 1, /must be a map/u],
    ["no version", "risks: []\n", 1, /needs "version: 1"/u],
    ["another version", "version: 2\nrisks: []\n", 1, /must be the number 1; "2" is unknown/u],
    ["a version in quotes", 'version: "1"\n', 1, /must be the number 1/u],
    ["a second document", "version: 1\n---\nversion: 1\n", 3, /one YAML document/u],
    ["risks as a map", "version: 1\nrisks:\n  M03-R01: a.yml\n", 3, /must be a list/u],
    ["a risk that is a word", "version: 1\nrisks:\n  - M03-R01\n", 3, /a risk must be a map/u],
    ["no id", "version: 1\nrisks:\n  - file: a.yml\n", 3, /needs an "id"/u],
    [
      "an id without a milestone",
      "version: 1\nrisks:\n  - file: a.yml\n    id: R04\n",
      4,
      /"R04", and must be a milestone/u,
    ],
    ["an id of lower case", "version: 1\nrisks:\n  - file: a.yml\n    id: m03-r04\n", 4, /must be a milestone/u],
    ["an id twice", `${entry("")}  - id: M03-R01\n    file: b.yml\n`, 5, /M03-R01 is used twice/u],
    [
      "an unknown key",
      entry("    jstification: fine\n"),
      5,
      /M03-R01 has an unknown key "jstification"; did you mean "justification"/u,
    ],
    ["an underscore", entry("    exit_criteria: seen\n"), 5, /did you mean "exit-criteria"/u],
    ["a key like no other", entry("    colour: red\n"), 5, /unknown key "colour"; known are id, title/u],
    ["a key twice", entry("    job: a\n    job: b\n"), 6, /"job" twice/u],
    [
      "a bad status",
      entry("    status: acepted\n"),
      5,
      /"acepted", and must be one of open, fixed, accepted, deferred; did you mean "accepted"/u,
    ],
    ["a bad severity", entry("    severity: severe\n"), 5, /must be one of critical, high, medium, low/u],
    ["a bad action", entry("    action: repair\n"), 5, /must be one of fix, document/u],
    [
      "accepted without a justification",
      entry("    status: accepted\n"),
      5,
      /M03-R01 is accepted, and needs a "justification"/u,
    ],
    [
      "accepted for a blank reason",
      entry('    status: accepted\n    justification: " "\n'),
      6,
      /must be text, and not empty/u,
    ],
    [
      "deferred without exit criteria",
      entry("    status: deferred\n"),
      5,
      /M03-R01 is deferred, and needs "exit-criteria"/u,
    ],
    ["a day that is none", entry("    expires: 2027-02-30\n"), 5, /must be a day, such as/u],
    ["a fingerprint cut short", entry("    fingerprint: 0a1b\n"), 5, /16 hex digits; leave it out/u],
    [
      "a step that reads as a number",
      entry("    step: 3.10\n"),
      5,
      /is read as a number, and must be text: put 3.10 in quotes/u,
    ],
    ["a step with nothing", entry("    step:\n"), 5, /must be text/u],
    ["a list for a word", entry("    owner: [a, b]\n"), 5, /must be text/u],
    ["no file", "version: 1\nrisks:\n  - id: M03-R01\n    job: unit\n", 3, /M03-R01 needs a "file"/u],
    [
      "a path from the root",
      "version: 1\nrisks:\n  - id: M03-R01\n    file: /etc/passwd\n",
      4,
      /below the repository's root/u,
    ],
    [
      "a path out of the repository",
      "version: 1\nrisks:\n  - id: M03-R01\n    file: ci/../../a.yml\n",
      4,
      /below the repository's root/u,
    ],
    ["targets and a file", entry("    targets:\n      - file: b.yml\n"), 5, /"targets" and "file" side by side/u],
    ["no target in targets", "version: 1\nrisks:\n  - id: M03-R01\n    targets: []\n", 4, /at least one/u],
    [
      "an unknown key in a target",
      "version: 1\nrisks:\n  - id: M03-R01\n    targets:\n      - file: a.yml\n        stp: x\n",
      6,
      /a target of M03-R01 has an unknown key "stp"; did you mean "step"/u,
    ],
    ["text that is no YAML", "version: 1\nrisks:\n  - id: M03-R01\n    owner: @infra\n", 4, /./u],
  ])("%s", (_, text, line, message) => {
    const found = problems(text);
    expect(found[0]?.message).toMatch(message);
    expect(found[0]?.line).toBe(line);
  });

  test("all problems at once, in the order of the file", () => {
    const found = problems(
      "version: 1\nrisks:\n  - id: M03-R01\n    file: a.yml\n    sevrity: low\n    status: done\n",
    );
    expect(found.map(({ line }) => line)).toEqual([5, 6]);
  });

  test("control characters are shown escaped", () => {
    const [found] = problems('version: 1\nrisks:\n  - id: "M03\\e[31m"\n    file: a.yml\n');
    expect(found?.message).toContain("\\u{1b}[31m");
    expect(found?.message).not.toContain("\u001B");
  });

  test("bytes that are no UTF-8", () => {
    const result = readRegister(new Uint8Array([0x76, 0xff, 0xfe, 0x0a]));
    expect(result.ok).toBe(false);
  });

  test("nesting without end", () => {
    expect(problems(`version: 1\nrisks: ${"[".repeat(20_000)}`)).toHaveLength(1);
  });
});
