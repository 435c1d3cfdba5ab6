import { describe, expect, it } from "vitest";
import { remarksOn } from "../src/reason.ts";
import { firstJob, firstStep } from "./read.ts";

const trailing = (comment: string) =>
  remarksOn(firstStep(`      - run: npm test\n        continue-on-error: true # ${comment}\n`));
const above = (comment: string) =>
  remarksOn(firstStep(`      - run: npm test\n        # ${comment}\n        continue-on-error: true\n`));

describe("a reason behind the soft-fail", () => {
  it.each([
    "ghstack is not supported here yet",
    "the mirror is down every Sunday",
    "see https://example.org/issues/7",
    "TODO: remove once #1234 is closed",
    "optional",
    "Note: the upload service has outages",
    "don't fail because of the partner's servers",
  ])("%s", (comment) => expect(trailing(comment).reason?.text).toBe(comment));
});

describe("a debt is no reason", () => {
  it.each(["TODO", "FIXME: fix this", "flaky", "flaky for now", "temporary", "TODO remove this later", "broken"])(
    "%s",
    (comment) => {
      const { reason, debt } = trailing(comment);
      expect(reason).toBeUndefined();
      expect(debt?.text).toBe(comment);
    },
  );
});

describe("what repeats the setting is no reason", () => {
  it.each([
    "Continue even if linting fails",
    "Don't fail the build if tests fail",
    "allow the job to fail",
    "ignore errors",
  ])("%s", (comment) => {
    const { reason, intent } = trailing(comment);
    expect(reason).toBeUndefined();
    expect(intent?.text).toBe(comment);
  });
});

describe("what speaks of something else is no reason", () => {
  it.each([
    "v4.2.2",
    "tag=v3",
    "zizmor: ignore[misfeature]",
    "yamllint disable-line",
    "if: github.event_name == 'push'",
    "- uses: actions/checkout@v4",
  ])("behind it: %s", (comment) => expect(trailing(comment)).toMatchObject({ reason: undefined, intent: undefined }));

  it.each(["uploads the wheels to the release", "Don't run on forks", "runs on the big machine", "name: Lint"])(
    "above it: %s",
    (comment) => expect(above(comment).reason).toBeUndefined(),
  );
});

describe("a reason above", () => {
  it.each([
    "This must not block a merge",
    "fails because the emulator is not supported",
    "best-effort: the service has outages",
    "known issue on ARM",
  ])("%s", (comment) => expect(above(comment).reason).toMatchObject({ text: comment, place: "above" }));

  it("counts above the step and between its keys, too", () => {
    const overStep = firstStep(
      "      # Allowed to fail: needs a secret\n      - run: npm test\n        continue-on-error: true\n",
    );
    const between = firstStep(
      "      - name: Test\n        # non-fatal: the cache is only an optimisation\n        if: always()\n        continue-on-error: true\n        run: npm test\n",
    );
    expect(remarksOn(overStep).reason?.place).toBe("above");
    expect(remarksOn(between).reason?.place).toBe("above");
  });

  it("does not come from the step before", () => {
    const job = firstJob(
      "  check:\n    runs-on: ubuntu-latest\n    steps:\n      # never blocks a merge\n      - run: ls\n      - run: npm test\n        continue-on-error: true\n",
    );
    const second = job.steps[1];
    expect(second && remarksOn(second).reason).toBeUndefined();
  });

  it("is not taken from a remark on fail-fast", () => {
    const job = firstJob(
      "  check:\n    runs-on: ubuntu-latest\n    continue-on-error: true\n    strategy:\n      # Don't fail all the other builds if one of them fails\n      fail-fast: false\n      matrix: { os: [a, b] }\n    steps:\n      - run: npm test\n",
    );
    expect(remarksOn(job).reason).toBeUndefined();
  });

  it("may stand elsewhere in the file, if it names the job and the setting", () => {
    const jobs = (word: string) =>
      firstJob(
        `  bsd-vm:\n    runs-on: x\n    continue-on-error: true\n    steps:\n      - run: npm test\n  # bsd-vm has ${word}: its machines come and go\n  other:\n    runs-on: x\n    steps: []\n`,
      );
    expect(remarksOn(jobs("continue-on-error")).reason?.place).toBe("elsewhere");
    expect(remarksOn(jobs("three legs")).reason).toBeUndefined();
  });
});
