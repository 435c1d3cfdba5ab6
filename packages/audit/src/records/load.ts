import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MilestoneRecord } from "../types.ts";
import { readRecord, RECORDS } from "./read.ts";

/** The records of a work tree, oldest milestone first. Rejects with `CI_FIX_RECORD_INVALID`. */
export async function loadRecords(root: string): Promise<readonly MilestoneRecord[]> {
  const names = await readdir(join(root, RECORDS)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  const files = names.filter((name) => /\.ya?ml$/u.test(name)).sort();
  const records: MilestoneRecord[] = [];
  for (const name of files) records.push(readRecord(`${RECORDS}/${name}`, await readFile(join(root, RECORDS, name))));
  return records.sort((one, other) => compareMilestones(one.milestone, other.milestone));
}

/** `M9` comes before `M10`. */
export function compareMilestones(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
}
