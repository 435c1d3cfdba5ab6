import { lstat, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CiFixError } from "@ci-fix/codemod";
import { mergeChanges } from "./commit.ts";
import { compose, equal } from "./independence.ts";
import type { RiskPlan } from "./types.ts";

/**
 * Writes the changes of all plans into the work tree, each file at once (a new file takes the old one's place, with its mode).
 * Rejects before the first write if a file is no longer what was planned on.
 */
export async function writePlans(root: string, plans: readonly RiskPlan[]): Promise<string[]> {
  const files = new Map<string, { before: Uint8Array; after: Uint8Array }>();
  const groups = new Map<string, RiskPlan[]>();
  for (const plan of plans) {
    for (const { file } of plan.changes) groups.set(file, [...(groups.get(file) ?? []), plan]);
  }
  for (const [file, group] of groups) {
    for (const change of mergeChanges(group).filter((merged) => merged.file === file)) {
      files.set(file, { before: change.before, after: compose(change.before, change.splices) });
    }
  }
  for (const [file, { before }] of files) await requireUnchanged(root, file, before);
  for (const [file, { after }] of files) await replaceFile(join(root, file), after);
  return [...files.keys()];
}

/** Replaces a file's content in one step, keeping its mode. A reader sees the old bytes or the new ones, never a part. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const mode = await lstat(path).then(
    (stats) => stats.mode,
    () => 0o644,
  );
  const temporary = `${path}.ci-fix-${process.pid}`;
  try {
    await writeFile(temporary, bytes, { mode, flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function requireUnchanged(root: string, file: string, before: Uint8Array): Promise<void> {
  const path = join(root, file);
  const stats = await lstat(path);
  if (stats.isFile() && equal(await readFile(path), before)) return;
  throw new CiFixError("CI_FIX_MOVED", `${file} changed while ci-fix was at work; nothing was written`, {
    exitCode: 4,
    hint: "run the command again",
  });
}
