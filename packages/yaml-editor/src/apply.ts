import type { ApplyResult, Edit, YamlFile } from "./types.ts";

/** Applies a batch of edits, all or nothing, and checks the result before accepting it. */
export function applyEdits(_file: YamlFile, _edits: readonly Edit[]): ApplyResult {
  throw new Error("being built");
}
