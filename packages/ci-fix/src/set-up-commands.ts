import { Argument, Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { SHELLS } from "./completion-script.ts";
import type { Start } from "./program.ts";

/** `ci-fix init`. */
export function createInitCommand(start: Start): CommandUnknownOpts {
  return new Command("init")
    .description("write a policy, .ci-fix.yml, from what is found here")
    .option("--print", "print it instead; nothing is written")
    .action(async (options, command) => {
      await start(command, async (invocation) => (await import("./commands/init.ts")).initPolicy(invocation, options));
    });
}

/** `ci-fix lsp`. */
export function createLspCommand(start: Start): CommandUnknownOpts {
  return new Command("lsp")
    .description("the language server for editors, on stdin and stdout")
    .option("--stdio", "for editors that say so; there is no other way")
    .action(async (_options, command) => {
      await start(command, async (invocation) => (await import("./commands/lsp.ts")).serveEditor(invocation));
    });
}

/** `ci-fix completion`. */
export function createCompletionCommand(start: Start): CommandUnknownOpts {
  return new Command("completion")
    .description("the script that lets a shell complete commands, ids and classes")
    .usage("SHELL")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action(async (shell, _options, command) => {
      await start(command, async (invocation) =>
        (await import("./commands/completion.ts")).printCompletion(invocation, shell),
      );
    });
}

/** `ci-fix complete -- WORDS…`, which those scripts call. */
export function createCompleteCommand(start: Start): CommandUnknownOpts {
  const complete = new Command("complete")
    .description("what can come next on a command line; shells call it")
    .usage("-- WORDS…")
    .argument("[words...]", "what was typed behind the program's name, up to the cursor");
  return complete.action(async (words, _options, command) => {
    await start(command, async (invocation) =>
      (await import("./commands/complete.ts")).complete(invocation, command.parent ?? command, words),
    );
  });
}
