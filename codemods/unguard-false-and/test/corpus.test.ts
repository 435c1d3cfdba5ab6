import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { testPolicy } from "@ci-fix/codemod/testkit";
import { eachStep, readWorkflow, type Condition, type Workflow } from "@ci-fix/workflow";
import { applyEdits } from "@ci-fix/yaml-editor";
import { describe, expect, test } from "vitest";
import codemod from "../src/index.ts";

const corpus = join(import.meta.dirname, "../../../../shared/corpus/repos");
/** `CI_FIX_FUZZ_RUNS` of 8,000 and more switches a condition off in every file. */
const every = Math.max(1, Math.ceil(8_000 / Number(process.env["CI_FIX_FUZZ_RUNS"] ?? 400)));

function read(path: string, text: string): Workflow | undefined {
  const result = readWorkflow(path, new TextEncoder().encode(text));
  return result.ok ? result.workflow : undefined;
}

/** A condition of the file that can be switched off: written here, one expression, without needless parentheses. */
function switchable(workflow: Workflow, pick: number): Condition | undefined {
  const conditions = [...workflow.jobs, ...eachStep(workflow)].flatMap((unit) => {
    const { scalar, parsed } = unit.condition;
    const isPlainTree = parsed.tree !== undefined && parsed.tree.kind !== "group";
    return scalar !== undefined && isPlainTree && parsed.constant === undefined && !unit.aliased
      ? [unit.condition]
      : [];
  });
  return conditions[pick % Math.max(1, conditions.length)];
}

/** The file with that condition behind `false &&`. */
function switchedOff(text: string, { scalar, parsed }: Condition): string {
  if (scalar === undefined || parsed.tree === undefined) return text;
  const [start, end] = [scalar.sourceOffset(parsed.tree.span.start), scalar.sourceOffset(parsed.tree.span.end)];
  const isLoose = parsed.tree.kind === "binary" && parsed.tree.operator === "||";
  const [before, after] = isLoose ? ["false && (", ")"] : ["false && ", ""];
  return text.slice(0, start) + before + text.slice(start, end) + after + text.slice(end);
}

describe.runIf(existsSync(corpus))("conditions of real CI files", () => {
  test("come back byte for byte after they were switched off", { timeout: 600_000 }, () => {
    const names = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((name) => /\.ya?ml$/.test(name));
    let restored = 0;
    for (const [index, name] of names.sort().entries()) {
      if (index % every !== 0) continue;
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(join(corpus, name)));
      const workflow = read(name, text);
      const condition = workflow === undefined ? undefined : switchable(workflow, index);
      if (condition === undefined || workflow?.generated !== undefined) continue;
      const off = read(name, switchedOff(text, condition));
      const findings = off === undefined ? [] : [...codemod.find(off, testPolicy)];
      const [finding, ...others] = findings;
      expect(others, name).toEqual([]);
      // What only fails, or must not run by its name, is for a person.
      if (finding?.outcome.kind === "skip" && finding.outcome.reason === "needs-person") continue;
      expect(finding?.outcome, `${name}: ${condition.parsed.text}`).toMatchObject({ kind: "fix" });
      const edits = findings.flatMap(({ outcome }) => (outcome.kind === "fix" ? outcome.edits : []));
      const result = off === undefined ? undefined : applyEdits(off.file.yaml, edits);
      expect(result?.ok === true ? result.text : result, `${name}: ${condition.parsed.text}`).toBe(text);
      restored++;
    }
    expect(restored).toBeGreaterThan(names.length / every / 5);
  });
});
