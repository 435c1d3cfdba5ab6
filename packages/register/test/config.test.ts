import { readConfig } from "@ci-fix/register";
import { describe, expect, test } from "vitest";
import { bytes } from "./small-codemods.ts";

describe("the policy", () => {
  test("all of it", () => {
    const result = readConfig(
      bytes(`# how CI is judged here
milestone: M03
critical:
  - tools/press.sh
best-effort:
  - orchard/notify
  - send-report
ignore: [".github/workflows/generated-*.yml"]
`),
    );
    expect(result).toEqual({
      ok: true,
      config: {
        milestone: "M03",
        critical: ["tools/press.sh"],
        bestEffort: ["orchard/notify", "send-report"],
        ignore: [".github/workflows/generated-*.yml"],
      },
    });
  });

  test.each([
    ["an empty file", ""],
    ["nothing but comments", "# later\n"],
  ])("%s is an empty policy", (_, text) => {
    expect(readConfig(bytes(text))).toEqual({
      ok: true,
      config: { milestone: undefined, critical: [], bestEffort: [], ignore: [] },
    });
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
    ["no YAML", "critical: [a\n", 2, /./u],
  ])("%s is a problem with its line", (_, text, line, message) => {
    const result = readConfig(bytes(text));
    if (result.ok) throw new Error("accepted");
    expect(result.problems[0]?.message).toMatch(message);
    expect(result.problems[0]?.line).toBe(line);
  });
});
