import { diffWordsWithSpace } from "diff";

/** A part of a line; `changed` where its counterpart differs. */
export interface WordPart {
  readonly text: string;
  readonly changed: boolean;
}

/** Below this share of common characters two lines are different lines, and marks would be noise. */
const LEAST_COMMON = 0.4;
const LONGEST = 2000;

/** The words that differ between a removed and an added line; undefined where the lines have little in common. */
export function changedWords(
  removed: string,
  added: string,
  timeout = 50,
): { removed: WordPart[]; added: WordPart[] } | undefined {
  if (removed.length > LONGEST || added.length > LONGEST) return undefined;
  const parts = diffWordsWithSpace(removed, added, { timeout });
  if (parts === undefined) return undefined;
  const common = parts
    .filter((part) => !part.added && !part.removed)
    .reduce((sum, part) => sum + part.value.trim().length, 0);
  if (common < LEAST_COMMON * Math.min(removed.trim().length, added.trim().length)) return undefined;
  const side = (other: "added" | "removed"): WordPart[] =>
    parts.filter((part) => !part[other]).map((part) => ({ text: part.value, changed: part.added || part.removed }));
  return { removed: side("added"), added: side("removed") };
}
