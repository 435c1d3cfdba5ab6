import { Command, Option } from "@commander-js/extra-typings";
import { collect } from "./lists.ts";
import type { Start } from "./program.ts";

/** How findings are told; the first is for people. */
export const FORMATS = ["text", "json", "sarif", "github", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

const FAIL_ON = ["critical", "high", "medium", "low", "none"] as const;

/** What can be said on the command line of a scan. */
export interface ScanCommandOptions {
  readonly risk?: readonly string[];
  readonly class?: readonly string[];
  readonly all?: true;
  readonly includeReview?: true;
  readonly write?: true;
  readonly commit?: true;
  readonly patch?: true;
  readonly format?: Format;
  readonly failOn?: (typeof FAIL_ON)[number];
  readonly milestone?: string;
  readonly date?: string;
  readonly runHooks?: true;
  readonly sign?: true;
}

/** The same command stands under two names: none, and `scan`. */
export function createScanCommand(name: string, start: Start): Command<[string[]]> {
  const command = new Command(name).argument(
    "[paths...]",
    "files or folders; without any, all CI files of the repository",
  );
  command
    .optionsGroup("Fixes (shown as a diff, unless you say what to do with them)")
    .option("--risk <ids>", "these risks of the register: M03-R04 or M03-R01,M03-R02", collect)
    .option("--class <classes>", "all open risks of these classes", collect)
    .option("--all", "all open risks")
    .option("--include-review", "with --class or --all: also fixes that want a review")
    .option("--write", "change the files, commit nothing")
    .option("--commit", "make one commit for each risk")
    .option("--patch", "print a patch for `git apply`")
    .optionsGroup("How a commit is made")
    .option("--date <date>", "date of notes and commits: 2026-02-08T10:30:00+01:00")
    .option("--milestone <name>", "milestone named in notes, such as M04")
    .option("--run-hooks", "run the repository's commit hooks")
    .option("--sign", "sign the commits")
    .optionsGroup("Report")
    .addOption(new Option("--format <format>", "text, json, sarif, github (annotations) or markdown").choices(FORMATS))
    .addOption(
      new Option("--fail-on <severity>", "exit 1 from this severity on (default: low), or none").choices(FAIL_ON),
    );
  command.usage("[paths…]").action(async (paths, _options, self) => {
    const options: ScanCommandOptions = self.optsWithGlobals();
    await start(self, async (invocation) => (await import("./commands/scan.ts")).runScan(invocation, paths, options));
  });
  return command;
}
