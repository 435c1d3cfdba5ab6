import type { ScriptCommand, Span } from "./commands.ts";
import type { ShellOptions } from "./model/state.ts";
import { readShellScript, type ShellScript } from "./script.ts";

/** Puts `text` in the place of a range of a script. Offsets are UTF-16 indexes into its text. */
export interface ScriptEdit extends Span {
  readonly text: string;
}

/** The script after edits that do not overlap; undefined where it would not parse any more. */
export function edited(
  script: ShellScript,
  edits: readonly ScriptEdit[],
  options: ShellOptions = script.options,
): ShellScript | undefined {
  let text = "";
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    text += script.text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return readShellScript(text + script.text.slice(at), options);
}

/**
 * True where a failure of the command does not reach the exit status of the script before a change, always does after it, and nothing
 * changes while all is well. `command` and `others` (those that the change is about as well) are of the script before; after it, those with
 * the same words in the same order are meant.
 */
export function reveals(
  before: ShellScript,
  command: ScriptCommand,
  after: ShellScript | undefined,
  others: readonly ScriptCommand[] = [],
): boolean {
  const same = after === undefined ? undefined : counterpart(before, command, after);
  if (after === undefined || same === undefined) return false;
  if (before.fateOf(command) !== "hidden" || after.fateOf(same) !== "shown") return false;
  const was = before.endings([command, ...others]);
  const is = after.endings([same, ...others.flatMap((other) => counterpart(before, other, after) ?? [])]);
  return was !== undefined && is !== undefined && was.size === is.size && [...was].every((status) => is.has(status));
}

function counterpart(before: ShellScript, command: ScriptCommand, after: ShellScript): ScriptCommand | undefined {
  const words = command.words.join("\0");
  const alike = (script: ShellScript): ScriptCommand[] =>
    script.commands.filter((each) => each.words.join("\0") === words);
  const index = alike(before).indexOf(command);
  return index < 0 ? undefined : alike(after)[index];
}
