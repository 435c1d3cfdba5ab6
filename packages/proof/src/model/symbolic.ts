import {
  compare,
  descend,
  evaluate,
  statusFunction,
  statusFunctions,
  type StatusFunction,
  ungroup,
  type BinaryOperator,
  type Comparison,
  type Expression,
  type Value,
} from "@ci-fix/expression";
import { FAULT, type Diagram, type Term } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import { canFail, plainText, readPaths, readsFiles } from "../variables/tree.ts";
import { flows, type Vocabulary, type Written } from "../variables/vocabulary.ts";
import { anyResult } from "./any-result.ts";
import { concretePaths, isWhole, pathOf, type Seen, type Sight } from "./sight.ts";

const ABSENT = "";

/**
 * Evaluates an expression over all cases at once. Comparisons of a context with literals are exact; whatever else is asked
 * of something unknown is one variable for the smallest call or comparison that asks it.
 */
export class Symbolic {
  readonly #logic: Logic;
  readonly #vocabulary: Vocabulary;

  constructor(logic: Logic, vocabulary: Vocabulary) {
    this.#logic = logic;
    this.#vocabulary = vocabulary;
  }

  value({ tree, text }: Written, sight: Sight): Diagram {
    const node = ungroup(tree);
    const at = (inner: Expression): Diagram => this.value({ tree: inner, text }, sight);
    switch (node.kind) {
      case "literal":
        return this.#logic.diagrams.leaf(node.value);
      case "not":
        return this.#logic.not(at(node.operand));
      case "binary":
        if (node.operator === "&&") return this.#logic.and(at(node.left), at(node.right));
        if (node.operator === "||") return this.#logic.or(at(node.left), at(node.right));
        return this.#isExact(node.left, node.right, node.operator, sight)
          ? this.#logic.diagrams.join(comparisonOf(node.operator), at(node.left), at(node.right))
          : this.#whole({ tree: node, text }, sight);
      case "call":
        return this.#call({ tree: node, text }, node, sight);
      default: {
        const path = pathOf(node);
        return path === undefined ? this.#whole({ tree: node, text }, sight) : this.read(path, sight.look(path));
      }
    }
  }

  /** The value behind a path, over every value that any condition can tell from another. */
  read(path: readonly string[], seen: Seen): Diagram {
    if (seen.kind === "known") return seen.diagram;
    const name = path.join(".");
    const { diagrams } = this.#logic;
    const domain = this.#vocabulary.domainOf(name);
    return diagrams.combine([seen.scope], ([scope = null]) =>
      scope === null
        ? diagrams.leaf(ABSENT)
        : diagrams.variable({ key: `${String(scope)}${name}`, kind: "value", domain }),
    );
  }

  #call(written: Written, node: Expression & { kind: "call" }, sight: Sight): Diagram {
    const status = statusFunction(node.name);
    if (status !== undefined && node.args.length === 0) return sight.status(status);
    return anyResult(this.#logic, node, sight) ?? this.#whole(written, sight);
  }

  /** True where the values of both sides are told apart finely enough to compare them. */
  #isExact(left: Expression, right: Expression, operator: BinaryOperator, sight: Sight): boolean {
    const sides = [left, right].map((side) => flows(side).map((end) => this.#doubt(end, sight)));
    if (sides.flat().includes("unsure")) return false;
    const free = sides.map((side) => side.includes("free"));
    return (
      !free.includes(true) || ((operator === "==" || operator === "!=") && !(free[0] === true && free[1] === true))
    );
  }

  /** Undefined for what is told in each case. */
  #doubt(end: Expression, sight: Sight): "free" | "unsure" | undefined {
    if (end.kind === "literal" || end.kind === "not" || end.kind === "binary") return undefined;
    if (end.kind === "call")
      return statusFunction(end.name) !== undefined && end.args.length === 0 ? undefined : "unsure";
    const path = pathOf(end);
    if (path === undefined) return "unsure";
    return sight.look(path).kind === "known" ? undefined : "free";
  }

  /**
   * An expression that is looked at as a whole. It is evaluated where all that it reads is known; else it is an answer
   * that depends on nothing but its text and those of its parts that are known.
   */
  #whole({ tree, text }: Written, sight: Sight): Diagram {
    const reads = readPaths(tree).flatMap((path) => concretePaths(path, sight));
    const seen = reads.map((path) => ({ path, at: sight.look(path) }));
    const plain = plainText(text.slice(tree.span.start, tree.span.end));
    const where = readsFiles(tree) ? [sight.place] : [];
    const domain: readonly Term[] = canFail(tree) ? [false, true, FAULT] : [false, true];
    const parts = seen.map(({ at }) => (at.kind === "known" ? at.diagram : at.scope));
    const statuses = STATUSES.filter((name) => statusFunctions(tree).includes(name));
    return this.#logic.diagrams.combine([...parts, ...statuses.map((name) => sight.status(name))], (terms) => {
      const values: { path: readonly string[]; term: Term }[] = [];
      const scopes: string[] = [];
      for (const [index, { path, at }] of seen.entries()) {
        const term = terms[index] ?? null;
        if (at.kind === "free" && term !== null) scopes.push(String(term));
        else values.push({ path, term: at.kind === "free" ? ABSENT : term });
      }
      const held = new Map(statuses.map((name, index) => [name, terms[seen.length + index] === true]));
      if (scopes.length === 0 && !isOpen(tree)) return this.#logic.diagrams.leaf(concrete(tree, values, held));
      const given = [
        ...values.map(({ path, term }) => `${path.join(".")}=${String(term)}`),
        ...[...held].map(([name, isHeld]) => `${name}()=${isHeld}`),
      ].join(", ");
      const key = [...new Set([...scopes, ...where])].join("") + plain;
      return this.#logic.diagrams.variable({ key: given === "" ? key : `${key} [${given}]`, kind: "answer", domain });
    });
  }
}

/** The status functions but `always()`, which is true in every case. */
const STATUSES: readonly StatusFunction[] = ["success", "failure", "cancelled"];

/** True where something is asked that no path into a context tells. */
function isOpen(tree: Expression): boolean {
  for (const node of descend(tree))
    if (node.kind === "call" && (node.name.toLowerCase() === "hashfiles" || isOddStatus(node))) return true;
  return readPaths(tree).some(isWhole);
}

/** A status function has no arguments; nobody says what it is with some. */
function isOddStatus({ name, args }: Expression & { kind: "call" }): boolean {
  return statusFunction(name) !== undefined && args.length > 0;
}

function concrete(
  tree: Expression,
  values: readonly { path: readonly string[]; term: Term }[],
  held: ReadonlyMap<StatusFunction, boolean>,
): Term {
  const root: { [key: string]: Value } = {};
  // Neither a result nor a value of a matrix is ever a fault.
  for (const { path, term } of values) place(root, path, term as Value);
  const result = evaluate(tree, { context: (name) => root[name] ?? {}, status: (name) => held.get(name) ?? true });
  if (!result.ok) return FAULT;
  return typeof result.value === "object" && result.value !== null ? true : result.value;
}

function place(root: { [key: string]: Value }, path: readonly string[], value: Value): void {
  let at = root;
  for (const name of path.slice(0, -1)) {
    const next = (at[name] ?? {}) as { [key: string]: Value };
    at[name] = next;
    at = next;
  }
  at[path.at(-1) ?? ""] = value;
}

const comparisons = new Map<Comparison, (left: Term, right: Term) => Term>();

/** One function for each operator: what it was asked before is known. */
function comparisonOf(operator: Comparison): (left: Term, right: Term) => Term {
  let comparison = comparisons.get(operator);
  if (comparison === undefined) {
    comparison = (left, right) =>
      left === FAULT || right === FAULT ? FAULT : compare(operator, left as Value, right as Value);
    comparisons.set(operator, comparison);
  }
  return comparison;
}
