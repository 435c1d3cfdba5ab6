import type { Finding, Outcome, PolicyException } from "@ci-fix/codemod";
import type { Workflow } from "@ci-fix/workflow";
import type { Comment } from "@ci-fix/yaml-editor";
import type { UnprintedFinding } from "../types.ts";
import { findExceptions, lineOf, type BadException } from "./find.ts";
import { exceptionFinding, exceptionRules, WHY } from "./rules.ts";
import { standsFor } from "./standing.ts";
import type { ExceptionContext, PlacedException } from "./types.ts";
import { canBeExcepted, isPast, keptBy } from "./worth.ts";

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
  const standing = findings.length === 0 ? [] : (context.standing ?? []).filter((each) => !isPast(each, context.date));
  if (exceptions.length + bad.length + standing.length === 0) return findings;
  const own: Finding[] = bad.map(aboutBad);
  const excepted = new Map<UnprintedFinding, Keeper>();
  for (const exception of exceptions) {
    const counts = context.counts?.(exception) ?? true;
    const covered = findings.filter((located) => covers(exception, located));
    if (covered.length === 0) {
      if (context.judged?.includes(exception.class) ?? true) own.push(aboutUnused(exception));
    } else if (isPast(exception, context.date)) own.push(aboutExpired(exception));
    else if (counts) for (const located of covered) excepted.set(located, fromComment(exception));
  }
  for (const located of findings) {
    const policy = excepted.has(located) ? undefined : standing.find((each) => standsFor(each, located));
    if (policy !== undefined) excepted.set(located, fromPolicy(policy));
  }
  return [...settle(findings, excepted), ...own.map((finding) => asFound(workflow, finding))];
}

function covers({ target, ...exception }: PlacedException, { finding, line, workflow }: UnprintedFinding): boolean {
  if (target === undefined || finding.class !== exception.class) return false;
  const { yaml } = workflow.file;
  const start = yaml.at(finding.at.path)?.span.start;
  const head = start === undefined ? undefined : yaml.lineColumn(start).line;
  return target === line || target === head || target === lineOf(finding.unit);
}

/** What keeps a finding, and how it is named to those that share its repair. */
interface Keeper {
  readonly outcome: Outcome;
  readonly place: string;
}

function fromComment(exception: PlacedException): Keeper {
  return { outcome: keptBy(exception), place: `${exception.class} in line ${exception.comment.line}` };
}

function fromPolicy(exception: PolicyException): Keeper {
  return { outcome: keptBy(exception, "the policy"), place: `${exception.class} in the policy` };
}

function settle(
  findings: readonly UnprintedFinding[],
  excepted: ReadonlyMap<UnprintedFinding, Keeper>,
): readonly UnprintedFinding[] {
  const shared = new Map([...excepted].map(([{ finding }, keeper]) => [finding.outcome, keeper]));
  return findings.map((found) => {
    const keeper = excepted.get(found);
    if (!canBeExcepted(found.finding)) return found;
    if (keeper !== undefined) return withOutcome(found, keeper.outcome);
    const together = shared.get(found.finding.outcome);
    return together === undefined ? found : withOutcome(found, undecided(together));
  });
}

function withOutcome(found: UnprintedFinding, outcome: Outcome): UnprintedFinding {
  return { ...found, finding: { ...found.finding, change: "", outcome } };
}

/** One change would repair both, and so take away what was excepted. */
function undecided({ place }: Keeper): Outcome {
  const title = `decide it together with the exception for ${place}: one change would repair both`;
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
