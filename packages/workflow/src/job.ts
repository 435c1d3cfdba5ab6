import type { YamlEntry, YamlMap } from "@ci-fix/yaml-editor";
import { conditionOf } from "./condition.ts";
import { linksOf } from "./links.ts";
import { labelText, matrixOf } from "./matrix.ts";
import { needsOf } from "./needs.ts";
import { asMap, entryOf, itemsOf, mapOf, textOf } from "./nodes.ts";
import { defaultShell, unknownShell } from "./shell.ts";
import { softFailOf } from "./soft-fail.ts";
import { stepOf, type StepDefaults } from "./step.ts";
import type { Job, Reader, Step, Workflow } from "./types.ts";

export function jobOf(workflow: Workflow, root: YamlMap, entry: YamlEntry): Job {
  const map = asMap(entry.value);
  const runsOn = labelText(entryOf(map, "runs-on")?.value);
  const job = makeJob(workflow, {
    id: entry.key,
    name: textOf(map, "name"),
    path: entry.path,
    entry,
    map,
    calls: textOf(map, "uses"),
    runsOn: runsOn === "" ? undefined : runsOn,
  });
  fillSteps(job, map, defaultsOf(root, map), map === undefined || map === entry.value);
  return job;
}

/** A composite action seen as one job. */
export function compositeJob(workflow: Workflow, runs: YamlEntry): Job {
  const map = asMap(runs.value);
  const job = makeJob(workflow, {
    id: "",
    name: workflow.name,
    path: runs.path,
    entry: undefined,
    map: undefined,
    calls: undefined,
    runsOn: undefined,
  });
  fillSteps(job, map, { shell: unknownShell, folder: undefined }, map === runs.value);
  return job;
}

type Described = Pick<Job, "id" | "name" | "path" | "entry" | "calls" | "runsOn"> & {
  readonly map: YamlMap | undefined;
};

function makeJob(workflow: Workflow, { map, ...described }: Described): Job {
  return {
    kind: "job",
    workflow,
    ...described,
    aliased: map !== undefined && map !== described.entry?.value,
    condition: conditionOf(map),
    softFail: softFailOf(map),
    needs: needsOf(map),
    matrix: matrixOf(map),
    steps: [],
    get dependents(): readonly Job[] {
      return linksOf(workflow).dependents(this);
    },
    get readers(): readonly Reader[] {
      return linksOf(workflow).readersOfJob(this);
    },
    get wholeNeedsReaders(): readonly Reader[] {
      return linksOf(workflow).wholeReadersOfJob(this);
    },
  };
}

function defaultsOf(root: YamlMap | undefined, job: YamlMap | undefined): StepDefaults {
  const folder = (map: YamlMap | undefined): string | undefined =>
    textOf(mapOf(mapOf(map, "defaults"), "run"), "working-directory");
  return { shell: defaultShell(root, job), folder: folder(job) ?? folder(root) };
}

function fillSteps(job: Job, map: YamlMap | undefined, defaults: StepDefaults, own: boolean): void {
  const list = entryOf(map, "steps");
  const steps = job.steps as Step[];
  for (const [index, item] of itemsOf(list?.value).entries()) {
    steps.push(stepOf(job, index, item, defaults, !own || list?.value?.kind === "alias"));
  }
}
