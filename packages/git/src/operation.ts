import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Place } from "./place.ts";
import { runGit } from "./run.ts";
import type { Operation } from "./types.ts";

/** A series of picks stays open between two of them, when no `*_HEAD` is there. */
async function sequencer(gitDir: string): Promise<Operation | undefined> {
  const todo = await readFile(join(gitDir, "sequencer", "todo"), "utf8").catch(() => undefined);
  if (todo === undefined) return undefined;
  return /^\s*revert\b/mu.test(todo) ? "revert" : "cherry-pick";
}

/** With the reftable format these are no files. */
async function pseudoRef(place: Place, name: string): Promise<boolean> {
  if (existsSync(join(place.gitDir, name))) return true;
  if (!existsSync(join(place.gitDir, "reftable"))) return false;
  return (await runGit(place.root, ["rev-parse", "--quiet", "--verify", name])).code === 0;
}

/** What git is in the middle of, in this work tree. A rebase that stopped at a pick is a rebase. */
export async function readOperation(place: Place): Promise<Operation | undefined> {
  const there = (...names: string[]): boolean => existsSync(join(place.gitDir, ...names));
  if (there("rebase-merge")) return "rebase";
  if (there("rebase-apply")) return there("rebase-apply", "applying") ? "am" : "rebase";
  if (there("MERGE_HEAD")) return "merge";
  if (await pseudoRef(place, "CHERRY_PICK_HEAD")) return "cherry-pick";
  if (await pseudoRef(place, "REVERT_HEAD")) return "revert";
  const series = await sequencer(place.gitDir);
  if (series !== undefined) return series;
  return there("BISECT_LOG") ? "bisect" : undefined;
}
