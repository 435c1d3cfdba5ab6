import { suggest } from "@ci-fix/codemod";
import type { Selection } from "@ci-fix/runner";
import { UsageError } from "../problems.ts";
import type { ScanCommandOptions } from "../scan-command.ts";

/** What to do with the chosen fixes. */
export type Mode = "preview" | "write" | "commit" | "patch";

/** What the options choose; undefined for a plain scan. Rejects combinations that make no sense. */
export function readSelection(
  options: ScanCommandOptions,
  classes: readonly string[],
): { selection: Selection; mode: Mode } | undefined {
  const modes = (["write", "commit", "patch"] as const).filter((mode) => options[mode] === true);
  const [mode = "preview", second] = modes;
  if (second !== undefined) throw new UsageError(`--${mode} and --${second} exclude each other`, "give one of them");
  if (mode !== "commit") {
    if (options.runHooks === true) throw new UsageError("--run-hooks goes with --commit");
    if (options.sign === true) throw new UsageError("--sign goes with --commit");
  }
  const chosen = [options.risk && "--risk", options.class && "--class", options.all && "--all"].filter(
    (name) => name !== undefined,
  );
  if (chosen.length > 1 && chosen.includes("--risk"))
    throw new UsageError(`${chosen.join(" and ")} exclude each other`, "name the risks, or a class, or all");
  if (chosen.length === 0) {
    if (mode !== "preview")
      throw new UsageError(
        `--${mode} needs to know what to fix`,
        `ci-fix --risk ID --${mode}, or --class CLASS, or --all`,
      );
    if (options.includeReview === true) throw new UsageError("--include-review goes with --class or --all");
    return undefined;
  }
  const { format = "text" } = options;
  if (format !== "text" && mode !== "preview")
    throw new UsageError(
      `--format ${format} does not go with --${mode}`,
      `run ci-fix --format ${format} before or after it`,
    );
  requireValues(options.risk, "--risk", "an id, such as M03-R04");
  requireValues(options.class, "--class", `a class: ${classes.join(", ")}`);
  requireKnownClasses(options.class ?? [], classes);
  const selection: Selection = {
    ...(options.risk === undefined ? {} : { ids: [...new Set(options.risk)] }),
    ...(options.class === undefined ? {} : { classes: options.class }),
    all: options.all === true,
    includeReview: options.includeReview === true,
  };
  return { selection, mode };
}

function requireValues(values: readonly string[] | undefined, option: string, what: string): void {
  if (values?.length === 0) throw new UsageError(`${option} is empty`, `it wants ${what}`);
}

function requireKnownClasses(wanted: readonly string[], known: readonly string[]): void {
  for (const name of wanted) {
    if (known.includes(name)) continue;
    const meant = suggest(name, known);
    throw new UsageError(
      `there is no class "${name}"`,
      meant === undefined ? `the classes are ${known.join(", ")}` : `did you mean ${meant}?`,
    );
  }
}
