import type { Shell, Step } from "@ci-fix/workflow";
import type { ShellOptions } from "./model/state.ts";
import { readShellScript, type ShellScript } from "./script.ts";

const known = new WeakMap<Step, { readonly script: ShellScript | undefined }>();

/** The script of a step that bash or sh runs; undefined for other shells, where the shell is not known, and for what does not parse. */
export function shellScriptOf(step: Step): ShellScript | undefined {
  let read = known.get(step);
  if (read === undefined) {
    const options = optionsOf(step.shell);
    const script =
      options === undefined || step.script === undefined ? undefined : readShellScript(step.script.text, options);
    known.set(step, (read = { script }));
  }
  return read.script;
}

/** What a shell starts a script with, if its rules are known. */
export function optionsOf({ name, errexit, pipefail }: Shell): ShellOptions | undefined {
  return name === "bash" || name === "sh" ? { dialect: name, errexit, pipefail } : undefined;
}
