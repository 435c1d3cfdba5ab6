import { contextPath, evaluate, ungroup, type BinaryOperator, type Expression, type Value } from "@ci-fix/expression";
import { FAULT, type Diagram, type Term } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import { canFail, plainText, readPaths, readsFiles } from "../variables/tree.ts";
import { flows, type Vocabulary, type Written } from "../variables/vocabulary.ts";
import { anyResult } from "./any-result.ts";
import type { Seen, Sight } from "./sight.ts";

const STATUS = new Set(["success", "failure", "always", "cancelled"]);
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
    const name = node.name.toLowerCase();
    if (STATUS.has(name) && node.args.length === 0) return sight.status(name as Parameters<Sight["status"]>[0]);
    return anyResult(this.#logic, node, sight) ?? this.#whole(written, sight);
  }

  /** True where the values of both sides are told apart finely enough to compare them. */
  #isExact(left: Expression, right: Expression, operator: BinaryOperator, sight: Sight): boolean {
    const sides = [left, right].map((side) => flows(side).map((end) => this.#certainty(end, sight)));
    if (sides.flat().includes("unsure")) return false;
    const free = sides.map((side) => side.includes("free"));
    return (
      !free.includes(true) || ((operator === "==" || operator === "!=") && !(free[0] === true && free[1] === true))
    );
  }

  #certainty(end: Expression, sight: Sight): "sure" | "free" | "unsure" {
    if (end.kind === "literal" || end.kind === "not" || end.kind === "binary") return "sure";
    if (end.kind === "call") return STATUS.has(end.name.toLowerCase()) && end.args.length === 0 ? "sure" : "unsure";
    const path = pathOf(end);
    if (path === undefined) return "unsure";
    return sight.look(path).kind === "known" ? "sure" : "free";
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
    return this.#logic.diagrams.combine(parts, (terms) => {
      const values: { path: readonly string[]; term: Term }[] = [];
      const scopes: string[] = [];
      for (const [index, { path, at }] of seen.entries()) {
        const term = terms[index] ?? null;
        if (at.kind === "free" && term !== null) scopes.push(String(term));
        else values.push({ path, term: at.kind === "free" ? ABSENT : term });
      }
      if (scopes.length === 0 && !isOpen(tree)) return this.#logic.diagrams.leaf(concrete(tree, values));
      const given = values.map(({ path, term }) => `${path.join(".")}=${String(term)}`).join(", ");
      const key = [...new Set([...scopes, ...where])].join("") + plain;
      return this.#logic.diagrams.variable({ key: given === "" ? key : `${key} [${given}]`, kind: "answer", domain });
    });
  }
}

/** True where something is asked that no context tells. */
function isOpen(tree: Expression): boolean {
  const node = ungroup(tree);
  if (node.kind === "context") return true;
  if (node.kind === "call") {
    const name = node.name.toLowerCase();
    if (name === "hashfiles" || STATUS.has(name)) return true;
    return node.args.some(isOpen);
  }
  if (node.kind === "binary") return isOpen(node.left) || isOpen(node.right);
  if (node.kind === "not") return isOpen(node.operand);
  if (node.kind === "property" || node.kind === "index") {
    const path = contextPath(node);
    return path === undefined ? isOpen(node.object) : isWhole(path);
  }
  return false;
}

/** True for all that is known of a job or step: more than its result. */
function isWhole([context = "", ...names]: readonly string[]): boolean {
  return names.length < 2 && ["needs", "steps"].includes(context.toLowerCase());
}

/** `needs.*.result` as one path for each job that is needed, and likewise for `steps`. What is whole counts as its results. */
function concretePaths(path: readonly string[], sight: Sight): readonly (readonly string[])[] {
  const [context, id = "*", ...names] = path;
  if (context !== "needs" && context !== "steps") return [path];
  const members = id === "*" ? sight.members(context) : [id];
  const results = context === "needs" ? [["result"]] : [["outcome"], ["conclusion"]];
  return members.flatMap((member) => (isWhole(path) ? results : [names]).map((rest) => [context, member, ...rest]));
}

function pathOf(node: Expression): readonly string[] | undefined {
  const path = contextPath(node)?.map((name) => name.toLowerCase());
  return path === undefined || path.length === 1 || isWhole(path) || path.includes("*") ? undefined : path;
}

function concrete(tree: Expression, values: readonly { path: readonly string[]; term: Term }[]): Term {
  const root: { [key: string]: Value } = {};
  for (const { path, term } of values) place(root, path, term === FAULT ? null : (term as Value));
  const result = evaluate(tree, { context: (name) => root[name] ?? {}, status: () => false });
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

const comparisons = new Map<BinaryOperator, (left: Term, right: Term) => Term>();
const span = { start: 0, end: 0 };

function comparisonOf(operator: BinaryOperator): (left: Term, right: Term) => Term {
  let compare = comparisons.get(operator);
  if (compare === undefined) {
    compare = (left, right) => {
      if (left === FAULT || right === FAULT) return FAULT;
      const [a, b] = [left, right].map((term) => ({ kind: "literal", span, value: term }) as Expression);
      if (a === undefined || b === undefined) return FAULT;
      const tree: Expression = { kind: "binary", span, operator, operatorSpan: span, left: a, right: b };
      const result = evaluate(tree, { context: () => null, status: () => false });
      return result.ok ? (result.value as Term) : FAULT;
    };
    comparisons.set(operator, compare);
  }
  return compare;
}
