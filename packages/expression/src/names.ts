import { PURE_FUNCTIONS } from "./functions.ts";
import { descend, statusFunction } from "./query.ts";
import type { Expression, SyntaxProblem } from "./types.ts";

/** Where an expression stands decides which contexts it may read. */
export type Place = "anywhere" | "job-condition" | "step-condition";

/** https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability */
const FOR_JOBS = ["github", "inputs", "needs", "vars"] as const;
const FOR_STEPS = [...FOR_JOBS, "env", "job", "matrix", "runner", "steps", "strategy"] as const;
const CONTEXTS: Readonly<Record<Place, ReadonlySet<string>>> = {
  anywhere: new Set([...FOR_STEPS, "jobs", "secrets"]),
  "job-condition": new Set(FOR_JOBS),
  "step-condition": new Set(FOR_STEPS),
};

/**
 * Names that today's runner would reject, and calls with a number of arguments that it does not take. It rejects the whole
 * file for one of them; here they parse, so that a name added to the language tomorrow stops nothing.
 */
export function unrecognized(tree: Expression, place: Place = "anywhere"): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  for (const node of descend(tree)) {
    const message =
      node.kind === "context"
        ? judgeContext(node.name, place)
        : node.kind === "call"
          ? judgeCall(node.name, node.args.length)
          : undefined;
    if (message !== undefined) problems.push({ message, span: node.span });
  }
  return problems;
}

function judgeContext(name: string, place: Place): string | undefined {
  return CONTEXTS[place].has(name.toLowerCase())
    ? undefined
    : `There is no context named ${name}${place === "anywhere" ? "" : " here"}`;
}

function judgeCall(name: string, count: number): string | undefined {
  const lower = name.toLowerCase();
  const pure = PURE_FUNCTIONS.get(lower);
  if (pure === undefined)
    return statusFunction(name) !== undefined || lower === "hashfiles"
      ? undefined
      : `There is no function named ${name}`;
  const fits = count >= pure.min && count <= pure.max && (lower !== "case" || count % 2 === 1);
  return fits ? undefined : `${name}() does not take ${count} arguments`;
}
