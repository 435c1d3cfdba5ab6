import type { SkipReason } from "@ci-fix/codemod";
import { REGISTER_PATH, type LocatedFinding, type RegisterMatch } from "@ci-fix/register";
import type { ScanResult } from "@ci-fix/runner";
import { renderFinding } from "./finding.ts";
import type { Style } from "./style.ts";
import { cut } from "./text-width.ts";
import { triage, type Triage } from "./triage.ts";
import { visible } from "./visible.ts";
import { count, FOR_A_PERSON, SEVERITIES, SKIP_WORDS } from "./words.ts";

export interface FindingsOptions {
  /** `YYYY-MM-DD`: the day on which exceptions are judged. */
  readonly date: string;
  /** Shows kept findings in full instead of one line per reason. */
  readonly verbose?: boolean;
}

/** The text report of a scan: open findings first, then what is settled or kept, then one line that sums it up. */
export function renderFindings(scan: ScanResult, match: RegisterMatch, style: Style, options: FindingsOptions): string {
  const sorted = triage(scan, match, options.date);
  const inFull =
    options.verbose === true ? [...sorted.open, ...sorted.accepted, ...sorted.deferred, ...sorted.kept] : sorted.open;
  const blocks = inFull.map((located) => renderFinding(located, match.ids.get(located), style));
  const settled = renderSettled(sorted, match, style);
  if (settled.length > 0) blocks.push(settled.join("\n"));
  const kept = renderKept(sorted.kept, style, options.verbose === true);
  if (kept.length > 0) blocks.push(kept.join("\n"));
  return `${[...blocks, renderSummary(scan, sorted, style)].join("\n\n")}\n`;
}

function renderSettled({ accepted, deferred }: Triage, match: RegisterMatch, style: Style): string[] {
  const line = (word: string, findings: readonly LocatedFinding[]): string[] => {
    if (findings.length === 0) return [];
    const ids = [...new Set(findings.flatMap((located) => match.ids.get(located) ?? []))].map(visible);
    return [cut(`${style.paint("strong", word)} in the register: ${ids.join(", ")}`, style.width)];
  };
  return [...line("accepted", accepted), ...line("deferred", deferred)];
}

function renderKept(kept: readonly LocatedFinding[], style: Style, verbose: boolean): string[] {
  const reasons = new Map<SkipReason, number>();
  for (const { finding } of kept) {
    if (finding.outcome.kind === "skip")
      reasons.set(finding.outcome.reason, (reasons.get(finding.outcome.reason) ?? 0) + 1);
  }
  const group = (heading: string, wanted: (reason: SkipReason) => boolean): string[] => {
    const rows = [...reasons]
      .filter(([reason]) => wanted(reason))
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (rows.length === 0) return [];
    const width = Math.max(...rows.map(([reason]) => reason.length));
    return [
      style.paint("strong", heading),
      ...rows.map(
        ([reason, times]) =>
          `${String(times).padStart(4)}  ${reason.padEnd(width)}  ${style.paint("muted", cut(SKIP_WORDS[reason], style.width - width - 8))}`,
      ),
    ];
  };
  const lines = [
    ...group("left for a person", (reason) => FOR_A_PERSON.has(reason)),
    ...group("kept on purpose", (reason) => !FOR_A_PERSON.has(reason)),
  ];
  if (lines.length > 0 && !verbose) lines.push(style.paint("muted", "      each in full: ci-fix --verbose"));
  return lines;
}

/** One line that sums a scan up. It holds no text from a file. */
export function renderSummary(scan: ScanResult, sorted: Triage, style: Style): string {
  const { open } = sorted;
  const unread = scan.errors.length === 0 ? "" : `; ${count(scan.errors.length, "file")} could not be read`;
  const kept = sorted.kept.length === 0 ? "" : `; ${sorted.kept.length} kept`;
  if (open.length === 0) {
    const nothing = scan.files === 0 ? "no CI files here" : `nothing to do in ${count(scan.files, "CI file")}`;
    return style.paint(scan.errors.length === 0 ? "success" : "warning", nothing) + kept + unread;
  }
  const bySeverity = SEVERITIES.flatMap((severity) => {
    const number = open.filter(({ finding }) => finding.severity === severity).length;
    return number === 0 ? [] : [style.paint(severity, `${number} ${severity}`)];
  });
  const files = new Set(open.flatMap(({ file }) => (file === REGISTER_PATH ? [] : [file]))).size;
  const head = style.paint("strong", count(open.length, "silent failure"));
  return `${head} in ${files} of ${count(scan.files, "CI file")}: ${bySeverity.join(", ")}${kept}${unread}`;
}
