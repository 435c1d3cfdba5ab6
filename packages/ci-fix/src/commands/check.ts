import { check } from "@ci-fix/runner";
import type { CheckCommandOptions } from "../check-command.ts";
import { today } from "../dates.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { UsageError } from "../problems.ts";
import { renderCheckAnnotations } from "./check-github.ts";
import { renderCheckJson } from "./check-json.ts";
import { renderCheckMarkdown } from "./check-markdown.ts";
import { renderCheck } from "./check-text.ts";
import { shownRoot } from "./survey-notes.ts";

/** Tells what a change does to the silent failures of a repository; 1 where it adds some. */
export async function checkChange(invocation: Invocation, options: CheckCommandOptions): Promise<ExitCode> {
  const { terminal, host, directory } = invocation;
  if (options.base?.trim() === "") throw new UsageError("--base is empty", "it wants a revision, such as origin/main");
  const target = host.env["GITHUB_BASE_REF"];
  const result = await check({
    directory,
    at: options.head === true ? "head" : "work-tree",
    ...(options.base === undefined ? {} : { base: options.base }),
    branches: target ? [`origin/${target}`] : [],
  });
  if (result.sameCommit)
    terminal.note(`HEAD is the base itself (${result.base.name}): only what is not committed can be new`);
  if (options.format === "markdown") terminal.print(renderCheckMarkdown(result, today()));
  else if (options.format === "json") terminal.print(renderCheckJson(result, shownRoot(invocation, result)));
  else if (options.format === "github") terminal.print(renderCheckAnnotations(result));
  else {
    for (const { code, message, file, line } of result.unreadable)
      terminal.report({ level: "error", code, message, file, line });
    terminal.print(renderCheck(result, terminal.style));
  }
  return result.passes ? EXIT.done : EXIT.found;
}
