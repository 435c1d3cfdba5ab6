import { emptyConfig, readConfig } from "@ci-fix/register";
import { describe, expect, test } from "vitest";
import { bytes } from "./small-codemods.ts";

const known = ["soft-fail-step", "soft-fail-job", "dead-job"];

describe("the policy", () => {
  test("all of it", () => {
    const result = readConfig(
      bytes(`# how CI is judged here
milestone: M03
upstream: orchard/press
required-checks: [unit, lint]
classes:
  dead-job: off
  soft-fail-job: critical
  soft-fail-step: on
paths: [".github/workflows/*.yml"]
ignore: [".github/workflows/generated-*.yml"]
critical:
  - tools/press.sh
best-effort:
  commands: [send-report]
  actions: [orchard/notify]
  names:
exceptions:
  - class: soft-fail-step
    file: .github/workflows/nightly-*.yml
    job: fruit
    reason: only a forecast
    owner: "@orchard/infra"
    expires: 2027-03-01
invariants:
  - id: INV-061
    statement: The press never stands still unseen.
    classes: [dead-job]
    severity: medium
    paths: [.github/workflows/press.yml]
    old: tolerated
thresholds:
  fail-on: high
  open:
    critical: 0
    low: 7
`),
      known,
    );
    expect(result).toEqual({
      ok: true,
      config: {
        milestone: "M03",
        upstream: "orchard/press",
        requiredChecks: ["unit", "lint"],
        classes: new Map([
          ["dead-job", "off"],
          ["soft-fail-job", "critical"],
        ]),
        paths: [".github/workflows/*.yml"],
        ignore: [".github/workflows/generated-*.yml"],
        critical: ["tools/press.sh"],
        bestEffort: [
          { of: "command", text: "send-report" },
          { of: "action", text: "orchard/notify" },
        ],
        exceptions: [
          {
            class: "soft-fail-step",
            file: ".github/workflows/nightly-*.yml",
            job: "fruit",
            step: undefined,
            reason: "only a forecast",
            owner: "@orchard/infra",
            expires: "2027-03-01",
          },
        ],
        invariants: [
          {
            id: "INV-061",
            statement: "The press never stands still unseen.",
            classes: ["dead-job"],
            severity: "medium",
            paths: [".github/workflows/press.yml"],
            old: "tolerated",
          },
        ],
        thresholds: {
          failOn: "high",
          open: new Map([
            ["critical", 0],
            ["low", 7],
          ]),
        },
      },
    });
  });

  test.each([
    ["an empty file", ""],
    ["nothing but comments", "# later\n"],
    ["keys whose values are commented out", "ignore:\n#  - a\nclasses:\nexceptions:\nthresholds:\n"],
  ])("%s is an empty policy", (_, text) => {
    expect(readConfig(bytes(text))).toEqual({ ok: true, config: emptyConfig });
  });

  test("every problem is told at once, in file order", () => {
    const result = readConfig(
      bytes("milestone: 3\nclasses: {dead-jobs: off}\nthresholds: {open: {high: -1}}\n"),
      known,
    );
    expect(result.ok ? [] : result.problems.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  test.each<[what: string, text: string, line: number, message: RegExp]>([
    [
      "an unknown key",
      "milestone: M03\nbest_effort: [a]\n",
      2,
      /unknown key "best_effort"; did you mean "best-effort"/u,
    ],
    ["a milestone without a number", "milestone: next\n", 1, /"next", and must be a letter and two digits/u],
    ["a word for a list", "critical: press.sh\n", 1, /must be a list/u],
    ["a number in a list", "critical:\n  - press\n  - 12\n", 3, /put 12 in quotes/u],
    ["a list at the top", "- a\n", 1, /the policy must be a map/u],
    ["two documents", "milestone: M03\n---\nmilestone: M04\n", 3, /one YAML document/u],
    ["a repository without an owner", "upstream: press\n", 1, /must be a repository as owner\/name/u],
    [
      "an unknown class",
      "classes:\n  soft-fail-stp: off\n",
      2,
      /no class "soft-fail-stp"; did you mean "soft-fail-step"/u,
    ],
    ["an unknown setting", "classes:\n  dead-job: hihg\n", 2, /"hihg", and must be one of .*; did you mean "high"/u],
    ["an unknown kind of words", "critical:\n  command: [a]\n", 2, /unknown key "command"; did you mean "commands"/u],
    ["an exception without a reason", "exceptions:\n  - class: dead-job\n    file: a.yml\n", 2, /needs a "reason"/u],
    [
      "a day that is none",
      "exceptions:\n  - {class: dead-job, file: a, reason: b, expires: 2027-02-30}\n",
      2,
      /must be a day/u,
    ],
    [
      "an exception for no class",
      "exceptions:\n  - class: dead\n    file: a\n    reason: b\n",
      2,
      /there is no class "dead"/u,
    ],
    ["a second INV-060", "invariants:\n  - id: INV-060\n    statement: x\n", 2, /INV-060 is there already/u],
    ["an invariant without a statement", "invariants:\n  - id: INV-061\n", 2, /needs a "statement"/u],
    [
      "one invariant twice",
      "invariants:\n  - {id: INV-061, statement: a}\n  - {id: INV-061, statement: b}\n",
      3,
      /twice/u,
    ],
    ["a threshold that is no number", "thresholds:\n  open:\n    high: few\n", 3, /a whole number, 0 or more/u],
    ["a severity that is none", "thresholds:\n  fail-on: hi\n", 2, /must be one of critical/u],
    ["no YAML", "critical: [a\n", 2, /./u],
  ])("%s is a problem with its line", (_, text, line, message) => {
    const result = readConfig(bytes(text), known);
    if (result.ok) throw new Error("accepted");
    expect(result.problems[0]?.message).toMatch(message);
    expect(result.problems[0]?.line).toBe(line);
  });
});
