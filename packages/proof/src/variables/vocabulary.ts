import { contextPath, descend, parseTemplate, ungroup, type Expression } from "@ci-fix/expression";
import { canBe, type Condition, type Job, type Step } from "@ci-fix/workflow";
import type { Term } from "../engine/diagram.ts";
import { canFail } from "./tree.ts";

/** Stands for every value that equals none of those that a path is compared with. */
export const OTHER = "(any other value)";

/** What `needs.X.result` and `steps.X.outcome` can say; a path that is compared with one of them may say any. */
export const RESULTS: readonly string[] = ["success", "failure", "skipped", "cancelled"];

/** Which values each context path is compared with, in all files of a proof together. */
export class Vocabulary {
  readonly #literals = new Map<string, Set<Term>>();

  add(job: Job): void {
    for (const { tree } of conditionsOf(job)) this.#visit(tree);
  }

  /**
   * The values that a path can have as far as any condition can tell: those it is compared with, one that equals none of
   * them, and nothing. What a context can never be is none of them.
   */
  domainOf(path: string): readonly Term[] {
    return [OTHER, ...(this.#literals.get(path) ?? []), ""];
  }

  #visit(tree: Expression): void {
    for (const node of descend(tree)) {
      if (node.kind !== "binary" || (node.operator !== "==" && node.operator !== "!=")) continue;
      this.#meet(node.left, node.right);
      this.#meet(node.right, node.left);
    }
  }

  #meet(side: Expression, other: Expression): void {
    const met = flows(other).flatMap((end) => termsOf(end));
    for (const end of flows(side)) {
      const path = contextPath(end)?.join(".").toLowerCase();
      if (path === undefined) continue;
      const known = this.#literals.get(path) ?? new Set<Term>();
      this.#literals.set(path, known);
      for (const term of met) if (canBe(path, term) && !hasAlike(known, term)) known.add(term);
    }
  }
}

/** What the value of an expression can come from: the operands of `&&` and `||`, else the expression itself. */
export function flows(node: Expression): readonly Expression[] {
  const inner = ungroup(node);
  return inner.kind === "binary" && (inner.operator === "&&" || inner.operator === "||")
    ? [...flows(inner.left), ...flows(inner.right)]
    : [inner];
}

function termsOf(end: Expression): readonly Term[] {
  if (end.kind !== "literal") return contextPath(end) === undefined ? [true] : RESULTS;
  // Nothing equals NaN, and no context is.
  if (end.value === null || end.value === "" || Number.isNaN(end.value)) return [];
  // A string that reads as this number equals it, and is yet another value.
  return typeof end.value === "number" ? [end.value, String(end.value)] : end.value === false ? ["0"] : [end.value];
}

/** Strings are compared without regard to case. */
function hasAlike(known: ReadonlySet<Term>, term: Term): boolean {
  if (typeof term !== "string") return known.has(term);
  return [...known].some((each) => typeof each === "string" && each.toUpperCase() === term.toUpperCase());
}

/** An expression with the text that its spans lie in. */
export interface Written {
  readonly tree: Expression;
  readonly text: string;
}

/** Every expression of a job that decides whether something runs or what its failure means. */
function conditionsOf(job: Job): readonly Written[] {
  return [job, ...job.steps]
    .flatMap(decisionsOf)
    .concat(job.steps.flatMap(({ env }) => [...env.values()].flatMap(fallibleIn)));
}

/** The expressions that decide whether a job or step runs, and what its failure means. */
export function decisionsOf({ condition, softFail }: Pick<Job | Step, "condition" | "softFail">): readonly Written[] {
  return [...askedBy(condition), ...(softFail.kind === "expression" ? writtenIn(softFail.text) : [])];
}

/** The expressions of a condition. */
export function askedBy({ parsed }: Condition): readonly Written[] {
  return parsed.tree === undefined ? writtenIn(parsed.text) : [{ tree: parsed.tree, text: parsed.text }];
}

/** The expressions in a text whose evaluation can fail. */
export function fallibleIn(text: string): readonly Written[] {
  return writtenIn(text).filter(({ tree }) => canFail(tree));
}

/** The expressions in the `${{ }}` of a text. */
export function writtenIn(text: string): readonly Written[] {
  return parseTemplate(text).flatMap((part) =>
    part.kind === "expression" && part.parsed.ok ? [{ tree: part.parsed.tree, text }] : [],
  );
}
