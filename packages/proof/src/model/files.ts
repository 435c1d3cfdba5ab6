import { type Job, type ReadResult, readWorkflow, type Workflow } from "@ci-fix/workflow";

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
  called(uses: string | undefined): Workflow | undefined {
    return uses?.startsWith("./") === true ? this.#open(uses.slice(2), "workflow") : undefined;
  }

  /** `uses: ./path` of a step. Undefined for anything but a composite action. */
  composite(uses: string | undefined): Workflow | undefined {
    if (uses?.startsWith("./") !== true) return undefined;
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

/** These jobs, and those of all files that they call, through others too. */
export function* reachable(files: Files, jobs: readonly Job[]): IterableIterator<Job> {
  const seen = new Set<Workflow>();
  const open = [...jobs];
  // The list grows while it is walked.
  for (const job of open) {
    yield job;
    const used = [files.called(job.calls), ...job.steps.map(({ action }) => files.composite(action?.name))];
    for (const workflow of used) {
      if (workflow === undefined || seen.has(workflow)) continue;
      seen.add(workflow);
      open.push(...workflow.jobs);
    }
  }
}
