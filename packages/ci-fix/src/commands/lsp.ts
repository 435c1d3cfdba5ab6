import { serve } from "@ci-fix/language-server";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { readVersion } from "../version.ts";

/** Serves an editor until it says that it is done. */
export async function serveEditor({ terminal }: Invocation): Promise<ExitCode> {
  if (process.stdin.isTTY)
    terminal.note("waiting for an editor that speaks the Language Server Protocol; Ctrl+C ends it");
  serve(process.stdin, process.stdout, readVersion());
  return EXIT.done;
}
