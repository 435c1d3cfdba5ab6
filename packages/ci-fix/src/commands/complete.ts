import { resolve } from "node:path";
import { openRepository } from "@ci-fix/git";
import { visible } from "@ci-fix/report/text";
import { loadRegister } from "@ci-fix/runner";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { expectedNext, type Candidate, type Expected } from "../completion/words.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { pages } from "../generated/pages.ts";
import type { Invocation } from "../invocation.ts";

/**
 * Prints what can stand at the cursor, one a line: the word, a tab, what it is; last `:files`, `:folders` or `:none` for the paths that fit as
 * well. It never fails: a register that cannot be read completes nothing.
 */
export async function complete(
  { terminal, directory }: Invocation,
  program: CommandUnknownOpts,
  words: readonly string[],
): Promise<ExitCode> {
  const expected = expectedNext(program, words);
  const last = words.at(-1) ?? "";
  const found = [...expected.words, ...(await lookUp(expected, directory))]
    .map(({ value, description }) => ({ value: expected.prefix + value, description }))
    .filter(({ value }) => value.startsWith(last));
  for (const { value, description } of found) terminal.print(`${value}\t${visible(description)}\n`);
  terminal.print(`:${expected.paths}\n`);
  return EXIT.done;
}

async function lookUp({ lookup, folder, prefix }: Expected, directory: string): Promise<readonly Candidate[]> {
  if (lookup === undefined) return [];
  const all =
    lookup === "classes"
      ? pages.map((page) => ({ value: page.class, description: page.summary }))
      : await risksIn(folder === undefined ? directory : resolve(directory, folder));
  const taken = new Set(prefix.replace(/^.*=/su, "").split(","));
  return all.filter(({ value }) => !taken.has(value));
}

async function risksIn(directory: string): Promise<readonly Candidate[]> {
  try {
    const { root } = await openRepository(directory);
    const risks = (await loadRegister(root))?.register.risks ?? [];
    return risks.map(({ id, title, status }) => ({ value: id, description: `${title ?? ""} (${status})`.trim() }));
  } catch {
    return [];
  }
}
