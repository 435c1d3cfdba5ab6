import type { Finding, Outcome } from "@ci-fix/codemod";
import type { Workflow } from "@ci-fix/workflow";
import type { Comment } from "@ci-fix/yaml-editor";
import type { UnprintedFinding } from "../types.ts";
import { findExceptions, lineOf, type BadException } from "./find.ts";
import { exceptionFinding, exceptionRules, WHY } from "./rules.ts";
import type { Exception, ExceptionContext, PlacedException } from "./types.ts";

/**
 * The findings of one workflow as its comments except them: a finding with an exception on its line, in the block of comments
 * above it, or at the head of its unit is kept as `excepted`. Exceptions that are badly written, expired or unused become
 * findings of their own, behind the others. Pure: the same findings if no comment holds an exception.
 */
export function withExceptions(
  workflow: Workflow,
  findings: readonly UnprintedFinding[],
  context: ExceptionContext,
): readonly UnprintedFinding[] {
  const { exceptions, bad } = findExceptions(workflow, context.known);
  if (exceptions.length + bad.length === 0) return findings;
  const own: Finding[] = bad.map(aboutBad);
  const excepted = new Map<UnprintedFinding, PlacedException>();
  for (const exception of exceptions) {
    const counts = context.counts?.(exception) ?? true;
    const covered = findings.filter((located) => covers(exception, located));
    if (covered.length === 0) {
      if (context.judged?.includes(exception.class) ?? true) own.push(aboutUnused(exception));
    } else if (isPast(exception, context.date)) own.push(aboutExpired(exception));
    else if (counts) for (const located of covered) excepted.set(located, exception);
  }
  return [...settle(findings, excepted), ...own.map((finding) => asFound(workflow, finding))];
}

/** True from the day after the last one that it holds. */
export function isPast({ expires }: Pick<Exception, "expires">, date: string): boolean {
  return expires !== undefined && expires < date;
}

/** What is said of a finding that an exception keeps. */
export function keptBy(exception: Omit<Exception, "class">, source?: string): Outcome {
  const terms = [
    exception.owner === undefined ? "no owner" : `owner ${exception.owner}`,
    exception.expires === undefined ? "no expiry" : `until ${exception.expires}`,
    ...(source === undefined ? [] : [source]),
  ];
  return { kind: "skip", reason: "excepted", message: `excepted: ${exception.reason} (${terms.join(", ")})` };
}

/** A written reason that is not an exception gives way to one that is; other reasons to keep a finding are facts. */
export function canBeExcepted({ outcome }: Finding): boolean {
  return outcome.kind !== "skip" || outcome.reason === "documented";
}

function covers({ target, ...exception }: PlacedException, { finding, line, workflow }: UnprintedFinding): boolean {
  if (target === undefined || finding.class !== exception.class) return false;
  const { yaml } = workflow.file;
  const start = yaml.at(finding.at.path)?.span.start;
  const head = start === undefined ? undefined : yaml.lineColumn(start).line;
  return target === line || target === head || target === lineOf(finding.unit);
}

function settle(
  findings: readonly UnprintedFinding[],
  excepted: ReadonlyMap<UnprintedFinding, PlacedException>,
): readonly UnprintedFinding[] {
  const shared = new Map([...excepted].map(([{ finding }, exception]) => [finding.outcome, exception]));
  return findings.map((found) => {
    const exception = excepted.get(found);
    if (!canBeExcepted(found.finding)) return found;
    if (exception !== undefined) return withOutcome(found, keptBy(exception));
    const together = shared.get(found.finding.outcome);
    return together === undefined ? found : withOutcome(found, undecided(together));
  });
}

function withOutcome(found: UnprintedFinding, outcome: Outcome): UnprintedFinding {
  return { ...found, finding: { ...found.finding, change: "", outcome } };
}

/** One change would repair both, and so take away what was excepted. */
function undecided({ class: name, comment }: PlacedException): Outcome {
  const title = `decide it together with the exception for ${name} in line ${comment.line}: one change would repair both`;
  return { kind: "fix", title, safety: "report", effect: "needs-decision", edits: [] };
}

function asFound(workflow: Workflow, finding: Finding): UnprintedFinding {
  const { line, column } = workflow.file.yaml.lineColumn(finding.at.span.start);
  return { finding, codemod: exceptionRules, workflow, file: workflow.file.path, line, column };
}

function at({ comment, unit }: { comment: Comment; unit: PlacedException["unit"] }): Pick<Finding, "at" | "unit"> {
  return { unit, at: { path: unit.path, span: comment.span } };
}

function aboutBad(bad: BadException): Finding {
  const [first = "", ...others] = bad.mistakes;
  return exceptionFinding({
    class: "bad-exception",
    message: `this exception does not count: ${first}`,
    why: WHY.bad,
    title: 'write it like `# ci-fix: allow soft-fail-step reason="why" owner=@team expires=2027-03-01`',
    evidence: others,
    ...at(bad),
  });
}

function aboutExpired(exception: PlacedException): Finding {
  const { expires = "", reason, owner } = exception;
  return exceptionFinding({
    class: "expired-exception",
    message: `the exception for ${exception.class} held until ${expires}`,
    why: WHY.expired,
    title: "fix what it stands for and delete it, or set a new day",
    evidence: [`its reason was "${reason}"`, owner === undefined ? "it names no owner" : `its owner is ${owner}`],
    ...at(exception),
  });
}

function aboutUnused(exception: PlacedException): Finding {
  const nothing = exception.target === undefined ? "it stands above a blank line, and so at nothing" : undefined;
  return exceptionFinding({
    class: "unused-exception",
    message: `there is no ${exception.class} here that the exception could stand for`,
    why: WHY.unused,
    title: "delete it",
    evidence: [...(nothing === undefined ? [] : [nothing]), `its reason is "${exception.reason}"`],
    ...at(exception),
  });
}
