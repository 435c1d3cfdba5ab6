import { existsSync, readdirSync, readFileSync } from "node:fs";
import { eachStep, readWorkflow, type Workflow } from "@ci-fix/workflow";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";

/** Real CI files, where they stand beside the repository. */
const corpus = new URL("../../../../shared/corpus/repos/", import.meta.url);

interface Counts {
  readonly jobs: number;
  readonly steps: number;
  readonly softFails: number;
  readonly conditions: number;
  readonly scripts: number;
}

type Data = Record<string, unknown>;

function isMap(data: unknown): data is Data {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** The same numbers from another parser's plain data. */
function countData(data: unknown): Counts | undefined {
  if (!isMap(data)) return undefined;
  const isAction = isMap(data["runs"]) && data["runs"]["using"] === "composite";
  const jobs = isAction ? [data["runs"]] : isMap(data["jobs"]) ? Object.values(data["jobs"]) : [];
  const steps = jobs.flatMap((job) => (isMap(job) && Array.isArray(job["steps"]) ? (job["steps"] as unknown[]) : []));
  const units = [...(isAction ? [] : jobs), ...steps].filter(isMap);
  const having = (key: string): number => units.filter((unit) => key in unit).length;
  const scripts = steps.filter((step) => isMap(step) && !["object", "undefined"].includes(typeof step["run"])).length;
  return {
    jobs: jobs.length,
    steps: steps.length,
    softFails: having("continue-on-error"),
    conditions: having("if"),
    scripts,
  };
}

function countView(workflow: Workflow): Counts {
  const steps = [...eachStep(workflow)];
  const units = [...workflow.jobs, ...steps];
  return {
    jobs: workflow.jobs.length,
    steps: steps.length,
    softFails: units.filter((unit) => unit.softFail.kind !== "absent").length,
    conditions: units.filter((unit) => unit.condition.entry !== undefined).length,
    scripts: steps.filter((step) => step.script !== undefined).length,
  };
}

describe.runIf(existsSync(corpus))("real files", () => {
  it("are seen as another parser sees them, and none is too odd", () => {
    let workflows = 0;
    for (const entry of readdirSync(corpus, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = `${entry.parentPath}/${entry.name}`;
      const bytes = readFileSync(path);
      const read = readWorkflow(path, bytes);
      if (!read.ok || read.workflow === undefined) continue;
      workflows++;
      if (workflows % 5 === 0) expect(countView(read.workflow), path).toEqual(countData(load(bytes.toString("utf8"))));
      for (const unit of [...read.workflow.jobs, ...eachStep(read.workflow)])
        expect(Array.isArray(unit.readers)).toBe(true);
    }
    expect(workflows).toBeGreaterThan(2_500);
  }, 120_000);
});

describe("a workflow of 717 steps", () => {
  it("is read, links and all, in the time of a blink", () => {
    const steps = Array.from(
      { length: 717 },
      (_, n) =>
        `      - id: s${n}\n        if: steps.s${n - 1}.outcome == 'success'\n        run: echo "\${{ toJSON(steps) }}"\n`,
    );
    const bytes = new TextEncoder().encode(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps.join("")}`);
    const start = performance.now();
    const read = readWorkflow("x.yml", bytes);
    const readers =
      read.ok && read.workflow !== undefined ? [...eachStep(read.workflow)].map((step) => step.readers.length) : [];
    expect(readers).toHaveLength(717);
    expect(readers[0]).toBe(718);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
