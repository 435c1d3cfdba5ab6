import type { FileChange } from "@ci-fix/runner";
import { formatPatch } from "diff";
import { decode } from "./diff.ts";
import { findHunks } from "./hunks.ts";

/** A patch that `git apply` accepts, byte for byte: one file after the other, nothing escaped. Files that do not change are left out. */
export function renderPatch(changes: readonly Pick<FileChange, "file" | "before" | "after">[]): string {
  return changes.map(filePatch).join("");
}

function filePatch(change: Pick<FileChange, "file" | "before" | "after">): string {
  const hunks = findHunks(decode(change.before), decode(change.after));
  if (hunks.length === 0) return "";
  return formatPatch({
    oldFileName: `a/${change.file}`,
    newFileName: `b/${change.file}`,
    oldHeader: undefined,
    newHeader: undefined,
    isGit: true,
    hunks: hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
      oldStart,
      oldLines,
      newStart,
      newLines,
      lines: [...lines],
    })),
  });
}
