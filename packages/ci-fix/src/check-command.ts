import { Command, Option, type CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Start } from "./program.ts";

const FORMATS = ["text", "json", "github", "markdown"] as const;

/** What can be said on the command line of a check. */
export interface CheckCommandOptions {
  readonly base?: string;
  readonly head?: true;
  readonly format?: (typeof FORMATS)[number];
}

/** `ci-fix check`, the gate. */
export function createCheckCommand(start: Start): CommandUnknownOpts {
  return new Command("check")
    .description("the gate for CI: nothing new fails silently")
    .option("--base <rev>", "compare with this commit; default: where HEAD parted from the default branch")
    .option("--head", "look at the last commit instead of the files on disk")
    .addOption(new Option("--format <format>", "text, json, github (annotations) or markdown").choices(FORMATS))
    .action(async (options: CheckCommandOptions, command) => {
      await start(command, async (invocation) =>
        (await import("./commands/check.ts")).checkChange(invocation, options),
      );
    });
}
