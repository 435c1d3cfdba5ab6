import { readCompletionScript, type Shell } from "../completion-script.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";

/** Prints the script that teaches a shell to complete. */
export async function printCompletion({ terminal }: Invocation, shell: Shell): Promise<ExitCode> {
  terminal.print(readCompletionScript(shell));
  return EXIT.done;
}
