import { testPolicy } from "@ci-fix/codemod/testkit";
import codemod from "@ci-fix/drop-dead-jobs";
import { readWorkflow } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";

/** What becomes of the dead job `old`, which the job `gate` waits for. */
function fateWith(condition: string, rest = ""): string {
  const text = `on: push
jobs:
  old: { if: false, runs-on: x, steps: [{ run: make }] }
  new: { runs-on: x, steps: [{ run: make }] }
  gate:
    needs: [old, new]
    if: ${condition}
    runs-on: x
    steps: [{ run: ./gate }]
${rest}`;
  const read = readWorkflow(".github/workflows/ci.yml", new TextEncoder().encode(text));
  if (!read.ok || read.workflow === undefined) throw new Error("no workflow");
  const findings = [...codemod.find(read.workflow, testPolicy)];
  return findings
    .map(({ class: risk, outcome }) => `${risk} ${outcome.kind === "skip" ? outcome.reason : outcome.kind}`)
    .join(", ");
}

describe("a job that waits for a dead one", () => {
  it.each([
    ["github.actor == 'x'", "dead-job fix, dead-needs fix"],
    ["success()", "dead-job fix, dead-needs fix"],
    ["success() && github.actor", "dead-job fix, dead-needs fix"],
    ["(success() || success() && true)", "dead-job fix, dead-needs fix"],
    ["always()", "dead-job fix"],
    ["'!cancelled()'", "dead-job fix"],
    ["failure()", "dead-job fix"],
    ["always() && contains(needs.*.result, 'failure')", "dead-job fix"],
    ["always() && !contains(needs.*.result, 'cancelled') && needs.new.result == 'success'", "dead-job fix"],
    ["always() && contains(needs.*.result, 'skipped')", "dead-job positional-reader"],
    ["always() && contains(join(needs.*.result), 'failure')", "dead-job positional-reader"],
    ["always() && contains(needs.*.result, github.actor)", "dead-job positional-reader"],
    ["always() && contains(toJSON(needs), 'failure')", "dead-job positional-reader"],
    ["always() && needs.old.result != 'failure'", "dead-job read-elsewhere"],
    ["always() && needs['OLD'].result != 'failure'", "dead-job read-elsewhere"],
    ["success() || failure()", "dead-job changes-a-live-unit"],
    ["${{ always() }} && x", "dead-job changes-a-live-unit"],
    ["false && always() && github.actor", "dead-job needs-person"],
    ["false && github.actor", "dead-job needs-person"],
  ])("with the condition %s", (condition, expected) => {
    expect(fateWith(condition)).toBe(expected);
  });

  it("keeps what it waits for through several dead ones", () => {
    const rest = `  left: { needs: new, if: false, runs-on: x, steps: [{ run: make }] }
  right: { needs: new, if: false, runs-on: x, steps: [{ run: make }] }
  after: { needs: [left, right], if: failure(), runs-on: x, steps: [{ run: ./after }] }
`;
    expect(fateWith("always()", rest)).toBe("dead-job fix, dead-job changes-a-live-unit, dead-job changes-a-live-unit");
  });

  it.each([
    ["always()", "dead-job fix"],
    ["github.actor", "dead-job changes-a-live-unit"],
    ["success() || failure()", "dead-job changes-a-live-unit"],
  ])("and is followed by a job with the condition %s", (condition, expected) => {
    expect(
      fateWith("always()", `  after: { needs: gate, if: "${condition}", runs-on: x, steps: [{ run: ./after }] }\n`),
    ).toBe(expected);
  });
});
