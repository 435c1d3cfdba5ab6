import { describe, expect, it } from "vitest";
import { revealingJob } from "../src/artifacts.ts";
import { reportOf } from "../src/report-step.ts";
import { unreleasedToolchain } from "../src/surroundings.ts";
import { firstJob, firstStep, workflowOf } from "./read.ts";

describe("tools that are not released yet", () => {
  const job = (step: string) =>
    firstJob(`  check:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v5\n      - ${step}\n`);

  it.each([
    "uses: dtolnay/rust-toolchain@nightly",
    "uses: actions-rs/toolchain@v1\n        with: { toolchain: beta }",
    'uses: actions/setup-python@v6\n        with: { python-version: "3.15-dev" }',
    "uses: actions/setup-node@v5\n        with: { node-version: 25-nightly }",
  ])("%s", (step) => expect(unreleasedToolchain(job(step))).toBeDefined());

  it.each([
    "uses: dtolnay/rust-toolchain@stable",
    "uses: dtolnay/rust-toolchain@master\n        with: { toolchain: 1.90.0 }",
    "uses: actions/setup-node@v5\n        with: { node-version: 22 }",
    "uses: actions/setup-node@v5\n        with: { node-version: \"${{ inputs.node || 'nightly' }}\" }",
    "uses: docker/setup-buildx-action@v3\n        with: { name: nightly }",
  ])("not: %s", (step) => expect(unreleasedToolchain(job(step))).toBeUndefined());
});

describe("the step that hands test results on", () => {
  const upload = (lines: string, run = "npx vitest run") =>
    reportOf(
      firstStep(
        `      - run: ${run}\n        continue-on-error: true\n      - uses: actions/upload-artifact@v5\n        ${lines}\n`,
      ),
    );

  it("is known when it is certain", () => {
    expect(upload("with: { name: test-results, path: out }")?.action?.name).toBe("actions/upload-artifact");
  });

  it.each([
    ["a condition of its own", "if: always()\n        with: { name: test-results, path: out }"],
    ["something else than results", "with: { name: package, path: dist }"],
  ])("is not the one with %s", (_, lines) => expect(upload(lines)).toBeUndefined());

  it("is not asked for after other work than tests", () => {
    expect(upload("with: { name: logs, path: log }", "npm ci")).toBeUndefined();
  });
});

describe("a failure comes to light in a job that needs the artifact", () => {
  const jobs = (second: string, step = "") =>
    workflowOf(
      `on: push\njobs:\n  make:\n    runs-on: x\n    steps:\n      - uses: actions/upload-artifact@v5\n        with: { name: book }\n${second}    needs: make\n    runs-on: x\n    steps:\n      - uses: actions/download-artifact@v5\n        with: { name: book }\n${step}`,
    ).jobs[0];

  it.each([
    ["a job that fetches it", "  read:\n", "", "read"],
    ["no job that may fail itself", "  read:\n    continue-on-error: true\n", "", undefined],
    ["no step that may fail itself", "  read:\n", "        continue-on-error: true\n", undefined],
  ])("%s", (_, second, step, expected) => {
    const job = jobs(second, step);
    expect(job && revealingJob(job)?.id).toBe(expected);
  });
});
