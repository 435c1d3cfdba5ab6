import { annotationCommand, visible, type Annotation } from "@ci-fix/report";
import type { CheckResult, LocatedFinding } from "@ci-fix/runner";
import { asOpen, comparison, invariantLine } from "./check-text.ts";

/** The same as annotations of a run on GitHub; everything that makes the check fail is an error. */
export function renderCheckAnnotations(result: CheckResult): string {
  const annotations: Annotation[] = [
    ...result.fresh.map((each) => annotation(asOpen(each), each.exemption)),
    ...result.expired.map((located) => annotation(located, undefined)),
    ...result.unreadable.map(({ file, line, code, message }): Annotation => ({
      level: "error",
      place: { file, line },
      title: visible(code),
      message: `could not be read: ${visible(message)}`,
    })),
    {
      level: "notice",
      title: "ci-fix check",
      message: `${invariantLine(result)}\n${comparison(result)}; ${result.gone.length} gone`,
    },
  ];
  return annotations.map((each) => `${annotationCommand(each)}\n`).join("");
}

function annotation({ finding, file, line }: LocatedFinding, exemption: string | undefined): Annotation {
  const lines = [
    finding.message,
    finding.why,
    ...(exemption === undefined
      ? []
      : [`This needs to be on the base first, a change cannot exempt itself: ${exemption}`]),
    ...(finding.outcome.kind === "skip" ? [] : [`Fix: ${finding.outcome.title}`]),
  ];
  return { level: "error", place: { file, line }, title: finding.class, message: lines.map(visible).join("\n") };
}
