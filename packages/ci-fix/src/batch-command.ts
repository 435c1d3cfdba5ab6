import { Command, InvalidArgumentError, Option, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { collect } from "./lists.ts";
import type { Start } from "./program.ts";

/** Which campaign, and where its ledger is. */
export interface CampaignOptions {
  readonly campaign?: string;
  readonly state?: string;
  readonly database?: string;
  readonly jobs?: number;
}

export interface BatchPlanOptions extends CampaignOptions {
  readonly repos?: readonly string[];
  readonly owner?: readonly string[];
  readonly topic?: readonly string[];
  readonly search?: readonly string[];
  readonly host?: string;
  readonly forks?: true;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly class?: readonly string[];
  readonly includeReview?: true;
  readonly milestone?: string;
  readonly date?: string;
  readonly branch?: string;
  readonly timeLimit?: number;
  readonly diskLimit?: number;
  readonly perHost?: number;
  readonly perOrganisation?: number;
  readonly draft?: true;
  readonly label?: readonly string[];
  readonly reviewer?: readonly string[];
  readonly template?: string;
}

/** How far repositories are taken. */
export interface ReachOptions {
  readonly commit?: true;
  readonly push?: true;
  readonly pr?: true;
}

export interface BatchStatusOptions extends CampaignOptions {
  readonly only?: readonly string[];
  readonly format?: "text" | "json" | "jsonl";
  readonly html?: string;
  readonly refresh?: true;
}

/** Words of a search may hold commas. */
function whole(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}

function addCampaignOptions(command: CommandUnknownOpts): void {
  command
    .optionsGroup("Campaign")
    .option("--campaign <name>", "which campaign (default: default)")
    .option("--state <dir>", "folder of the ledger (default: ~/.local/state/ci-fix)")
    .option("--database <url>", "a Postgres for many machines; better in CI_FIX_DATABASE")
    .option("--jobs <number>", "repositories worked on at a time (default: 8)", positive);
}

function addReachOptions(command: CommandUnknownOpts, what: string): void {
  command
    .option("--commit", `${what}: a branch in local clones`)
    .option("--push", `${what}, and push the branch`)
    .option("--pr", `${what}, push, and open a pull request`);
}

/** Many repositories. What a command needs is loaded when it runs. */
export function createBatchCommand(start: Start): CommandUnknownOpts {
  const batch = new Command("batch").description("many repositories: plan, look, land, and take back").usage("COMMAND");
  batch.action(async (_options, command) => {
    await start(command, async ({ host }) => {
      host.stdout.write(command.helpInformation());
      return 0;
    });
  });
  for (const command of [
    plan(start),
    preview(start),
    apply(start),
    status(start),
    retry(start),
    rollback(start),
    close(start),
  ]) {
    addCampaignOptions(command);
    batch.addCommand(command);
  }
  return batch;
}

function plan(start: Start): CommandUnknownOpts {
  return new Command("plan")
    .description("scan repositories and plan their fixes; writes nothing but the ledger")
    .usage("[folders…] [--repos FILE]")
    .argument("[sources...]", "folders or addresses; without any, those of the campaign again")
    .optionsGroup("Which repositories")
    .option("--repos <file>", "a list: a path or an address a line; - for stdin", collect)
    .option("--owner <names>", "all repositories of an organisation or a user", collect)
    .option("--topic <topics>", "all repositories with a topic", collect)
    .option("--search <words>", "what the host's search finds", whole)
    .option("--host <host>", "the host of --owner, --topic, --search (default: github.com)")
    .option("--forks", "forks, too")
    .option("--include <globs>", "only these names, such as acme/app-*", collect)
    .option("--exclude <globs>", "not these names", collect)
    .optionsGroup("Which fixes, and how they are made (kept for the whole campaign)")
    .option("--class <classes>", "only risks of these classes", collect)
    .option("--include-review", "also fixes that want a review")
    .option("--milestone <name>", "what ids start with (default: M01)")
    .option("--date <date>", "date of notes and commits (default: today)")
    .option("--branch <name>", "the branch that is made (default: ci-fix/MILESTONE)")
    .option("--draft", "open pull requests as drafts")
    .option("--label <labels>", "labels of pull requests", collect)
    .option("--reviewer <names>", "reviewers of pull requests", collect)
    .option("--template <file>", "text of pull requests, with {changes} in it")
    .optionsGroup("Limits")
    .option("--time-limit <seconds>", "for each repository (default: 600)", positive)
    .option("--disk-limit <megabytes>", "for each repository (default: 1024)", positive)
    .option("--per-host <number>", "at a time on one host, by all workers (default: 16)", positive)
    .option("--per-organisation <number>", "at a time in one organisation (default: 16)", positive)
    .action(async (sources, options, command) => {
      await start(command, async (invocation) =>
        (await import("./commands/batch/plan.ts")).planBatch(invocation, sources, options),
      );
    });
}

function preview(start: Start): CommandUnknownOpts {
  return new Command("preview")
    .description("the diffs, each once for all repositories that have it")
    .usage("[--risk ID]")
    .option("--risk <ids>", "only these risks", collect)
    .action(async (options, command) => {
      await start(command, async (invocation) =>
        (await import("./commands/batch/preview.ts")).previewBatch(invocation, options),
      );
    });
}

function apply(start: Start): CommandUnknownOpts {
  const command = new Command("apply")
    .description("land what is planned: one branch a repository, one commit a risk")
    .usage("--commit | --push | --pr");
  addReachOptions(command, "make the commits");
  return command.action(async (options, self) => {
    await start(self, async (invocation) =>
      (await import("./commands/batch/apply.ts")).applyBatch(invocation, options),
    );
  });
}

function status(start: Start): CommandUnknownOpts {
  return new Command("status")
    .description("where each repository stands, and why")
    .usage("[--only STATE]")
    .option("--only <states>", "repositories in these states: failed,blocked", collect)
    .addOption(
      new Option("--format <format>", "text, json, or jsonl (every change of state)").choices([
        "text",
        "json",
        "jsonl",
      ] as const),
    )
    .option("--html <file>", "write the page of the campaign")
    .option("--refresh", "ask what became of the pull requests first")
    .action(async (options, command) => {
      await start(command, async (invocation) =>
        (await import("./commands/batch/status.ts")).showStatus(invocation, options),
      );
    });
}

function retry(start: Start): CommandUnknownOpts {
  return new Command("retry")
    .description("try again what failed, and nothing else")
    .usage("[--blocked]")
    .option("--blocked", "also what was blocked by a permission or a rule")
    .action(async (options, command) => {
      await start(command, async (invocation) =>
        (await import("./commands/batch/apply.ts")).retryBatch(invocation, options),
      );
    });
}

function rollback(start: Start): CommandUnknownOpts {
  const command = new Command("rollback")
    .description("take risks back in every repository in which they landed")
    .usage("ID[,ID…]")
    .argument("<ids...>", "risks that were fixed");
  addReachOptions(command, "make the commits");
  return command.action(async (ids, options, self) => {
    await start(self, async (invocation) =>
      (await import("./commands/batch/rollback.ts")).rollBackBatch(invocation, ids, options),
    );
  });
}

function close(start: Start): CommandUnknownOpts {
  return new Command("close")
    .description("close the pull requests and remove the branches of the campaign")
    .usage("[--push]")
    .option("--push", "do it; without it they are listed")
    .option("--why <text>", "what the pull requests are told")
    .action(async (options, command) => {
      await start(command, async (invocation) =>
        (await import("./commands/batch/close.ts")).closeBatch(invocation, options),
      );
    });
}

/** A machine that helps with the campaigns of a database. */
export function createWorkerCommand(start: Start): CommandUnknownOpts {
  const command = new Command("worker")
    .description("help with the campaigns of a Postgres, on any number of machines")
    .usage("--database URL")
    .option("--drain", "end when nothing is left to do")
    .option("--state <dir>", "folder for copies (default: ~/.local/state/ci-fix)")
    .option("--database <url>", "the Postgres; better in CI_FIX_DATABASE")
    .option("--jobs <number>", "repositories worked on at a time (default: 8)", positive);
  return command.action(async (options, self) => {
    await start(self, async (invocation) =>
      (await import("./commands/batch/worker.ts")).runWorker(invocation, options),
    );
  });
}
