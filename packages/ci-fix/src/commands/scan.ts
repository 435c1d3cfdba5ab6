import { resolve } from "node:path";
import { suggest } from "@ci-fix/codemod";
import { count, renderFindings, SEVERITIES, triage } from "@ci-fix/report";
import { codemods, commitSource, survey, type Survey, type SurveyOptions } from "@ci-fix/runner";
import { readDate, today } from "../dates.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { COMMANDS } from "../help-pages.ts";
import type { Invocation } from "../invocation.ts";
import { UsageError } from "../problems.ts";
import type { ScanCommandOptions } from "../scan-command.ts";
import { exists, fromRoot } from "./root.ts";
import { readSelection } from "./selection.ts";
import { reportScanErrors } from "./survey-notes.ts";

/** `ci-fix [paths]`: reports, or hands over to the fixes if some are chosen. */
export async function runScan(
  invocation: Invocation,
  paths: readonly string[],
  options: ScanCommandOptions,
): Promise<ExitCode> {
  const date = options.date === undefined ? undefined : readDate(options.date);
  const classes = codemods.flatMap(({ meta }) => meta.classes.map(({ id }) => id));
  const chosen = readSelection(options, classes);
  for (const path of paths) await requirePath(invocation.directory, path);
  const inside = await fromRoot(invocation.directory, paths);
  const surveyOptions: Omit<SurveyOptions, "at"> = {
    directory: invocation.directory,
    ...(options.milestone === undefined ? {} : { milestone: options.milestone }),
    ...(date === undefined ? {} : { date: date.day }),
  };
  if (chosen === undefined) {
    const found = await survey({ ...surveyOptions, at: "work-tree", paths: inside });
    if (paths.length === 0) await noteAbsentFiles(invocation, found);
    return report(invocation, found, options, date?.day ?? today());
  }
  const { fixRisks } = await import("./fix.ts");
  return fixRisks(invocation, { ...chosen, paths: inside, surveyOptions, options, commitDate: date?.commitDate });
}

async function report(
  invocation: Invocation,
  found: Survey,
  options: ScanCommandOptions,
  date: string,
): Promise<ExitCode> {
  const { terminal } = invocation;
  const { result, match } = found;
  const { format = "text" } = options;
  reportScanErrors(invocation, found, format);
  if (format !== "text") (await import("./formats.ts")).printFormatted(invocation, found, result, format, date);
  else terminal.print(renderFindings(result, match, terminal.style, { date, verbose: invocation.verbose }));
  const failOn = options.failOn ?? found.config.thresholds.failOn ?? "low";
  if (failOn === "none") return EXIT.done;
  const { open } = triage(result, match, date);
  const severe = open.filter(({ finding }) => SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(failOn));
  if (severe.length < open.length)
    terminal.note(
      `${count(open.length - severe.length, "finding")} below ${options.failOn === undefined ? "fail-on of the policy:" : "--fail-on"} ${failOn}`,
    );
  return severe.length + result.errors.length > 0 ? EXIT.found : EXIT.done;
}

/** Nothing was found because nothing was looked at: a checkout may leave out the folder that holds the workflows. */
async function noteAbsentFiles({ terminal }: Invocation, { repository, result }: Survey): Promise<void> {
  const head = result.files === 0 && result.errors.length === 0 ? (await repository?.head())?.oid : undefined;
  if (repository === undefined || head === undefined) return;
  const { length } = await commitSource(repository, head).list();
  if (length > 0) terminal.note(`${count(length, "CI file")} of the last commit are not on disk (a sparse checkout?)`);
}

/** A mistyped command is taken for a path. */
async function requirePath(directory: string, path: string): Promise<void> {
  if (await exists(resolve(directory, path))) return;
  const meant = suggest(path, COMMANDS);
  const hint = meant === undefined ? "ci-fix --help lists the commands" : `did you mean \`ci-fix ${meant}\`?`;
  throw new UsageError(`there is no command, file or folder "${path}"`, hint);
}
