import { Command, Option, type CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Start } from "./program.ts";

const FORMATS = ["markdown", "json", "html"] as const;

/** What can be said on the command line of an audit. */
export interface AuditCommandOptions {
  readonly base?: string;
  readonly milestone?: string;
  readonly date?: string;
  readonly repository?: string;
  readonly required?: readonly string[];
  readonly format?: (typeof FORMATS)[number];
  readonly out?: string;
  readonly record?: true;
  readonly title?: string;
}

/** `ci-fix audit`, the report that people keep. */
export function createAuditCommand(start: Start): CommandUnknownOpts {
  return new Command("audit")
    .description("the report on all of CI, or on what a milestone changed")
    .option("--base <rev>", "the delta audit: from this commit to HEAD; without it, all of CI as it is on disk")
    .option("--milestone <name>", "such as M04; default: the policy's, else the register's newest")
    .option("--date <date>", "the day of the audit, such as 2026-02-08; default: today")
    .option("--repository <name>", "owner/name upstream; default: the one that the workflows' guards name")
    .option("--required <checks...>", "job ids of the required checks")
    .addOption(new Option("--format <format>", "markdown, json or html (one page)").choices(FORMATS))
    .option("--out <file>", "write it to that file instead of stdout")
    .option("--record", "keep scores, invariants and deferrals in .ci-fix/milestones")
    .option("--title <text>", "what the milestone is called; --record keeps it")
    .action(async (options: AuditCommandOptions, command) => {
      await start(command, async (invocation) => (await import("./commands/audit.ts")).audit(invocation, options));
    });
}
