import { planRegisterUpdate, type RegisterUpdate } from "@ci-fix/register";
import { count, visible } from "@ci-fix/report/text";
import { landedIds, readTrailers, registerPath, survey } from "@ci-fix/runner";
import { readDate } from "../dates.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { requireWorkTree, writeRegister } from "./register-file.ts";
import { reportScanErrors } from "./survey-notes.ts";

/** Where an editor finds the schema when this package is installed beside the register. */
const SCHEMA = "../node_modules/ci-fix/dist/schema/register.schema.json";

/** Gives new findings ids, fills in fingerprints, marks what is gone as fixed. */
export async function updateRegister(
  invocation: Invocation,
  options: { milestone?: string; date?: string },
): Promise<ExitCode> {
  const { terminal } = invocation;
  const found = await survey({
    directory: invocation.directory,
    at: "work-tree",
    ...(options.milestone === undefined ? {} : { milestone: options.milestone }),
    ...(options.date === undefined ? {} : { date: readDate(options.date).day }),
  });
  reportScanErrors(invocation, found);
  requireWorkTree(found.repository);
  const update = planRegisterUpdate(found.register?.bytes, found.result.findings, found.policy, {
    schema: SCHEMA,
    landed: [...landedIds(await readTrailers(found.repository))],
    unread: found.result.errors.map(({ file }) => file),
  });
  const nothing = found.register === undefined && update.added.length === 0;
  if (nothing || !(await writeRegister(found.root, found.register?.bytes, update.bytes))) {
    terminal.print(`${terminal.style.paint("success", "nothing to do")}: the register is up to date\n`);
  } else {
    printUpdate(invocation, update);
    const [first] = update.added;
    terminal.note(`wrote ${registerPath}${first === undefined ? "" : `; look at one with ci-fix --risk ${first.id}`}`);
  }
  noteNotFound(invocation, update);
  return EXIT.done;
}

function printUpdate({ terminal }: Invocation, update: RegisterUpdate): void {
  for (const risk of update.added) {
    terminal.print(
      `added    ${terminal.style.paint("strong", visible(risk.id))} ${terminal.style.paint(risk.severity, risk.severity)} ${visible(risk.title ?? "")}\n`,
    );
  }
  const line = (word: string, ids: readonly string[]): void => {
    if (ids.length > 0) terminal.print(`${word.padEnd(8)} ${ids.map(visible).join(", ")}\n`);
  };
  line("fixed", update.fixed);
  line("reopened", update.reopened);
  line("filled", update.filled);
}

function noteNotFound({ terminal }: Invocation, { notFound }: RegisterUpdate): void {
  if (notFound.length > 0)
    terminal.note(
      `${notFound.map(visible).join(", ")}: ${count(notFound.length, "risk")} with a place where nothing was ever found; is the name of the file, job or step right?`,
    );
}
