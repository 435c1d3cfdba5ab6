import type { YamlMap } from "@ci-fix/yaml-editor";
import { entryOf, mapOf, textOf } from "./nodes.ts";
import { runsOnWindows } from "./runner-system.ts";
import type { Shell, ShellName } from "./types.ts";

/**
 * What the runner fills in for the names it knows.
 * Source: workflow syntax, `jobs.<job_id>.steps[*].shell`, and `ScriptHandlerHelpers` of the runner.
 */
const templates: ReadonlyMap<string, string> = new Map([
  ["bash", "bash --noprofile --norc -eo pipefail {0}"],
  ["sh", "sh -e {0}"],
  ["pwsh", `pwsh -command ". '{0}'"`],
  ["powershell", `powershell -command ". '{0}'"`],
  ["cmd", `cmd /D /E:ON /V:OFF /S /C "CALL "{0}""`],
  ["python", "python {0}"],
]);

const posix: ReadonlySet<ShellName> = new Set(["bash", "sh"]);

/** The shell of a step, decided by the step, the defaults of its job, those of the workflow, or the runner. */
export function shellOf(step: YamlMap | undefined, fallback: Shell): Shell {
  const written = textOf(step, "shell");
  return written === undefined ? fallback : shellFrom(written, "step");
}

/** What a step of this job gets that names no shell itself. */
export function defaultShell(root: YamlMap | undefined, job: YamlMap | undefined): Shell {
  const ofJob = textOf(mapOf(mapOf(job, "defaults"), "run"), "shell");
  if (ofJob !== undefined) return shellFrom(ofJob, "job");
  const ofWorkflow = textOf(mapOf(mapOf(root, "defaults"), "run"), "shell");
  if (ofWorkflow !== undefined) return shellFrom(ofWorkflow, "workflow");
  return runnerShell(job);
}

/** Defaults do not reach into composite actions, where a shell must be named. */
export const unknownShell: Shell = { name: "unknown", template: "", pipefail: false, errexit: false, from: "runner" };

function shellFrom(written: string, from: Shell["from"]): Shell {
  const text = written.trim();
  if (text === "" || text.includes("${{")) return { ...unknownShell, template: text, from };
  const template = templates.get(text.toLowerCase()) ?? text;
  return described(template, from);
}

function runnerShell(job: YamlMap | undefined): Shell {
  // In a container the runner asks for `sh` and does not look for bash.
  if (entryOf(job, "container") !== undefined) return described("sh -e {0}", "runner");
  const windows = runsOnWindows(job);
  if (windows === undefined) return unknownShell;
  return windows ? described(`pwsh -command ". '{0}'"`, "runner") : described("bash -e {0}", "runner");
}

function described(template: string, from: Shell["from"]): Shell {
  const [program = "", ...options] = template.split(/\s+/u);
  const name = programName(program);
  if (!posix.has(name)) return { name, template, pipefail: false, errexit: false, from };
  return {
    name,
    template,
    pipefail: hasOption(options, "", "pipefail"),
    errexit: hasOption(options, "e", "errexit"),
    from,
  };
}

function programName(program: string): ShellName {
  const base = program
    .replace(/^.*[\\/]/u, "")
    .replace(/\.exe$/iu, "")
    .toLowerCase();
  if (base === "python3") return "python";
  return templates.has(base) ? (base as ShellName) : "custom";
}

function hasOption(options: readonly string[], letter: string, long: string): boolean {
  let on = false;
  for (const [index, option] of options.entries()) {
    const letters = /^([-+])([a-zA-Z]+)$/u.exec(option);
    if (letters === null) continue;
    const [, sign, flags = ""] = letters;
    const named = flags.endsWith("o") && options[index + 1] === long;
    if (named || (letter !== "" && flags.includes(letter))) on = sign === "-";
  }
  return on;
}
