import { testPolicy } from "@ci-fix/codemod/testkit";
import codemod from "@ci-fix/strip-soft-fail";
import { describe, expect, it } from "vitest";
import { workflowOf } from "./read.ts";

const outcomes = (text: string, policy: { critical?: string[]; bestEffort?: string[] }): string[] =>
  [...codemod.find(workflowOf(text), { ...testPolicy, ...policy })].map(({ outcome }) =>
    outcome.kind === "skip" ? outcome.reason : outcome.kind,
  );

const steps = (...lines: string[]): string =>
  `on: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n${lines.map((line) => `      - ${line}\n        continue-on-error: true\n`).join("")}      - run: ./last\n`;

describe("what the owners say wins over the tables", () => {
  it("a command, an action or a name can be critical", () => {
    const text = steps("run: ./tools/weigh --all", "uses: actions/cache@v4", "name: Weigh in\n        run: df -h");
    expect(outcomes(text, {})).toEqual(["fix", "best-effort", "best-effort"]);
    expect(outcomes(text, { critical: ["actions/cache", "weigh in"] })).toEqual(["fix", "fix", "fix"]);
  });

  it("and best effort", () => {
    const text = steps("run: npm run lint", "run: npm test");
    expect(outcomes(text, { bestEffort: ["npm run lint"] })).toEqual(["best-effort", "fix"]);
  });

  it("critical wins over best effort", () => {
    expect(outcomes(steps("run: npm test"), { critical: ["npm test"], bestEffort: ["npm"] })).toEqual(["fix"]);
  });

  it("whole words only, and never what a script prints or explains", () => {
    expect(outcomes(steps("run: npm run latest-news"), { critical: ["test"] })).toEqual(
      outcomes(steps("run: npm run latest-news"), {}),
    );
    const commented = steps("run: |\n          # weigh\n          df -h");
    expect(outcomes(commented, { critical: ["weigh"] })).toEqual(["best-effort"]);
  });

  it("but not over what the file does with the failure", () => {
    const handled = steps("id: t\n        run: npm test").replace(
      "- run: ./last",
      "- if: steps.t.outcome == 'failure'\n        run: exit 1",
    );
    expect(outcomes(handled, { critical: ["npm test"] })).toEqual(["handled"]);
  });

  it("also for a whole job", () => {
    const text =
      "on: push\njobs:\n  weigh:\n    runs-on: x\n    continue-on-error: true\n    steps:\n      - run: npm test\n";
    expect(outcomes(text, { bestEffort: ["weigh"] })).toEqual(["best-effort"]);
  });
});
