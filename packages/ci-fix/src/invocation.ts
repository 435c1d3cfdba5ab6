import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { ColorChoice } from "@ci-fix/report";
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
  };
}

function folderOf(host: Host, given: string | undefined): string {
  if (given === undefined) return resolve(host.cwd());
  const directory = resolve(host.cwd(), given);
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) return directory;
  throw new UsageError(`there is no folder "${given}"`, "give an existing folder with -C");
}
