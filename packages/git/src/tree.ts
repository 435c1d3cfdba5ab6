import { requireObjectId } from "./head.ts";
import { fields, output, portions, type Place } from "./place.ts";
import type { ObjectId, TreeEntry } from "./types.ts";

const TAB = 0x09;

/** One `<mode> <type> <oid>\t<path>` of `ls-tree -z`. */
function readEntry(field: Buffer): TreeEntry {
  const tab = field.indexOf(TAB);
  const [mode = "", , oid = ""] = field.toString("latin1", 0, tab).split(" ");
  const name = field.subarray(tab + 1);
  const path = name.toString("utf8");
  return Buffer.from(path, "utf8").equals(name) ? { path, mode, oid } : { path, mode, oid, inexact: true };
}

async function readTree(
  place: Place,
  commit: ObjectId,
  flags: readonly string[],
  paths: readonly string[],
): Promise<TreeEntry[]> {
  const command = ["ls-tree", "-z", "--full-tree", ...flags, requireObjectId(commit), "--", ...paths];
  return fields(await output(place, command)).map(readEntry);
}

export async function listTree(place: Place, commit: ObjectId, paths: readonly string[] = []): Promise<TreeEntry[]> {
  const wanted = paths.map((path) => path.replace(/\/+$/u, ""));
  if (wanted.length === 0 || wanted.includes("") || wanted.includes(".")) return readTree(place, commit, ["-r"], []);
  const entries = new Map<string, TreeEntry>();
  for (const portion of portions(wanted)) {
    for (const entry of await readTree(place, commit, ["-r"], portion))
      entries.set(`${entry.oid} ${entry.path}`, entry);
  }
  return [...entries.values()];
}

/** What stands in a tree at exactly these paths, folders too (mode `040000`). */
export async function entriesAt(
  place: Place,
  commit: ObjectId,
  paths: readonly string[],
): Promise<Map<string, TreeEntry>> {
  const entries = new Map<string, TreeEntry>();
  for (const portion of portions(paths)) {
    for (const entry of await readTree(place, commit, [], portion)) {
      if (entry.inexact !== true) entries.set(entry.path, entry);
    }
  }
  return entries;
}
