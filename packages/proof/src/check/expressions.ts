import { contextPaths, evaluate, type Expression, type Value } from "@ci-fix/expression";
import { isFault, type Answer, type Oracle } from "./oracle.ts";

export const fault: Answer = { fault: true };

/** What is behind a path in one case: a value, or a question nobody has answered yet, with all that is known of its making. */
export type Found = { readonly value: Answer } | { readonly scope: string; readonly given?: string };

export interface View {
  readonly place: string;
  readonly oracle: Oracle;
  status(name: string): boolean;
  find(path: readonly string[]): Found;
  ids(context: string): readonly string[];
  /** Every value that a path is compared with somewhere. */
  domain(path: string): readonly Answer[];
}

const statusNames = ["success", "failure", "always", "cancelled"];
const plainCalls = [...statusNames, "contains", "startswith", "endswith", "join", "tojson"];

export function truthy(answer: Answer): boolean {
  return !(answer === null || answer === false || answer === 0 || answer === "") && !Number.isNaN(answer);
}

/** The value of an expression in one case; asks the oracle only what the runner would have to know. */
export function valueOf(node: Expression, text: string, view: View): Answer {
  switch (node.kind) {
    case "group":
      return valueOf(node.inner, text, view);
    case "literal":
      return node.value;
    case "not": {
      const inner = valueOf(node.operand, text, view);
      return isFault(inner) ? inner : !truthy(inner);
    }
    case "binary": {
      if (node.operator !== "&&" && node.operator !== "||") return compared(node, text, view);
      const left = valueOf(node.left, text, view);
      if (isFault(left) || truthy(left) === (node.operator === "||")) return left;
      return valueOf(node.right, text, view);
    }
    default:
      return single(node, text, view);
  }
}

/** A call or a path. */
function single(node: Expression, text: string, view: View): Answer {
  if (node.kind === "call" && statusNames.includes(node.name.toLowerCase()) && node.args.length === 0)
    return view.status(node.name.toLowerCase());
  const path = node.kind === "call" ? undefined : steady(node);
  if (path === undefined) return asked(node, text, view);
  const found = view.find(path);
  if ("value" in found) return found.value;
  return view.oracle.ask("value", `${found.scope}${path.join(".")}`, view.domain(path.join(".")));
}

function compared(node: Expression & { kind: "binary" }, text: string, view: View): Answer {
  const ends = [sources(node.left), sources(node.right)];
  const kinds = ends.map((side) => side.map((end) => kindOf(end, view)));
  const open = kinds.map((side) => side.includes("free"));
  const isEquality = node.operator === "==" || node.operator === "!=";
  const isUnsure = kinds.flat().includes("unsure") || (open[0] === true && open[1] === true);
  if (isUnsure || (open.includes(true) && !isEquality)) return asked(node, text, view);
  const [left, right] = [valueOf(node.left, text, view), valueOf(node.right, text, view)];
  if (isFault(left) || isFault(right)) return fault;
  const literal = (value: Answer): Expression => ({ kind: "literal", span: node.span, value: value as string });
  return closed({ ...node, left: literal(left), right: literal(right) }, {}, view);
}

export function sources(node: Expression): readonly Expression[] {
  if (node.kind === "group") return sources(node.inner);
  const isChoice = node.kind === "binary" && (node.operator === "&&" || node.operator === "||");
  return isChoice ? [...sources(node.left), ...sources(node.right)] : [node];
}

function kindOf(node: Expression, view: View): "sure" | "free" | "unsure" {
  if (node.kind === "literal" || node.kind === "not" || node.kind === "binary") return "sure";
  if (node.kind === "call")
    return statusNames.includes(node.name.toLowerCase()) && node.args.length === 0 ? "sure" : "unsure";
  const path = steady(node);
  return path === undefined ? "unsure" : "value" in view.find(path) ? "sure" : "free";
}

/** What is asked as a whole: evaluated if all of it is known, else one question. */
function asked(node: Expression, text: string, view: View): Answer {
  const reads = pathsIn(node).flatMap((path) => spread(path, view));
  const found = reads.map((path) => ({ path, at: view.find(path) }));
  const known = found.flatMap(({ path, at }) => ("value" in at ? [{ path, value: at.value }] : []));
  if (known.length === found.length && !asksMore(node)) {
    const root: { [key: string]: Value } = {};
    for (const { path, value } of known) put(root, path, isFault(value) ? null : value);
    return closed(node, root, view);
  }
  const scopes = found.flatMap(({ at }) => ("scope" in at ? [at.scope] : []));
  if (calls(node).includes("hashfiles")) scopes.push(view.place);
  const words = text.slice(node.span.start, node.span.end).split("'");
  const plain = words
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/\s/gu, "").toLowerCase()))
    .join("'");
  const results = known.map(
    ({ path, value }) => `${path.join(".")}=${value !== null && typeof value === "object" ? "fault" : String(value)}`,
  );
  const called = calls(node);
  const statuses = ["success", "failure", "cancelled"].filter((name) => called.includes(name));
  const given = [...results, ...statuses.map((name) => `${name}()=${view.status(name)}`)].join(", ");
  const key = [...new Set(scopes)].join("") + plain + (given === "" ? "" : ` [${given}]`);
  return view.oracle.ask("answer", key, mayFail(node) ? [false, true, fault] : [false, true]);
}

/** True for what can do worse than answer. */
export function mayFail(node: Expression): boolean {
  return descend(node).some(
    (part) => part.kind === "call" && !plainCalls.includes(part.name.toLowerCase()) && !fills(part),
  );
}

/** A call of `format` with all that its pattern asks for. */
function fills({ name, args }: Expression & { kind: "call" }): boolean {
  const [pattern, ...values] = args;
  if (name.toLowerCase() !== "format" || pattern?.kind !== "literal") return false;
  const pieces = [...String(pattern.value ?? "").matchAll(/\{\{|\}\}|\{(\d+)[^{}]*\}|[{}]/gu)];
  return pieces.every(([piece, hole]) => (hole === undefined ? piece.length === 2 : Number(hole) < values.length));
}

function closed(node: Expression, root: { readonly [key: string]: Value }, view: View): Answer {
  const result = evaluate(node, { context: (name) => root[name] ?? {}, status: (name) => view.status(name) });
  if (!result.ok) return fault;
  return result.value !== null && typeof result.value === "object" ? true : result.value;
}

/** `needs.*.result`, `steps`, `needs.unit` and the like as one path for each result of each member. */
export function spread(path: readonly string[], view: View): readonly (readonly string[])[] {
  const [context = "", id, ...rest] = path;
  const isAll = rest.length === 0 || rest[0] === "*";
  if ((context !== "needs" && context !== "steps") || (id !== undefined && id !== "*" && !isAll)) return [path];
  const ends = !isAll ? [rest] : context === "needs" ? [["result"]] : [["outcome"], ["conclusion"]];
  const ids = id === undefined || id === "*" ? view.ids(context) : [id];
  return ids.flatMap((member) => ends.map((end) => [context, member, ...end]));
}

/** All of what became of a job or step, where nobody says which of it. */
function isUnit([context, id, property = "*"]: readonly string[]): boolean {
  return id !== undefined && property === "*" && (context === "needs" || context === "steps");
}

function pathsIn(node: Expression): readonly (readonly string[])[] {
  return contextPaths(node).map((path) => path.map((name) => name.toLowerCase()));
}

/** A path that names one thing. */
export function steady(node: Expression): readonly string[] | undefined {
  if (node.kind === "call" || node.kind === "context") return undefined;
  const isChain = !descend(node).some((part) => part.kind === "call" || part.kind === "binary" || part.kind === "not");
  const [path, ...others] = isChain ? pathsIn(node) : [];
  if (others.length > 0 || path === undefined || path.includes("*") || path.length === 1) return undefined;
  return isUnit(path) ? undefined : path;
}

export function descend(node: Expression): readonly Expression[] {
  const inner = Object.values(node).flatMap((part: unknown) => (Array.isArray(part) ? (part as unknown[]) : [part]));
  const nodes = inner.filter((part): part is Expression => typeof part === "object" && part !== null && "kind" in part);
  return [node, ...nodes.flatMap(descend)];
}

function calls(node: Expression): readonly string[] {
  return descend(node).flatMap((part) => (part.kind === "call" ? [part.name.toLowerCase()] : []));
}

/** True where a whole context, job or step, or something odd is asked within. */
function asksMore(node: Expression): boolean {
  const chained = new Set(
    descend(node).flatMap((part) => (part.kind === "property" || part.kind === "index" ? [part.object] : [])),
  );
  const bare = descend(node).some((part) => part.kind === "context" && !chained.has(part));
  return bare || pathsIn(node).some(isUnit) || descend(node).some(isOddCall);
}

/** What depends on the files of the moment, and a status function that is given something. */
function isOddCall(node: Expression): boolean {
  if (node.kind !== "call") return false;
  const name = node.name.toLowerCase();
  return name === "hashfiles" || (node.args.length > 0 && statusNames.includes(name));
}

function put(root: { [key: string]: Value }, path: readonly string[], value: Value): void {
  const [first = "", ...rest] = path;
  if (rest.length === 0) root[first] = value;
  else {
    const inner = { ...(root[first] as { [key: string]: Value } | undefined) };
    put(inner, rest, value);
    root[first] = inner;
  }
}
