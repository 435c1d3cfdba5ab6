import { unitIdentity } from "@ci-fix/register";
import { readWorkflow, type Job, type Unit } from "@ci-fix/workflow";
import type { FileSource } from "../types.ts";

/** What there is in one file, found or not. */
export interface FileUnits {
  readonly jobs: ReadonlySet<string>;
  readonly generated: boolean;
  /** How many units of a job go by the same identity. */
  count(job: string, identity: string): number;
}

/** The CI files of one tree; they are read when asked for, and once. */
export interface Tree {
  readonly files: ReadonlySet<string>;
  /** Undefined where there is no such file, or none that can be read. */
  units(file: string): Promise<FileUnits | undefined>;
}

export async function openTree(source: FileSource, ignored: (path: string) => boolean): Promise<Tree> {
  const files = new Set((await source.list()).filter((path) => !ignored(path)));
  const known = new Map<string, Promise<FileUnits | undefined>>();
  return {
    files,
    units: async (file) => {
      const units = known.get(file) ?? readUnits(source, files, file);
      known.set(file, units);
      return units;
    },
  };
}

/** What a unit is known by within its job. */
export function identityOf(unit: Unit): string {
  return JSON.stringify(unitIdentity(unit));
}

export function jobOf(unit: Unit): Job {
  return unit.kind === "job" ? unit : unit.job;
}

async function readUnits(source: FileSource, files: ReadonlySet<string>, file: string): Promise<FileUnits | undefined> {
  if (!files.has(file)) return undefined;
  const bytes = await source.read(file).catch(() => undefined);
  const read = bytes === undefined ? undefined : readWorkflow(file, bytes);
  if (read?.ok !== true || read.workflow === undefined) return undefined;
  const { jobs, generated } = read.workflow;
  const counts = new Map<string, number>();
  for (const unit of jobs.flatMap((job): Unit[] => [job, ...job.steps])) {
    const key = keyOf(jobOf(unit).id, identityOf(unit));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    jobs: new Set(jobs.map(({ id }) => id)),
    generated: generated !== undefined,
    count: (job, identity) => counts.get(keyOf(job, identity)) ?? 0,
  };
}

function keyOf(job: string, identity: string): string {
  return `${job}\n${identity}`;
}
