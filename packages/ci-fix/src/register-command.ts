import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { UsageError } from "./problems.ts";
import type { Start } from "./program.ts";

/** `ci-fix register` and what stands below it. */
export function createRegisterCommand(start: Start): CommandUnknownOpts {
  const register = new Command("register")
    .description("the risks and their ids: show, update, accept, defer")
    .usage("[…]")
    .argument("[what]", "what to do with the register")
    .action(async (what, _options, command) => {
      if (what !== undefined) throw await unknownWord("register", what, command);
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

async function unknownWord(name: string, word: string, command: CommandUnknownOpts): Promise<UsageError> {
  const { suggest } = await import("@ci-fix/codemod");
  const known = command.commands.map((sub) => sub.name());
  const meant = suggest(word, known);
  const hint =
    meant === undefined
      ? `there is: ${known.map((each) => `ci-fix ${name} ${each}`).join(", ")}`
      : `did you mean \`ci-fix ${name} ${meant}\`?`;
  return new UsageError(`\`ci-fix ${name}\` has no command "${word}"`, hint);
}
