import { readFileSync } from "node:fs";
import type { Finding } from "@ci-fix/codemod";
import { testPolicy } from "@ci-fix/codemod/testkit";
import { readWorkflow } from "@ci-fix/workflow";
import { describe, expect, test } from "vitest";
import codemod from "../src/index.ts";

function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");
}

function findings(text: string): readonly Finding[] {
  const result = readWorkflow(".github/workflows/checks.yml", new TextEncoder().encode(text));
  return result.ok && result.workflow !== undefined ? [...codemod.find(result.workflow, testPolicy)] : [];
}

describe("evidence", () => {
  test("the condition, what it becomes, what was said, and that a fork cannot show it", () => {
    expect(findings(fixture("fix-repository-guard/input.yml")).map((finding) => finding.evidence)).toEqual([
      [
        "the condition says `false && github.repository == 'octo-org/harbor'`",
        "without its guard it says `github.repository == 'octo-org/harbor'`",
        'the comment behind it says "forks have no scorecard"',
        "it names a repository, so a fork cannot show the effect",
      ],
    ]);
  });

  test("who waits for the unit and who reads it; line breaks of the condition are blanks", () => {
    const [sign, notarize] = findings(fixture("fix-several-lines/input.yml"));
    expect(sign?.evidence[0]).toBe(
      "the condition says `false && github.repository == 'octo-org/harbor' && startsWith(github.ref, 'refs/tags/')`",
    );
    expect(notarize?.evidence).toContain("announce waits for it");
    const [browsers] = findings(fixture("fix-one-branch/input.yml"));
    expect(browsers?.evidence).toContain("job report reads its result or outputs");
  });

  test("control characters of a file are never shown", () => {
    const [finding] = findings(
      "on: push\njobs:\n  unit:\n    if: \"false && github.ref == '\\e[31m\\u202e'\"\n    runs-on: x\n    steps: []\n",
    );
    expect(finding?.evidence[0]).toBe("the condition says `false && github.ref == ' [31m '`");
    expect(finding?.outcome).toMatchObject({ kind: "fix" });
  });
});

describe("what changes", () => {
  test("a unit that never ran runs again; one that ran runs more often", () => {
    const [again] = findings(fixture("fix-repository-guard/input.yml"));
    expect(again?.change).toBe("Job analysis runs again when `github.repository == 'octo-org/harbor'` holds.");
    const [also] = findings(fixture("fix-one-branch/input.yml"));
    expect(also?.message).toBe("a part of the condition of job browsers is switched off by a constant false");
    expect(also?.change).toBe("Job browsers runs also when `github.event_name == 'push'` holds.");
  });
});

describe("the subject of the commit", () => {
  test.each([
    ["fix-repository-guard", "restore the condition of job analysis in checks.yml"],
    ["fix-condition-in-comment", "restore the conditions of 2 jobs and 2 steps in checks.yml"],
    ["fix-quotes-and-braces", "restore the conditions of 4 steps in checks.yml"],
  ])("%s: %s", (name, subject) => {
    expect(codemod.meta.subject(findings(fixture(`${name}/input.yml`)))).toBe(subject);
  });
});

test("the example of the page is what the fixture says", () => {
  const page = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, diff = ""] = /```diff\n(.*?)```/s.exec(page) ?? [];
  const lines = (sign: string): readonly string[] =>
    diff.split("\n").flatMap((line) => (line.startsWith(sign) ? [line.slice(1)] : []));
  expect(lines("-").length).toBeGreaterThan(0);
  expect(fixture("fix-repository-guard/input.yml")).toContain(lines("-").join("\n"));
  expect(fixture("fix-repository-guard/output.yml")).toContain(lines("+").join("\n"));
});
