import { openRepository } from "@ci-fix/git";
import { planStatusChange, type StatusChange, type StatusRefusalCode } from "@ci-fix/register";
import { visible } from "@ci-fix/report/text";
import { loadRegister, registerPath } from "@ci-fix/runner";
import { readDate } from "../dates.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { CommandError, UsageError } from "../problems.ts";
import { requireWorkTree, writeRegister } from "./register-file.ts";

/** What a person says about a risk. `words` are the justification or the exit criteria. */
export interface Decision {
  readonly status: "accepted" | "deferred";
  readonly words: string;
  readonly owner?: string;
  readonly expires?: string;
}

const EXITS: Readonly<Record<StatusRefusalCode, ExitCode>> = {
  "unreadable-register": EXIT.failed,
  "unknown-risk": EXIT.usage,
  "bad-value": EXIT.usage,
  "edit-refused": EXIT.refused,
};

/** Writes down that a risk is accepted or deferred. */
export async function settleRisk(
  { directory, terminal }: Invocation,
  id: string,
  decision: Decision,
): Promise<ExitCode> {
  const repository = await openRepository(directory).catch(() => undefined);
  requireWorkTree(repository);
  const root = repository?.root ?? directory;
  const before = (await loadRegister(root))?.bytes;
  if (before === undefined)
    throw new UsageError("there is no register yet", "ci-fix register update makes one and gives each finding an id");
  const result = planStatusChange(before, id, toChange(decision));
  if (!result.ok) {
    const code = `CI_FIX_${result.code.toUpperCase().replaceAll("-", "_")}` as const;
    throw new CommandError(code, EXITS[result.code], result.message, {
      file: registerPath,
      line: result.line,
      hint: "ci-fix register lists the risks",
    });
  }
  const written = await writeRegister(root, before, result.bytes);
  terminal.print(
    written
      ? `${visible(id)} is ${decision.status}\n`
      : `${terminal.style.paint("success", "nothing to do")}: ${visible(id)} is ${decision.status} already\n`,
  );
  return EXIT.done;
}

function toChange({ status, words, owner, expires }: Decision): StatusChange {
  const more = {
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires: readDate(expires).day }),
  };
  return status === "accepted" ? { status, justification: words, ...more } : { status, exitCriteria: words, ...more };
}
