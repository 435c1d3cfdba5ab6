import { existsSync, readdirSync, readFileSync } from "node:fs";
import { editsOf } from "@ci-fix/codemod";
import { testPolicy } from "@ci-fix/codemod/testkit";
import codemod from "@ci-fix/drop-dead-jobs";
import { readWorkflow, unitName } from "@ci-fix/workflow";
import { applyEdits } from "@ci-fix/yaml-editor";
import { describe, expect, it } from "vitest";

/** Real CI files, where they stand beside the repository. */
const corpus = new URL("../../../../shared/corpus/repos/", import.meta.url);
const suspicious = /\bif:[^\n]*(?:\n[^\n]*)?\bfalse\b/iu;

describe.runIf(existsSync(corpus))("dead jobs and steps of real files", () => {
  it("are few, and go cleanly", () => {
    const found: string[] = [];
    for (const entry of readdirSync(corpus, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.ya?ml$/u.test(entry.name)) continue;
      const bytes = readFileSync(`${entry.parentPath}/${entry.name}`);
      if (!suspicious.test(bytes.toString("utf8"))) continue;
      const read = readWorkflow(entry.name, bytes);
      if (!read.ok || read.workflow === undefined) continue;
      const findings = [...codemod.find(read.workflow, testPolicy)];
      found.push(
        ...findings.map(
          ({ unit, outcome }) => `${outcome.kind === "skip" ? outcome.reason : outcome.kind} ${unitName(unit)}`,
        ),
      );
      const edits = editsOf(findings);
      if (edits.length === 0) continue;
      const applied = applyEdits(read.workflow.file.yaml, edits);
      expect(applied.ok, entry.name).toBe(true);
      const again = applied.ok ? readWorkflow(entry.name, applied.bytes) : read;
      const left = again.ok && again.workflow !== undefined ? [...codemod.find(again.workflow, testPolicy)] : [];
      expect(left.filter(({ outcome }) => outcome.kind !== "skip")).toEqual([]);
    }
    expect(found.sort()).toEqual([
      "fix job build-macos",
      "fix job macos_integration_test",
      "fix job plugin_test",
      "fix job valgrind",
      "fix job windows_plugin_test",
      'fix step "Run asan tests on AMD" of job integration-tests-amd',
      'generated step "./analyze" of job submit-sarif-failure',
      'meant-to-fail step "Dummy" of job pre-setup',
      "needs-person job linux_integration_test",
      "needs-person job openjdkearlyaccess",
      "whole-file job lint",
    ]);
  });
});
