import { type ScriptCommand, shellScriptOf } from "@ci-fix/shell-script";
import type { Step } from "@ci-fix/workflow";
import { judgedCall } from "../called/called.ts";
import type { Judged } from "../kind.ts";
import { once } from "../once.ts";

/** A command of a script with what it is worth, which is looked up when it is asked for: it may take other files. */
export class WeighedCommand {
  readonly command: ScriptCommand;
  readonly #step: Step;
  #judged: Judged | undefined;

  constructor(command: ScriptCommand, step: Step) {
    this.command = command;
    this.#step = step;
  }

  get judged(): Judged {
    const { job, folder } = this.#step;
    this.#judged ??= judgedCall(this.command.words, job.workflow.repository, folder);
    return this.#judged;
  }

  /** True where its failure must be seen. */
  get isCritical(): boolean {
    return this.judged.kind === "critical";
  }
}

/** The commands of a step's script (bash or sh) with what each is worth, in file order. Functions of the script itself are none. */
export const weighedCommands: (step: Step) => readonly WeighedCommand[] = once((step) => {
  const script = shellScriptOf(step);
  if (script === undefined) return [];
  const own = functionsIn(script.text);
  return script.commands
    .filter(({ isPlaced, words }) => isPlaced && !own.has(words[0] ?? ""))
    .map((command) => new WeighedCommand(command, step));
});

/** Those whose failure must be seen. */
export function criticalCommands(step: Step): readonly WeighedCommand[] {
  return weighedCommands(step).filter(({ isCritical }) => isCritical);
}

function functionsIn(text: string): ReadonlySet<string> {
  const names = text.matchAll(/^\s*(?:function\s+)?([\w-]+)\s*\(\s*\)|^\s*function\s+([\w-]+)/gmu);
  return new Set([...names].map((match) => match[1] ?? match[2] ?? ""));
}

const repeatable = new Set(["a deployment", "a migration", "a publication", "a release", "pushes an image"]);

/** True for deliveries, which fail when they were made before: their failure is often tolerated for that. */
export function mayBeDoneAlready({ what }: Judged): boolean {
  return repeatable.has(what);
}
