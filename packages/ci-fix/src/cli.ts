import { wantsColor, type ColorChoice } from "@ci-fix/report/text";
import { CommanderError } from "@commander-js/extra-typings";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { COMMANDS } from "./help-pages.ts";
import { explainError, UsageError } from "./problems.ts";
import { createProgram } from "./program.ts";
import { createTerminal, ignoreClosedPipes, type Host } from "./terminal.ts";

/** Runs one command line (without the program's own name) and gives the exit code. Never rejects. */
export async function run(args: readonly string[], host: Host): Promise<ExitCode> {
  ignoreClosedPipes(host);
  const color = colorChoice(args);
  let code: ExitCode = EXIT.done;
  const program = createProgram(host, wantsColor(color, host.env, host.stdout.isTTY === true), (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.done;
    const error = thrown instanceof CommanderError ? asUsageError(thrown, args) : thrown;
    if (host.env["CI_FIX_DEBUG"] === "1" && error instanceof Error) host.stderr.write(`${error.stack ?? ""}\n`);
    const { problem, exitCode } = explainError(error);
    createTerminal(host, { color, quiet: false }).report(problem);
    return exitCode;
  }
}

/** Errors and help are shown before the options are known, so this one is looked up by hand. */
function colorChoice(args: readonly string[]): ColorChoice {
  const at = args.findIndex((arg) => arg === "--color" || arg.startsWith("--color="));
  const value = args[at]?.split("=")[1] ?? args[at + 1];
  return at !== -1 && (value === "always" || value === "never") ? value : "auto";
}

/** `error: unknown option '--rsik'\n(Did you mean --risk?)` becomes a message and a hint. */
function asUsageError(error: CommanderError, args: readonly string[]): UsageError {
  const [message = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  const meant = suggestion?.replace(/^\(Did you mean (.*)\?\)$/, "did you mean $1?");
  const command = args.find((arg) => COMMANDS.includes(arg));
  return new UsageError(
    message,
    meant ?? `ci-fix ${command === undefined ? "" : `${command} `}--help shows how to call it`,
  );
}
