import { type Job, type ReadResult, readWorkflow, type Workflow } from "@ci-fix/workflow";
import { decidingStep } from "./deciding-step.ts";

const readings = new WeakMap<Uint8Array, ReadResult>();

/** Reads a file once for as long as its bytes are held by anyone. */
function readOnce(path: string, bytes: Uint8Array): ReadResult {
  let read = readings.get(bytes);
  if (read === undefined) readings.set(bytes, (read = readWorkflow(path, bytes)));
  return read;
}

/** Reads a file of the same repository; undefined where there is none. `path` is relative to its root. */
export type Load = (path: string) => Uint8Array | undefined;

/** A file that a proof takes into account besides the changed one. */
export interface LoadedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The files that a workflow calls, opened when they are called and read once. */
export class Files {
  readonly #load: Load;
  readonly #known = new Map<string, Workflow | undefined>();
  readonly loaded: LoadedFile[] = [];

  constructor(load: Load | undefined) {
    this.#load = load ?? (() => undefined);
  }

  /** `uses: ./.github/workflows/x.yml` of a job. Undefined for a workflow of another repository. */
  called(uses: string): Workflow | undefined {
    return uses.startsWith("./") ? this.#open(uses.slice(2), "workflow") : undefined;
  }

  /** `uses: ./path` of a step. Undefined for anything but a composite action. */
  composite(uses: string): Workflow | undefined {
    if (!uses.startsWith("./")) return undefined;
    const folder = uses.slice(2).replace(/\/+$/u, "");
    const inside = folder === "" || folder === "." ? "" : `${folder}/`;
    return (
      this.#open(`${inside}action.yml`, "composite-action") ?? this.#open(`${inside}action.yaml`, "composite-action")
    );
  }

  #open(path: string, kind: Workflow["kind"]): Workflow | undefined {
    if (!this.#known.has(path)) this.#known.set(path, this.#read(path));
    const workflow = this.#known.get(path);
    return workflow?.kind === kind ? workflow : undefined;
  }

  #read(path: string): Workflow | undefined {
    const bytes = path.split("/").includes("..") ? undefined : this.#load(path);
    if (bytes === undefined) return undefined;
    this.loaded.push({ path, bytes });
    const read = readOnce(path, bytes);
    return read.ok ? read.workflow : undefined;
  }
}

/** Deeper than any server would follow (ten actions, four workflows). */
const DEEPEST = 10;

/** The jobs of a slice, and those of all files that they call, through others too. */
export function* reachable(
  files: Files,
  from: Workflow,
  slice: ReadonlySet<string>,
  isUntouched: (job: Job) => boolean,
): IterableIterator<Job> {
  const seen = new Set<Workflow>([from]);
  const open: { workflow: Workflow; depth: number }[] = [{ workflow: from, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { workflow, depth } = next;
    const jobs = workflow === from ? workflow.jobs.filter(({ id }) => slice.has(id.toLowerCase())) : workflow.jobs;
    yield* jobs;
    if (depth === DEEPEST) continue;
    for (const job of jobs) {
      const steps = isUntouched(job) && decidingStep(job) !== undefined ? [] : job.steps;
      const uses = [files.called(job.calls ?? ""), ...steps.map((step) => files.composite(step.action?.name ?? ""))];
      for (const used of uses) {
        if (used === undefined || seen.has(used)) continue;
        seen.add(used);
        open.push({ workflow: used, depth: depth + 1 });
      }
    }
  }
}
