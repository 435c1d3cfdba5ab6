import type { Repository, TreeEntry } from "@ci-fix/git";
import { isCiFile } from "@ci-fix/workflow";
import { structuredPatch } from "diff";
import type { DiffHunk, TouchedFile } from "../types.ts";
import { surfaceOf } from "./surfaces.ts";

type Entries = ReadonlyMap<string, TreeEntry>;

/** Milliseconds after which a difference is given up; the lines are counted without it then. */
const PATIENCE = 2000;

/** A file that differs, without the words on it. */
export type Difference = Omit<TouchedFile, "what" | "ids">;

/** What differs between two trees, by path; a file whose content only moved is renamed. */
export async function differences(
  repository: Repository,
  before: Entries,
  after: Entries,
): Promise<readonly Difference[]> {
  const gone = [...before.values()].filter(({ path }) => !after.has(path));
  const came = [...after.values()].filter(({ path }) => !before.has(path));
  const moved = new Map<string, string>();
  for (const { path, oid } of came) {
    const from = gone.find((old) => old.oid === oid && ![...moved.values()].includes(old.path));
    if (from !== undefined) moved.set(path, from.path);
  }
  const movedFrom = new Set(moved.values());
  const changes: Omit<Difference, "surface" | "added" | "removed">[] = [
    ...[...after.values()]
      .filter(({ path, oid }) => before.has(path) && before.get(path)?.oid !== oid)
      .map(({ path }) => ({ file: path, from: null, change: "modified" as const })),
    ...came.map(({ path }) => {
      const from = moved.get(path) ?? null;
      return { file: path, from, change: from === null ? ("added" as const) : ("renamed" as const) };
    }),
    ...gone
      .filter(({ path }) => !movedFrom.has(path))
      .map(({ path }) => ({ file: path, from: null, change: "removed" as const })),
  ];
  const texts = await textsOf(repository, changes, before, after);
  return changes
    .map((change) => ({ ...change, surface: surfaceOf(change.file), ...lineCounts(texts, change) }))
    .sort((one, other) => (one.file < other.file ? -1 : 1));
}

/** Only files of CI, documentation and governance are read; of all others the path is enough. */
function isRead(path: string): boolean {
  return isCiFile(path) || ["governance", "documentation", "ci-script"].includes(surfaceOf(path));
}

async function textsOf(
  repository: Repository,
  changes: readonly Pick<Difference, "file">[],
  before: Entries,
  after: Entries,
): Promise<ReadonlyMap<string, string>> {
  const oids = changes
    .filter(({ file }) => isRead(file))
    .flatMap(({ file }) => [before.get(file), after.get(file)])
    .flatMap((entry) => (entry?.mode.startsWith("100") === true ? [entry] : []));
  const blobs = await repository.readBlobs(oids.map(({ oid }) => oid));
  const texts = new Map<string, string>();
  for (const { file } of changes) {
    for (const [side, entries] of [["-", before] as const, ["+", after] as const]) {
      const bytes = blobs.get(entries.get(file)?.oid ?? "");
      if (bytes !== undefined) texts.set(`${side}${file}`, Buffer.from(bytes).toString("utf8"));
    }
  }
  return texts;
}

function lineCounts(
  texts: ReadonlyMap<string, string>,
  { file }: Pick<Difference, "file">,
): Pick<Difference, "added" | "removed"> {
  const [before, after] = [texts.get(`-${file}`), texts.get(`+${file}`)];
  if (before === undefined && after === undefined) return { added: null, removed: null };
  const lines = hunksOf(before ?? "", after ?? "").flatMap((hunk) => hunk.lines);
  const signed = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  return { added: signed("+"), removed: signed("-") };
}

/** A unified diff with three lines of context; empty past `PATIENCE`. */
export function hunksOf(before: string, after: string): readonly DiffHunk[] {
  if (before === after) return [];
  const patch = structuredPatch("", "", before, after, undefined, undefined, { context: 3, timeout: PATIENCE });
  return (patch?.hunks ?? []).map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    oldStart,
    oldLines,
    newStart,
    newLines,
    lines,
  }));
}
