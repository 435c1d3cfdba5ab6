import type { Severity } from "@ci-fix/codemod";
import type { LocatedFinding, RegisterMatch } from "@ci-fix/register";
import type { ScanError, ScanResult } from "@ci-fix/runner";
import { clip } from "../clip.ts";
import { nextCommand } from "../finding.ts";
import { renderSummary } from "../findings.ts";
import { createStyle } from "../style.ts";
import { triage } from "../triage.ts";
import { visible } from "../visible.ts";
import { SAFETY_WORDS } from "../words.ts";
import { annotationCommand, type Annotation } from "./command.ts";

export interface AnnotationOptions {
  /** `YYYY-MM-DD`: the day on which exceptions are judged. */
  readonly date: string;
}

const LEVELS: Readonly<Record<Severity, Annotation["level"]>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "notice",
};

/** GitHub shows so many annotations of each level for a step; those that come later stay in the log. */
const MOST_SHOWN = 10;
const LONGEST_TITLE = 200;
const LONGEST_LINE = 1000;

/**
 * The open findings as workflow commands for a step's log, most severe first, then files that could not be read, then a notice
 * that says how many there are. Low findings leave room for that notice: of notices, only the first ten are shown.
 */
export function renderAnnotations(scan: ScanResult, match: RegisterMatch, options: AnnotationOptions): string {
  const sorted = triage(scan, match, options.date);
  const annotations = [
    ...sorted.open.map((located) => findingAnnotation(located, match.ids.get(located))),
    ...scan.errors.map(unreadAnnotation),
  ];
  const summary = renderSummary(scan, sorted, createStyle({ color: false, width: 80 }));
  if (annotations.length === 0) return `${summary}\n`;
  const notices = annotations.filter(({ level }) => level === "notice");
  const unshown = new Set(notices.slice(MOST_SHOWN - 1));
  const told = annotations.filter((annotation) => !unshown.has(annotation));
  const final: Annotation = { level: "notice", title: "ci-fix", message: `${summary}${hiddenWords(annotations)}` };
  return [...told, final].map((annotation) => `${annotationCommand(annotation)}\n`).join("");
}

function findingAnnotation(located: LocatedFinding, id: string | undefined): Annotation {
  const { finding, file, workflow } = located;
  const { outcome } = finding;
  const { yaml } = workflow.file;
  const start = yaml.lineColumn(finding.at.span.start);
  const end = yaml.lineColumn(finding.at.span.end);
  const oneLine = start.line === end.line;
  return {
    level: LEVELS[finding.severity],
    place: {
      file,
      line: start.line,
      endLine: end.line,
      col: oneLine ? start.column : undefined,
      endColumn: oneLine ? end.column : undefined,
    },
    title: line(`${id === undefined ? "" : `${id} `}${finding.class}`, LONGEST_TITLE),
    message: [
      finding.message,
      finding.why,
      ...(outcome.kind === "skip"
        ? []
        : [
            `Fix: ${outcome.title} (${SAFETY_WORDS[outcome.safety]})`,
            `Next: ${nextCommand(id, outcome.safety === "report")}`,
          ]),
    ]
      .map((text) => line(text, LONGEST_LINE))
      .join("\n"),
  };
}

function unreadAnnotation({ file, code, message, line: number }: ScanError): Annotation {
  return {
    level: "warning",
    place: { file, line: number },
    title: line(code, LONGEST_TITLE),
    message: `could not be read: ${line(message, LONGEST_LINE)}`,
  };
}

function line(text: string, most: number): string {
  return clip(visible(text), most);
}

/** Which of them a person looks for in vain beside the code. */
function hiddenWords(annotations: readonly Annotation[]): string {
  const isBeyond = (["error", "warning", "notice"] as const).some((level) => {
    const room = level === "notice" ? MOST_SHOWN - 1 : MOST_SHOWN;
    return annotations.filter((annotation) => annotation.level === level).length > room;
  });
  return isBeyond
    ? `\nGitHub shows ${MOST_SHOWN} annotations of each level for a step: ci-fix scan lists all of them`
    : "";
}
