import { GitError } from "@ci-fix/git";
import { count, renderPatch, visible } from "@ci-fix/report";
import {
  planCommits,
  planRisk,
  selectRisks,
  survey,
  writePlans,
  type FileChange,
  type RiskPlan,
  type SelectedRisk,
  type Selection,
  type Survey,
  type SurveyOptions,
} from "@ci-fix/runner";
import { today } from "../dates.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import type { Format, ScanCommandOptions } from "../scan-command.ts";
import { settleAbsent } from "./absent.ts";
import { commitFixes } from "./commit.ts";
import { previewPlans } from "./preview.ts";
import { reportRefusals } from "./refusals.ts";
import type { Mode } from "./selection.ts";
import { reportScanErrors } from "./survey-notes.ts";

export interface FixRequest {
  readonly selection: Selection;
  readonly mode: Mode;
  /** Relative to the root; empty for all. */
  readonly paths: readonly string[];
  readonly surveyOptions: Omit<SurveyOptions, "at">;
  readonly options: ScanCommandOptions;
  /** As git wants it. */
  readonly commitDate: string | undefined;
}

/** Previews, writes, commits or prints the chosen fixes. A risk that cannot be fixed is told, and the others go on. */
export async function fixRisks(invocation: Invocation, request: FixRequest): Promise<ExitCode> {
  const where =
    request.mode === "commit" ? { at: "head" as const } : { at: "work-tree" as const, paths: request.paths };
  const found = await survey({ ...request.surveyOptions, ...where });
  const { format = "text" } = request.options;
  reportScanErrors(invocation, found, format);
  const selected = selectRisks(found.match, request.selection).filter((risk) => isBelow(risk, request.paths));
  if (format !== "text") return printChosen(invocation, found, selected, format, request.surveyOptions.date);
  const plans = selected.map((risk) => planRisk(risk, found.policy, found));
  noteWhatIsLeft(invocation, selected);
  const absent = await settleAbsent(invocation, found, plans, request);
  const refused = reportRefusals(invocation, [...plans, ...absent]);
  const effective = plans.filter((plan) => plan.changes.length > 0);
  if (effective.length > 0) await apply(invocation, request, found, effective);
  else if (!refused) invocation.terminal.print(`${invocation.terminal.style.paint("success", "nothing to do")}\n`);
  return refused ? EXIT.refused : EXIT.done;
}

async function apply(
  invocation: Invocation,
  request: FixRequest,
  found: Survey,
  plans: readonly RiskPlan[],
): Promise<void> {
  const { terminal } = invocation;
  switch (request.mode) {
    case "preview":
      return previewPlans(invocation, plans, request);
    case "patch":
      return terminal.print(renderPatch(mergedChanges(plans, found)));
    case "commit":
      return commitFixes(invocation, found, plans, request);
    case "write": {
      if (found.repository?.bare === true) throw bareRepository();
      const files = await writePlans(found.root, plans);
      for (const file of files) terminal.print(`changed ${visible(file)}\n`);
      return terminal.note("look at it with `git diff`; nothing is committed");
    }
  }
}

/** One change for each file, whatever number of risks it holds: a patch can name a file only once. */
function mergedChanges(plans: readonly RiskPlan[], found: Survey): Pick<FileChange, "file" | "before" | "after">[] {
  const after = new Map(
    planCommits(plans, found.policy, found).flatMap((commit) =>
      commit.changes.map(({ path, bytes }) => [path, bytes] as const),
    ),
  );
  const before = new Map(plans.flatMap((plan) => plan.changes.map((change) => [change.file, change.before] as const)));
  return [...after].map(([file, bytes]) => ({ file, before: before.get(file) ?? bytes, after: bytes }));
}

/** The chosen findings alone. */
async function printChosen(
  invocation: Invocation,
  found: Survey,
  selected: readonly SelectedRisk[],
  format: Exclude<Format, "text">,
  date = today(),
): Promise<ExitCode> {
  const wanted = new Set(selected.flatMap((risk) => risk.findings));
  const result = { ...found.result, findings: found.result.findings.filter((located) => wanted.has(located)) };
  (await import("./formats.ts")).printFormatted(invocation, found, result, format, date);
  return EXIT.done;
}

function bareRepository(): GitError {
  return new GitError("CI_FIX_BARE", "a bare repository has no files to change", {
    hint: "use --commit, which needs no work tree",
  });
}

function noteWhatIsLeft({ terminal }: Invocation, selected: readonly SelectedRisk[]): void {
  const held = selected.flatMap((risk) => risk.held);
  const review = held.filter(({ finding: { outcome } }) => outcome.kind !== "skip" && outcome.safety === "review");
  if (review.length > 0)
    terminal.note(
      `${count(review.length, "fix", "fixes")} left out that want a review: add --include-review, or name the risk`,
    );
  if (held.length > review.length)
    terminal.note(`${count(held.length - review.length, "finding")} left out that only a person can decide`);
}

function isBelow(risk: SelectedRisk, paths: readonly string[]): boolean {
  if (paths.length === 0) return true;
  return [...risk.findings, ...risk.held].every(({ file }) =>
    paths.some((path) => path === "" || file === path || file.startsWith(`${path}/`)),
  );
}
