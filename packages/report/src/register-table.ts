import type { MatchedRisk, RegisterMatch } from "@ci-fix/register";
import type { Role, Style } from "./style.ts";
import { cut, displayWidth, pad, wrap } from "./text-width.ts";
import { currentStatus, type ShownStatus } from "./triage.ts";
import { visible } from "./visible.ts";
import { count } from "./words.ts";

interface Row {
  readonly id: string;
  readonly severity: string;
  readonly status: string;
  readonly file: string;
  readonly title: string;
  readonly roles: readonly (Role | undefined)[];
}

const GAP = "  ";
const STATUS_ROLES: Readonly<Record<ShownStatus, Role>> = {
  expired: "failure",
  missing: "warning",
  open: "failure",
  fixed: "success",
  accepted: "muted",
  deferred: "warning",
};

/** The register as a table of five columns. The status is that of the day `date` (`YYYY-MM-DD`), see `currentStatus`. */
export function renderRegister(
  match: RegisterMatch,
  style: Style,
  date: string,
  landed: ReadonlySet<string> = new Set(),
): string {
  if (match.risks.length === 0) return `the register is empty${unregistered(match)}\n`;
  const rows = match.risks.map((matched) => toRow(matched, currentStatus(matched, date, landed)));
  const header: Row = {
    id: "ID",
    severity: "SEVERITY",
    status: "STATUS",
    file: "FILE",
    title: "TITLE",
    roles: ["muted", "muted", "muted", "muted", "muted"],
  };
  const fixed = (["id", "severity", "status"] as const).map((key) => widest([header, ...rows].map((row) => row[key])));
  const left = style.width - fixed.reduce((sum, width) => sum + width + GAP.length, 0) - GAP.length;
  const file = Math.min(widest([header, ...rows].map((row) => row.file)), Math.max(Math.floor(left * 0.5), 12));
  const widths = [...fixed, file, Math.max(left - file, 12)];
  const lines = [header, ...rows].flatMap((row) => renderRow(row, widths, style));
  return `${lines.join("\n")}\n\n${renderSummary(
    match,
    rows.map(({ status }) => status),
    style,
  )}\n`;
}

function toRow(matched: MatchedRisk, status: ShownStatus): Row {
  const { risk } = matched;
  const files = [...new Set(risk.targets.map((target) => shortPath(target.file)))];
  return {
    id: visible(risk.id),
    severity: risk.severity,
    status,
    file: files.length > 1 ? `${files[0] ?? ""} +${files.length - 1}` : (files[0] ?? ""),
    title: visible(risk.title ?? describe(matched)),
    roles: ["strong", risk.severity, STATUS_ROLES[status], "path", undefined],
  };
}

/** For a risk that a person wrote without a title: what is found, else the place it names. */
function describe({ risk, findings }: MatchedRisk): string {
  const open = findings.find(({ finding }) => finding.outcome.kind !== "skip");
  if (open !== undefined) return open.finding.message;
  const [target] = risk.targets;
  if (target?.step !== undefined)
    return `step "${target.step}"${target.job === undefined ? "" : ` of job ${target.job}`}`;
  return target?.job === undefined ? "all of the file" : `job ${target.job}`;
}

/** Nearly every CI file stands in one folder, which would fill the column. */
function shortPath(file: string): string {
  return visible(file.replace(/^\.github\/workflows\//, ""));
}

function renderRow(row: Row, widths: readonly number[], style: Style): string[] {
  const columns = [row.id, row.severity, row.status, row.file, row.title].map((text, index) => {
    const width = widths[index] ?? 0;
    return index < 3 ? [cut(text, width)] : wrap(text, width);
  });
  const height = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, index) => {
        const text = column[line] ?? "";
        const role = row.roles[index];
        const padding = " ".repeat(displayWidth(pad(text, widths[index] ?? 0)) - displayWidth(text));
        return (role === undefined ? text : style.paint(role, text)) + (index === columns.length - 1 ? "" : padding);
      })
      .join(GAP)
      .trimEnd(),
  );
}

function renderSummary(match: RegisterMatch, statuses: readonly string[], style: Style): string {
  const parts = (["open", "expired", "missing", "deferred", "accepted", "fixed"] as const).flatMap((status) => {
    const number = statuses.filter((each) => each === status).length;
    return number === 0 ? [] : [style.paint(STATUS_ROLES[status], `${number} ${status}`)];
  });
  return `${style.paint("strong", count(match.risks.length, "risk"))}: ${parts.join(", ")}${unregistered(match)}`;
}

function unregistered(match: RegisterMatch): string {
  const number = match.unregistered.length;
  return number === 0 ? "" : `; ${count(number, "finding")} without an id (ci-fix register update)`;
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(displayWidth));
}
