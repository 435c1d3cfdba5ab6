import { renderRegister } from "@ci-fix/report";
import { landedIds, readTrailers, survey } from "@ci-fix/runner";
import { today } from "../dates.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { reportScanErrors } from "./survey-notes.ts";

/** The risks of the register and where they stand. */
export async function showRegister(invocation: Invocation): Promise<ExitCode> {
  const { terminal } = invocation;
  const found = await survey({ directory: invocation.directory, at: "work-tree" });
  reportScanErrors(invocation, found);
  if (found.register === undefined) {
    const number = found.match.unregistered.length;
    terminal.print("there is no register yet\n");
    terminal.note(
      number === 0
        ? "nothing was found that would need one"
        : `${number} found; ci-fix register update gives each an id`,
    );
  } else {
    terminal.print(
      renderRegister(found.match, terminal.style, today(), landedIds(await readTrailers(found.repository))),
    );
  }
  return EXIT.done;
}
