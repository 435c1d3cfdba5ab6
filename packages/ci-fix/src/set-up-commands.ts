import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
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
