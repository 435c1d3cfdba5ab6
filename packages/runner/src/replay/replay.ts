import { criticalCommands } from "@ci-fix/judgement";
import { harmOf, reveals, type ScriptCommand, type ShellScript, shellScriptOf } from "@ci-fix/shell-script";
import { unitName, type Step } from "@ci-fix/workflow";
import { type ChangedFile, changedScripts } from "../scripts.ts";
import { runWithStubs, shellPath } from "./sandbox.ts";

/** Exit statuses of a script in a real shell: when the command fails, and when nothing does. Null where a limit ended it. */
export interface Statuses {
  readonly failing: number | null;
  readonly well: number | null;
}

/** What a real shell made of one command of a changed script, before the fix and after it. */
export interface Replay {
  readonly file: string;
  readonly unit: string;
  /** The command whose program was replaced by one that fails. */
  readonly command: string;
  readonly before: Statuses;
  readonly after: Statuses;
  /** Green before and red after when the command fails; the same when all is well. */
  readonly confirmed: boolean;
}

/** A changed script that is not run, and why: one clause without full stop. */
export interface Unplayed {
  readonly file: string;
  readonly unit: string;
  readonly reason: string;
}

/**
 * Runs the scripts that a change touches in a real shell, before and after, in an empty folder, with a stub for every program that they name: once
 * with one that fails for the critical command, once with all well. Nothing of the repository is run but the lines of the script
 * themselves, and those not where they could reach out of the folder.
 */
export async function replayChange(
  change: ChangedFile,
): Promise<{ readonly replays: readonly Replay[]; readonly unplayed: readonly Unplayed[] }> {
  const replays: Replay[] = [];
  const unplayed: Unplayed[] = [];
  for (const [before, after] of changedScripts(change)) {
    const named = { file: change.file, unit: unitName(before) };
    const sides = { before: shellScriptOf(before), after: shellScriptOf(after) };
    const reason = whyNot(sides.before, sides.after);
    const commands = sides.before === undefined ? [] : revealed(before, sides.before, sides.after);
    if (reason !== undefined || sides.before === undefined || sides.after === undefined)
      unplayed.push({ ...named, reason: reason ?? "nothing of it can be read" });
    else if (commands.length === 0)
      unplayed.push({ ...named, reason: "the change is not about a failure that the script hides" });
    else
      for (const command of commands) replays.push({ ...named, ...(await play(sides.before, sides.after, command)) });
  }
  return { replays, unplayed };
}

function whyNot(before: ShellScript | undefined, after: ShellScript | undefined): string | undefined {
  if (before === undefined || after === undefined) return "it is no script of bash or sh";
  if (shellPath(before.options.dialect) === undefined || shellPath(after.options.dialect) === undefined)
    return `there is no ${before.options.dialect} on this machine`;
  return harmOf(before) ?? harmOf(after);
}

/** Where the change is about none that is known to matter. */
const mostCommands = 3;

function revealed(step: Step, before: ShellScript, after: ShellScript | undefined): readonly ScriptCommand[] {
  const isRevealed = (command: ScriptCommand): boolean => reveals(before, command, after);
  const critical = criticalCommands(step).flatMap(({ command }) => (isRevealed(command) ? [command] : []));
  return critical.length > 0 ? critical : before.commands.filter(isRevealed).slice(0, mostCommands);
}

async function play(
  before: ShellScript,
  after: ShellScript,
  command: ScriptCommand,
): Promise<Omit<Replay, "file" | "unit">> {
  const sides = [before, after].map(async (script, index): Promise<Statuses> => {
    const shell = shellPath(script.options.dialect) ?? "";
    const others = [index === 0 ? after : before];
    return {
      failing: await runWithStubs(shell, script, others, command),
      well: await runWithStubs(shell, script, others, undefined),
    };
  });
  const [old, now] = await Promise.all(sides);
  const none: Statuses = { failing: null, well: null };
  const [was, is] = [old ?? none, now ?? none];
  const confirmed =
    was.failing === 0 && is.failing !== 0 && is.failing !== null && was.well === is.well && is.well !== null;
  return { command: command.words.join(" "), before: was, after: is, confirmed };
}
