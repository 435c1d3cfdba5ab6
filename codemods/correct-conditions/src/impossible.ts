import type { Finding, Outcome, Policy } from "@ci-fix/codemod";
import { fold, operands, truthiness, ungroup, type Expression } from "@ci-fix/expression";
import { judgeStep } from "@ci-fix/judgement";
import { unitName, type Edit, type Unit, type YamlScalar } from "@ci-fix/workflow";
import { oneLine } from "./always-true.ts";
import { impossibleIn, type Impossible } from "./comparisons.ts";
import { leftAlone, skip } from "./outcome.ts";
import { neverRuns } from "./unreachable.ts";

/** A condition that compares with what never occurs, or that no case of a run fulfils. */
export function impossible(unit: Unit, policy: Policy): Finding | undefined {
  const { parsed, entry, scalar, constant } = unit.condition;
  const { tree } = parsed;
  if (tree === undefined || entry === undefined || constant === false) return undefined;
  const [first] = impossibleIn(tree, parsed.text, unit);
  if (first !== undefined) return comparison(unit, tree, first, policy);
  if (scalar === undefined || !neverRuns(unit, tree)) return undefined;
  return unreachable(unit, tree, scalar);
}

function comparison(unit: Unit, tree: Expression, found: Impossible, policy: Policy): Finding {
  const isDead = !found.holds && neverHolds(tree, found);
  const name = unitName(unit);
  const outcome = comparisonOutcome(unit, tree, found, policy);
  const said = `\`${oneLine(found.text)}\``;
  return {
    ...base(unit),
    severity: isDead ? "high" : "medium",
    message: isDead
      ? `${name} never runs: ${said} never holds`
      : `a part of the condition of ${name} ${found.holds ? "always" : "never"} holds: ${said}`,
    why: found.holds
      ? "What it was meant to keep out comes in: the comparison is true in every run."
      : "What was to happen then does not happen, and nothing in the run tells so.",
    change: outcome.kind === "skip" ? "" : "The condition holds when what it names really happens.",
    evidence: [capital(found.says), `the condition says \`${oneLine(unit.condition.parsed.text)}\``],
    outcome,
  };
}

function base(unit: Unit): Pick<Finding, "class" | "at" | "unit"> {
  const { entry } = unit.condition;
  return {
    class: "impossible-condition",
    at: { path: entry?.path ?? unit.path, span: entry?.span ?? { start: 0, end: 1 } },
    unit,
  };
}

function comparisonOutcome(unit: Unit, tree: Expression, found: Impossible, policy: Policy): Outcome {
  const kept = leftAlone(unit) ?? fallsAway(unit, found, policy);
  if (kept !== undefined) return kept;
  const { correction } = found;
  const { scalar } = unit.condition;
  const name = unitName(unit);
  // A condition that begins to hold adds work; one that stops to hold takes some away, which only a person should do.
  const isFix = correction !== undefined && scalar !== undefined && !found.holds && isWanted(tree, found.node);
  if (!isFix) {
    const meant = correction === undefined ? "" : `: ${correction.text} was probably meant`;
    return {
      kind: "fix",
      title: `correct the condition of ${name}${meant}`,
      safety: "report",
      effect: "needs-decision",
      edits: [],
    };
  }
  const { start, end } = correction.span;
  return {
    kind: "fix",
    title: `write ${correction.text} in the condition of ${name}`,
    safety: "review",
    effect: "restores-check",
    edits: [
      { kind: "replace-in-scalar", path: scalar.path, start, end, text: correction.text },
      ...(waitsForFailure(unit, found) ? withAlways(tree, scalar) : []),
    ],
  };
}

/** Corrected, it would still have `success() &&` before it, which fails in every case that it waits for. */
function waitsForFailure({ condition }: Unit, { path, correction }: Impossible): boolean {
  const isResult = path[0] === "needs" && path[2]?.toLowerCase() === "result";
  return condition.implicitSuccess && isResult && correction?.text !== "'success'";
}

/** A handler that waits for a conclusion which a soft-fail hides works once the soft-fail goes. */
function fallsAway(unit: Unit, { path }: Impossible, policy: Policy): Outcome | undefined {
  if (path[0] !== "steps" || path[2]?.toLowerCase() !== "conclusion" || unit.kind !== "step") return undefined;
  const step = unit.job.steps.find(({ id }) => id?.toLowerCase() === path[1]?.toLowerCase());
  if (step?.softFail.kind !== "literal" || !step.softFail.value || judgeStep(step, policy).kind !== "fix")
    return undefined;
  return skip("no-effect", `it holds once the soft-fail of ${unitName(step)} is gone, which is a risk of its own`);
}

/** True if more runs when the comparison holds: nothing between it and the root turns it round. */
function isWanted(tree: Expression, node: Expression): boolean {
  const at = ungroup(tree);
  if (at === node) return true;
  if (at.kind !== "binary" || (at.operator !== "&&" && at.operator !== "||")) return false;
  return operands(at, at.operator).some((operand) => isWanted(operand, node));
}

function neverHolds(tree: Expression, { node }: Impossible): boolean {
  const at = ungroup(tree);
  if (at === node) return true;
  if (at.kind !== "binary") return false;
  const parts = at.operator === "&&" || at.operator === "||" ? operands(at, at.operator) : [];
  const isFalse = (part: Expression): boolean =>
    neverHolds(part, { node } as Impossible) || truthiness(fold(part)) === false;
  return at.operator === "&&" ? parts.some(isFalse) : parts.length > 0 && parts.every(isFalse);
}

function unreachable(unit: Unit, tree: Expression, scalar: YamlScalar): Finding {
  const name = unitName(unit);
  const { implicitSuccess, parsed } = unit.condition;
  const kept = leftAlone(unit);
  const outcome: Outcome =
    kept ??
    (implicitSuccess
      ? {
          kind: "fix",
          title: `let ${name} run after a failure`,
          safety: "review",
          effect: "restores-check",
          edits: withAlways(tree, scalar),
        }
      : {
          kind: "fix",
          title: `correct the condition of ${name}`,
          safety: "report",
          effect: "needs-decision",
          edits: [],
        });
  return {
    ...base(unit),
    severity: "high",
    message: `${name} never runs: no case of a run fulfils its condition`,
    why: implicitSuccess
      ? "Without a status function the runner puts `success() &&` before the condition, and that fails in every case which the rest waits for."
      : "What it waits for cannot happen: every failure before it is forgiven, or shows in another way.",
    change:
      outcome.kind === "skip"
        ? ""
        : `${capital(name)} runs when \`${oneLine(bare(parsed.text, tree))}\` holds, also after a failure.`,
    evidence: [`the condition says \`${oneLine(parsed.text)}\``],
    outcome,
  };
}

function withAlways(tree: Expression, { path }: YamlScalar): readonly Edit[] {
  const isOr = tree.kind === "binary" && tree.operator === "||";
  const { start, end } = tree.span;
  const before: Edit = {
    kind: "replace-in-scalar",
    path,
    start,
    end: start,
    text: isOr ? "always() && (" : "always() && ",
  };
  return isOr ? [before, { kind: "replace-in-scalar", path, start: end, end, text: ")" }] : [before];
}

function bare(text: string, { span }: Expression): string {
  return text.slice(span.start, span.end);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
