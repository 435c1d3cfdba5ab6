import { Command, Option, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { createAuditCommand } from "./audit-command.ts";
import { createBatchCommand, createWorkerCommand } from "./batch-command.ts";
import * as batchPages from "./batch-help-pages.ts";
import { createCheckCommand } from "./check-command.ts";
import type { ExitCode } from "./exit-code.ts";
import * as pages from "./help-pages.ts";
import { describeCommand, type HelpPage } from "./help.ts";
import { addCommonOptions, readInvocation, requireOwnOptions, type Invocation } from "./invocation.ts";
import { createRegisterCommand } from "./register-command.ts";
import { createScanCommand } from "./scan-command.ts";
import {
  createCompleteCommand,
  createCompletionCommand,
  createInitCommand,
  createLspCommand,
} from "./set-up-commands.ts";
import type { Host } from "./terminal.ts";
import { readVersion } from "./version.ts";

/** What a command does once its arguments are read. */
type Work = (invocation: Invocation) => Promise<ExitCode>;

/** Runs the work of a command and keeps its exit code. */
export type Start = (command: CommandUnknownOpts, work: Work) => Promise<void>;

/** The whole command line. What a command needs is loaded when it runs. */
export function createProgram(host: Host, color: boolean, settle: (code: ExitCode) => void): Command<[string[]]> {
  const start: Start = async (command, work) => {
    requireOwnOptions(command);
    settle(await work(readInvocation(command, host)));
  };
  const program = createScanCommand("ci-fix", start)
    .description("Finds CI failures that nobody sees, and repairs each in a commit of its own.")
    .enablePositionalOptions();
  program.addCommand(createScanCommand("scan", start).description("what is silently failing here (the default)"));
  program.addCommand(createCheckCommand(start));
  program.addCommand(createRegisterCommand(start));
  program.addCommand(createRollbackCommand(start));
  program.addCommand(createProveCommand(start));
  program.addCommand(createAuditCommand(start));
  program.addCommand(createBatchCommand(start));
  // For machines; the page of `batch` tells of it.
  program.addCommand(createWorkerCommand(start), { hidden: true });
  program.addCommand(createExplainCommand(start));
  program.addCommand(createInitCommand(start));
  // People call these once or never: the list of commands does without them.
  program.addCommand(createCompletionCommand(start), { hidden: true });
  program.addCommand(createCompleteCommand(start), { hidden: true });
  program.addCommand(createLspCommand(start), { hidden: true });
  program.helpCommand(false);
  finish(program, host, color, pages.MAIN_PAGE);
  program.version(readVersion(), "-V, --version", "show the version");
  finishAll(program, host, color);
  return program;
}

function createRollbackCommand(start: Start): CommandUnknownOpts {
  return new Command("rollback")
    .description("take a fix back, whatever came after it")
    .usage("ID[,ID…]")
    .argument("<ids...>", "risks that were fixed")
    .option("--commit", "make the commit; without it the diff is shown")
    .option("--date <date>", "date of the commit, such as 2026-02-08T10:30:00+01:00")
    .option("--run-hooks", "run the repository's commit hooks")
    .option("--sign", "sign the commit")
    .action(async (ids, options, command) => {
      await start(command, async (invocation) =>
        (await import("./commands/rollback.ts")).rollBack(invocation, ids, options),
      );
    });
}

function createExplainCommand(start: Start): CommandUnknownOpts {
  return new Command("explain")
    .description("what a class of silent failure is, and what the fix does")
    .usage("[CLASS]")
    .argument("[class]", "a class, such as soft-fail-step")
    .action(async (name, _options, command) => {
      await start(command, async (invocation) => (await import("./commands/explain.ts")).explain(invocation, name));
    });
}

function createProveCommand(start: Start): CommandUnknownOpts {
  return new Command("prove")
    .description("what a fix changes in a run, before it lands or after")
    .usage("ID[,ID…]")
    .argument("[words...]", "risks; with --check the files before and after")
    .addOption(new Option("--format <format>", "text, json or markdown").choices(["text", "json", "markdown"] as const))
    .option("--repository <name>", "owner/name of the repository in which it would be seen")
    .option("--required <checks...>", "job ids of the required checks")
    .option("--replay", "also run the changed scripts in a shell, with stubs for all programs")
    .option("--check <certificate>", "verify a certificate against the two files")
    .action(async (words, { check, ...options }, command) => {
      await start(command, async (invocation) =>
        check === undefined
          ? (await import("./commands/prove.ts")).prove(invocation, words, options)
          : (await import("./commands/prove-check.ts")).checkProof(invocation, check, words),
      );
    });
}

const PAGES: Readonly<Record<string, HelpPage>> = {
  scan: pages.SCAN_PAGE,
  check: pages.CHECK_PAGE,
  register: pages.REGISTER_PAGE,
  show: pages.SHOW_PAGE,
  update: pages.UPDATE_PAGE,
  accept: pages.ACCEPT_PAGE,
  defer: pages.DEFER_PAGE,
  rollback: pages.ROLLBACK_PAGE,
  prove: pages.PROVE_PAGE,
  audit: pages.AUDIT_PAGE,
  explain: pages.EXPLAIN_PAGE,
  init: pages.INIT_PAGE,
  lsp: pages.LSP_PAGE,
  completion: pages.COMPLETION_PAGE,
  complete: pages.COMPLETE_PAGE,
  worker: batchPages.WORKER_PAGE,
  batch: batchPages.BATCH_PAGE,
  "batch plan": batchPages.BATCH_PLAN_PAGE,
  "batch preview": batchPages.BATCH_PREVIEW_PAGE,
  "batch apply": batchPages.BATCH_APPLY_PAGE,
  "batch status": batchPages.BATCH_STATUS_PAGE,
  "batch retry": batchPages.BATCH_RETRY_PAGE,
  "batch rollback": batchPages.BATCH_ROLLBACK_PAGE,
  "batch close": batchPages.BATCH_CLOSE_PAGE,
};

function finishAll(command: CommandUnknownOpts, host: Host, color: boolean, above = ""): void {
  for (const sub of command.commands) {
    const name = `${above}${sub.name()}`;
    finish(sub, host, color, PAGES[name] ?? PAGES[sub.name()] ?? pages.MAIN_PAGE);
    finishAll(sub, host, color, `${name} `);
  }
}

/** What is not inherited: how help looks, where it goes, and that commander never ends the process. */
function finish(command: CommandUnknownOpts, host: Host, color: boolean, page: HelpPage): void {
  addCommonOptions(command);
  describeCommand(command, color, page);
  command
    .exitOverride()
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: () => {},
      getOutHasColors: () => true,
    });
}
