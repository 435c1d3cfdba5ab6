import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { ColorChoice } from "@ci-fix/report/text";
import { Option, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { UsageError } from "./problems.ts";
import { createTerminal, type Host, type Terminal } from "./terminal.ts";

/** What every command is called with. */
export interface Invocation {
  readonly host: Host;
  readonly terminal: Terminal;
  /** Absolute: `-C`, else the current folder. */
  readonly directory: string;
  /** The same as it was given. */
  readonly folder: string | undefined;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/** The options that every command has. */
export function addCommonOptions(command: CommandUnknownOpts): void {
  command
    .optionsGroup("Everywhere")
    .option("-C <dir>", "work in that folder instead of this one")
    .addOption(
      new Option("--color <when>", "auto, always or never; NO_COLOR works too").choices(["auto", "always", "never"]),
    )
    .option("--verbose", "show more: what is kept and why, in full")
    .option("--quiet", "no notes; data and errors only")
    .helpOption("-h, --help", "show this help");
}

/** Reads them, from whichever side of the command's name they were given. */
export function readInvocation(command: CommandUnknownOpts, host: Host): Invocation {
  const options: { C?: string; color?: ColorChoice; verbose?: boolean; quiet?: boolean } = command.optsWithGlobals();
  return {
    host,
    terminal: createTerminal(host, { color: options.color ?? "auto", quiet: options.quiet === true }),
    directory: folderOf(host, options.C),
    folder: options.C,
    verbose: options.verbose === true,
    quiet: options.quiet === true,
  };
}

/** By the names that commander gives them. */
const COMMON: readonly string[] = ["C", "color", "verbose", "quiet", "version"];

/** `ci-fix --date X rollback ID` would give the date to a scan that does not run. */
export function requireOwnOptions(command: CommandUnknownOpts): void {
  const names = [command.name()];
  let program = command;
  for (let above = command.parent; above !== null; above = above.parent) {
    names.unshift(above.name());
    program = above;
  }
  if (program === command || names[1] === "scan") return;
  const given = program.opts();
  const foreign = program.options.find((option) => {
    const name = option.attributeName();
    return !COMMON.includes(name) && given[name] !== undefined;
  });
  if (foreign === undefined) return;
  const called = names.join(" ");
  throw new UsageError(
    `${foreign.long ?? foreign.flags} stands before the command`,
    `what it takes goes behind its name: ${called} --help`,
  );
}

function folderOf(host: Host, given: string | undefined): string {
  if (given === undefined) return resolve(host.cwd());
  const directory = resolve(host.cwd(), given);
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) return directory;
  throw new UsageError(`there is no folder "${given}"`, "give an existing folder with -C");
}
