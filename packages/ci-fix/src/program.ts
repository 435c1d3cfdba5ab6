import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import type { ExitCode } from "./exit-code.ts";
import * as pages from "./help-pages.ts";
import { describeCommand, type HelpPage } from "./help.ts";
import { addCommonOptions, readInvocation, type Invocation } from "./invocation.ts";
import { UsageError } from "./problems.ts";
import { createScanCommand } from "./scan-command.ts";
import { suggest } from "./suggest.ts";
import type { Host } from "./terminal.ts";
import { readVersion } from "./version.ts";

/** What a command does once its arguments are read. */
type Work = (invocation: Invocation) => Promise<ExitCode>;

/** Runs the work of a command and keeps its exit code. */
export type Start = (command: CommandUnknownOpts, work: Work) => Promise<void>;

/** The whole command line. What a command needs is loaded when it runs. */
export function createProgram(host: Host, color: boolean, settle: (code: ExitCode) => void): Command<[string[]]> {
  const start: Start = async (command, work) => settle(await work(readInvocation(command, host)));
  const program = createScanCommand("ci-fix", start)
    .description("Finds CI failures that nobody sees, and repairs each in a commit of its own.")
    .enablePositionalOptions();
  program.addCommand(
    createScanCommand("scan", start).description("what is silently failing here (also without its name)"),
  );
  program.addCommand(createRegisterCommand(start));
  program.addCommand(createRollbackCommand(start));
  program.addCommand(createExplainCommand(start));
  program.helpCommand(false);
  finish(program, host, color, pages.MAIN_PAGE);
  program.version(readVersion(), "-V, --version", "show the version");
  finishAll(program, host, color);
  return program;
}

function createRegisterCommand(start: Start): CommandUnknownOpts {
  const register = new Command("register")
    .description("the risks and their ids: show, update, accept, defer")
    .usage("[…]")
    .argument("[what]", "what to do with the register")
    .action(async (what, _options, command) => {
      if (what !== undefined) throw unknownWord("register", what, command);
      await start(command, async (invocation) =>
        (await import("./commands/register-show.ts")).showRegister(invocation),
      );
    });
  register.addCommand(
    new Command("show")
      .description("the risks and where they stand today (the default)")
      .action(async (_options, command) => {
        await start(command, async (invocation) =>
          (await import("./commands/register-show.ts")).showRegister(invocation),
        );
      }),
  );
  register.addCommand(
    new Command("update")
      .description("give new findings ids, fill in fingerprints, mark what is gone as fixed")
      .option("--milestone <name>", "what new ids start with, such as M04")
      .option("--date <date>", "the day it is done, such as 2026-02-08")
      .action(async (options, command) => {
        await start(command, async (invocation) =>
          (await import("./commands/register-update.ts")).updateRegister(invocation, options),
        );
      }),
  );
  register.addCommand(createSettleCommand("accept", start));
  register.addCommand(createSettleCommand("defer", start));
  return register;
}

/** `accept` and `defer` differ in the one thing a person has to say. */
function createSettleCommand(name: "accept" | "defer", start: Start): CommandUnknownOpts {
  const words =
    name === "accept"
      ? (["--reason <text>", "why it is all right as it is"] as const)
      : (["--until <criteria>", "what must be seen before it is closed"] as const);
  return new Command(name)
    .description(
      name === "accept" ? "settle a risk: it is all right, and this is why" : "put a risk off until something is seen",
    )
    .usage(name === "accept" ? "ID --reason TEXT" : "ID --until TEXT")
    .argument("<id>", "a risk of the register")
    .requiredOption(words[0], words[1])
    .option("--owner <who>", "who answers for it")
    .option("--expires <date>", "the last day it holds, such as 2027-03-01")
    .action(async (id, options: { reason?: string; until?: string; owner?: string; expires?: string }, command) => {
      await start(command, async (invocation) =>
        (await import("./commands/register-settle.ts")).settleRisk(invocation, id, {
          ...options,
          words: options.reason ?? options.until ?? "",
          status: name === "accept" ? "accepted" : "deferred",
        }),
      );
    });
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

const PAGES: Readonly<Record<string, HelpPage>> = {
  scan: pages.SCAN_PAGE,
  register: pages.REGISTER_PAGE,
  show: pages.SHOW_PAGE,
  update: pages.UPDATE_PAGE,
  accept: pages.ACCEPT_PAGE,
  defer: pages.DEFER_PAGE,
  rollback: pages.ROLLBACK_PAGE,
  explain: pages.EXPLAIN_PAGE,
};

function finishAll(command: CommandUnknownOpts, host: Host, color: boolean): void {
  for (const sub of command.commands) {
    finish(sub, host, color, PAGES[sub.name()] ?? pages.MAIN_PAGE);
    finishAll(sub, host, color);
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

function unknownWord(name: string, word: string, command: CommandUnknownOpts): UsageError {
  const known = command.commands.map((sub) => sub.name());
  const meant = suggest(word, known);
  const hint =
    meant === undefined
      ? `there is: ${known.map((each) => `ci-fix ${name} ${each}`).join(", ")}`
      : `did you mean \`ci-fix ${name} ${meant}\`?`;
  return new UsageError(`\`ci-fix ${name}\` has no command "${word}"`, hint);
}
