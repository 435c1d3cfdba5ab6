import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { testPolicy } from "@ci-fix/codemod/testkit";
import codemod from "@ci-fix/strip-soft-fail";
import { isCiFile, readWorkflow, unitName, type Workflow } from "@ci-fix/workflow";
import { applyEdits, openYaml } from "@ci-fix/yaml-editor";
import { describe, expect, it } from "vitest";

const corpus = fileURLToPath(new URL("../../../../shared/corpus/", import.meta.url));

function* files(folder: string): IterableIterator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.ya?ml$/u.test(entry.name)) yield join(entry.parentPath, entry.name);
  }
}

function workflowIn(file: string): Workflow | undefined {
  if (!isCiFile(file.replaceAll("\\", "/"))) return undefined;
  const bytes = readFileSync(file);
  if (!bytes.includes("continue-on-error")) return undefined;
  const read = readWorkflow(relative(corpus, file).replaceAll("\\", "/"), bytes);
  return read.ok ? read.workflow : undefined;
}

describe.runIf(existsSync(corpus))("on real files", () => {
  const decisions = (name: string): string[] => {
    const workflow = workflowIn(join(corpus, "pytorch-five/.github/workflows", name));
    if (workflow === undefined) throw new Error(`${name} cannot be read`);
    return [...codemod.find(workflow, testPolicy)].map(({ unit, severity, outcome }) => {
      const how = outcome.kind === "skip" ? outcome.reason : `${outcome.safety} ${severity}`;
      return `${unitName(unit)}: ${outcome.kind} ${how}`;
    });
  };

  it("decides as the audit did", () => {
    expect(decisions("target_determination.yml")).toEqual([
      'step "Download pytest cache" of job target-determination: skip best-effort',
      'step "Download LLM Artifacts from S3" of job target-determination: skip best-effort',
      'step "Do TD" of job target-determination: fix review high',
    ]);
    expect(decisions("llm_td_retrieval.yml")).toEqual([
      "job llm-retrieval: fix review high",
      'step "Run Retriever" of job llm-retrieval: document safe low',
    ]);
    expect(decisions("tools-unit-tests.yml")).toEqual([
      'step "Run tests" of job lumen-cli-unit-tests-python312: fix review high',
      'step "Run tests" of job lumen-cli-compatible-python39: fix review high',
    ]);
  });

  it("lifts the reason byte for byte as the audit did", () => {
    const workflow = workflowIn(join(corpus, "pytorch-five/.github/workflows/llm_td_retrieval.yml"));
    if (workflow === undefined) throw new Error("cannot be read");
    const edits = [...codemod.find(workflow, testPolicy)].flatMap(({ outcome }) =>
      outcome.kind === "skip" ? [] : outcome.edits,
    );
    const result = applyEdits(workflow.file.yaml, edits);
    const before = workflow.file.yaml.text;
    const expected = before
      .replace('linux.4xlarge"\n    continue-on-error: true\n', 'linux.4xlarge"\n')
      .replace(
        "        continue-on-error: true  # ghstack not currently supported due to problems getting git diff\n",
        "        # Best-effort step: ghstack not currently supported due to problems getting git diff.\n" +
          "        # This step is informational and does not gate correctness; failure should not block CI.\n" +
          "        continue-on-error: true\n",
      );
    expect(result.ok && result.text).toBe(expected);
  });

  it("applies every fix, and finds nothing to do at that place again", () => {
    let applied = 0;
    for (const file of files(corpus)) {
      const workflow = workflowIn(file);
      if (workflow === undefined) continue;
      for (const finding of codemod.find(workflow, testPolicy)) {
        if (finding.outcome.kind === "skip") continue;
        const result = applyEdits(workflow.file.yaml, finding.outcome.edits);
        if (!result.ok) throw new Error(`${workflow.file.path}: ${result.refusals[0]?.message ?? "refused"}`);
        expect(openYaml(result.bytes).ok, workflow.file.path).toBe(true);
        const again = readWorkflow(workflow.file.path, result.bytes);
        const open = again.ok && again.workflow !== undefined ? [...codemod.find(again.workflow, testPolicy)] : [];
        const name = unitName(finding.unit);
        const index = indexOf(finding.unit);
        expect(
          open.filter(
            ({ unit, outcome }) => outcome.kind !== "skip" && unitName(unit) === name && indexOf(unit) === index,
          ),
        ).toEqual([]);
        applied += 1;
      }
    }
    expect(applied).toBeGreaterThan(10);
  });
});

function indexOf(unit: { readonly kind: "job" } | { readonly kind: "step"; readonly index: number }): number {
  return unit.kind === "job" ? -1 : unit.index;
}
