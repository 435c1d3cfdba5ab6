import { type Expression, type ParsedCondition, parseExpression } from "@ci-fix/expression";
import type { Condition, SoftFail } from "@ci-fix/workflow";
import type { Diagram } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import { plainText } from "../variables/tree.ts";
import { fallibleIn } from "../variables/vocabulary.ts";
import { Unreadable } from "./rejected.ts";
import type { Sight } from "./sight.ts";
import type { Symbolic } from "./symbolic.ts";

/** When a unit runs: true, false, or a fault where its condition cannot be evaluated. */
export function whenRuns(symbolic: Symbolic, logic: Logic, condition: Condition, sight: Sight): Diagram {
  const { parsed } = condition;
  // A condition without a status function has `success() &&` put before it.
  // https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
  const before = condition.implicitSuccess ? sight.status("success") : logic.yes;
  switch (parsed.form) {
    case "empty":
      return before;
    case "invalid":
      throw new Unreadable(parsed.problem?.message ?? "a condition does not parse");
    case "text":
      // Text around `${{ }}` makes a string that is not empty (actions/runner, TemplateReader and EvaluationResult).
      if (parsed.parts.some((part) => part.kind === "text")) return before;
      return logic.and(before, logic.truth(symbolic.value({ tree: joined(parsed), text: parsed.text }, sight)));
    case "bare":
    case "wrapped": {
      const { tree } = parsed;
      if (tree === undefined) return before;
      // Documentation and runner disagree on what `${{ 'false' }}` is, so either may be right.
      const isString = tree.kind === "literal" && typeof tree.value === "string" && parsed.form === "wrapped";
      if (isString) return logic.and(before, answer(logic, parsed.text, sight));
      return logic.and(before, logic.truth(symbolic.value({ tree, text: parsed.text }, sight)));
    }
  }
}

/** Expressions side by side make one text: `format('{0}{1}', a, b)` (actions/runner, TemplateReader.ParseScalar). */
function joined({ text, parts }: ParsedCondition): Expression {
  const span = { start: 0, end: text.length };
  const trees = parts.flatMap((part) => (part.kind === "expression" && part.parsed.ok ? [part.parsed.tree] : []));
  const pattern = trees.map((_tree, index) => `{${index}}`).join("");
  return { kind: "call", name: "format", span, args: [{ kind: "literal", span, value: pattern }, ...trees] };
}

/**
 * When a failure of a unit is kept from what holds it. A soft-fail that cannot be evaluated is false
 * (actions/runner, ExecutionContext: `continue-on-error` falls back to false).
 */
export function whenSoft(symbolic: Symbolic, logic: Logic, softFail: SoftFail, sight: Sight): Diagram {
  if (softFail.kind === "absent") return logic.no;
  if (softFail.kind === "literal") return softFail.value ? logic.yes : logic.no;
  const inner = /^\$\{\{(?<inner>[\s\S]*)\}\}$/u.exec(softFail.text.trim())?.groups?.["inner"];
  const parsed = inner === undefined || inner.includes("}}") ? undefined : parseExpression(inner);
  if (inner === undefined || parsed?.ok !== true) return answer(logic, softFail.text, sight);
  return logic.holds(symbolic.value({ tree: parsed.tree, text: inner }, sight));
}

/** When one of the values of a step's environment cannot be evaluated. */
export function whenEnvFails(
  symbolic: Symbolic,
  logic: Logic,
  env: ReadonlyMap<string, string>,
  sight: Sight,
): Diagram {
  const written = [...env.values()].flatMap(fallibleIn);
  return logic.any(written.map((each) => logic.faults(symbolic.value(each, sight))));
}

/** What is not understood may be true or false. */
function answer(logic: Logic, text: string, sight: Sight): Diagram {
  const key = `${sight.place}${plainText(text)}`;
  return logic.diagrams.variable({ key, kind: "answer", domain: [false, true] });
}
