import type { Safety, Severity, SkipReason } from "@ci-fix/codemod";
import type { ScriptCommand, ScriptEdit } from "@ci-fix/shell-script";

/** What lets a check pass, and the edit that takes it away. */
export interface Slack {
  readonly class: string;
  readonly severity?: Severity;
  readonly message: string;
  readonly why: string;
  readonly change: string;
  readonly title: string;
  readonly evidence?: string;
  readonly safety?: Safety;
  readonly skip?: { readonly reason: SkipReason; readonly message: string };
  readonly edits: readonly ScriptEdit[];
}

/** Takes words (by their index, the program is 0) out of a command, each with the blanks before it. */
export function dropWords({ wordSpans }: ScriptCommand, indexes: readonly number[]): readonly ScriptEdit[] {
  return indexes.flatMap((index) => {
    const [before, word] = [wordSpans[index - 1], wordSpans[index]];
    return before === undefined || word === undefined ? [] : [{ start: before.end, end: word.end, text: "" }];
  });
}

/** Writes text behind a word of a command. */
export function insertAfter({ wordSpans }: ScriptCommand, index: number, text: string): readonly ScriptEdit[] {
  const end = wordSpans[index]?.end;
  return end === undefined ? [] : [{ start: end, end, text }];
}

/** The index of the word with this program's name (`npx`, `poetry run` and paths before it count); -1 where it is not there. */
export function programIndex({ words }: ScriptCommand, pattern: RegExp): number {
  return words.findIndex((word) => pattern.test(word.split("/").at(-1) ?? ""));
}
