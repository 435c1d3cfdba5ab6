import { SEVERITIES, visible, type Style } from "@ci-fix/report/text";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { pages, type ClassPage } from "../generated/pages.ts";
import type { Invocation } from "../invocation.ts";
import { renderPage } from "../page.ts";
import { UsageError } from "../problems.ts";

/** A class of silent failure in the terminal; without a name, the classes there are. */
export async function explain({ terminal }: Invocation, name: string | undefined): Promise<ExitCode> {
  const { style } = terminal;
  if (name === undefined) {
    terminal.print(listClasses(style));
    terminal.note("one in full: ci-fix explain CLASS");
    return EXIT.done;
  }
  const page = pages.find((each) => each.class === name || each.codemod === name);
  if (page === undefined) {
    const known = pages.map((each) => each.class);
    const { suggest } = await import("@ci-fix/codemod");
    const meant = suggest(name, known);
    throw new UsageError(
      `there is no class "${name}"`,
      meant === undefined ? `the classes are ${known.join(", ")}` : `did you mean \`ci-fix explain ${meant}\`?`,
    );
  }
  terminal.print(
    `${style.paint("heading", page.class)} ${style.paint("muted", `(${page.severity}; found by ${page.codemod})`)}\n${page.summary}\n\n${renderPage(page.text, style)}`,
  );
  return EXIT.done;
}

function listClasses(style: Style): string {
  const sorted = [...pages].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.class < b.class ? -1 : 1),
  );
  const width = Math.max(...sorted.map((page) => page.class.length));
  const row = (page: ClassPage): string =>
    `${style.paint("strong", page.class.padEnd(width))}  ${style.paint(page.severity, page.severity.padEnd(8))}  ${visible(page.summary)}\n`;
  return sorted.map(row).join("");
}
