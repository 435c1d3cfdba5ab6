import { annotationCommand, visible, type Annotation } from "@ci-fix/report";
import type { CheckResult, LocatedFinding } from "@ci-fix/runner";
import { asOpen, comparison, invariantLines, thresholdLines } from "./check-text.ts";

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
    ...brokenInvariants(result),
    ...thresholdLines(result).map((message): Annotation => ({ level: "error", title: "ci-fix check", message })),
    {
      level: "notice",
      title: "ci-fix check",
      message: [
        ...invariantLines(result).map(([line]) => visible(line)),
        `${comparison(result)}; ${result.gone.length} gone`,
      ].join("\n"),
    },
  ];
  return annotations.map((each) => `${annotationCommand(each)}\n`).join("");
}

/** Findings of the base that an invariant of the policy does not tolerate. */
function brokenInvariants({ invariants, fresh }: CheckResult): Annotation[] {
  const told = new Set(fresh.map(({ located }) => located));
  return invariants.flatMap(({ id, statement, broken }) =>
    broken
      .filter((located) => !told.has(located))
      .map((located): Annotation => {
        const { message } = located.finding;
        const place = { file: located.file, line: located.line };
        return { level: "error", place, title: visible(id), message: `${visible(message)}\n${visible(statement)}` };
      }),
  );
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
