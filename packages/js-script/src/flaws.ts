import { parseTemplate } from "@ci-fix/expression";
import { child, children, functionAround, isInside, nodesOf, type Node, type NodePath } from "./syntax.ts";

export type FlawKind = "error-only" | "logged" | "empty-callback" | "exit-zero" | "floats";

/** A replacement in the text of the script. UTF-16 offsets. */
export interface FlawEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A place where a failure of the script is lost. */
export interface Flaw {
  readonly kind: FlawKind;
  readonly start: number;
  readonly end: number;
  /** What is written there, on one line. */
  readonly text: string;
  /** What may fail there, as written. */
  readonly work: string;
  /** Empty where only a person can tell what should happen. */
  readonly edits: readonly FlawEdit[];
}

const before = "async () => {\n";
const types = ["TryStatement", "CallExpression", "ExpressionStatement"];

/** Where a script loses failures, in the order of the text; undefined for what does not parse. */
export function flawsOf(text: string): readonly Flaw[] | undefined {
  // A script of an action is the body of an async function: it may await and return.
  const source = `${before}${masked(text)}\n}`;
  const nodes = nodesOf(source, types);
  if (nodes === undefined) return undefined;
  const written = `${before}${text}\n}`;
  const found = [
    ...(nodes.get("TryStatement") ?? []).flatMap((path) => inCatch(path, written)),
    ...(nodes.get("CallExpression") ?? []).flatMap((path) => emptyCallback(path, written)),
    ...(nodes.get("ExpressionStatement") ?? []).flatMap((path) => floating(path, written)),
  ];
  return found.map(moved).sort((a, b) => a.start - b.start);
}

function moved(flaw: Flaw): Flaw {
  const by = before.length;
  const edits = flaw.edits.map((edit) => ({ ...edit, start: edit.start - by, end: edit.end - by }));
  return { ...flaw, start: flaw.start - by, end: flaw.end - by, edits };
}

/** Expressions become identifiers of the same length, so that offsets stay right. */
function masked(text: string): string {
  return parseTemplate(text)
    .map((part) =>
      part.kind === "text" ? part.text : text.slice(part.span.start, part.span.end).replaceAll(/[^\n\r]/gu, "_"),
    )
    .join("");
}

const fails =
  /\bthrow\b|setFailed|process\.exitCode|process\.exit\(\s*[^0\s)]|\breturn\b|\breject\b|\bcontinue\b|\bbreak\b/u;
const prints = /^(?:console\.(?:log|error|warn|info|debug)|core\.(?:info|warning|error|debug|notice))$/u;

function inCatch(path: NodePath, text: string): readonly Flaw[] {
  const handler = child(path.node, "handler");
  const body = handler === undefined ? undefined : child(handler, "body");
  const tried = child(path.node, "block");
  if (handler === undefined || body === undefined || tried === undefined) return [];
  const written = textOf(body, text);
  const work = textOf(tried, text);
  const exit = /process\.exit\(\s*(0)\s*\)/du.exec(written);
  const at = exit?.indices?.[1];
  if (at !== undefined && !/setFailed|exitCode/u.test(written)) {
    const edit = { start: body.start + at[0], end: body.start + at[1], text: "1" };
    return [{ kind: "exit-zero", start: handler.start, end: handler.end, text: oneLine(written), work, edits: [edit] }];
  }
  const statements = children(body, "body");
  if (
    fails.test(written) ||
    statements.length === 0 ||
    isInside(path, /^(?:For|While|DoWhile)/u) ||
    isExplained(written)
  )
    return [];
  const calls = statements.map((statement) => calleeOf(statement, text));
  if (!calls.every((callee) => callee !== undefined && prints.test(callee))) return [];
  const error = statements.find((_, index) => calls[index] === "core.error");
  const where = { start: handler.start, end: handler.end, text: oneLine(textOf(handler, text)), work };
  // What is printed as anything less than an error is tolerated knowingly.
  if (error === undefined && !calls.includes("console.error")) return [];
  if (error === undefined) return [{ kind: "logged", ...where, edits: rethrown(handler, body, statements, text) }];
  const name = error.start + "core.".length;
  return [{ kind: "error-only", ...where, edits: [{ start: name, end: name + "error".length, text: "setFailed" }] }];
}

/** The last statement of the catch, then `throw error` on a line of its own at the same column. */
function rethrown(handler: Node, body: Node, statements: readonly Node[], text: string): readonly FlawEdit[] {
  const parameter = child(handler, "param");
  const last = statements.at(-1);
  if (parameter?.type !== "Identifier" || last === undefined || !textOf(body, text).includes("\n")) return [];
  const lead = /(?:\r?\n)[ \t]*$/u.exec(text.slice(0, last.start))?.[0];
  if (lead === undefined) return [];
  const semicolon = textOf(last, text).endsWith(";") ? ";" : "";
  return [{ start: last.end, end: last.end, text: `${lead}throw ${textOf(parameter, text)}${semicolon}` }];
}

function emptyCallback(path: NodePath, text: string): readonly Flaw[] {
  const { node } = path;
  const callee = child(node, "callee");
  const [callback, ...more] = children(node, "arguments");
  const object = callee === undefined ? undefined : child(callee, "object");
  if (callee?.type !== "MemberExpression" || object === undefined || callback === undefined || more.length > 0)
    return [];
  if (!/^\s*\.\s*catch$/u.test(text.slice(object.end, callee.end))) return [];
  const isEmpty =
    /^(?:async\s*)?(?:\(\s*\w*\s*\)|\w+)\s*=>\s*(?:\{\s*\}|null|undefined|void 0|\(\{\}\))$|^function\s*\(\s*\w*\s*\)\s*\{\s*\}$/u;
  if (!isEmpty.test(textOf(callback, text))) return [];
  // A value that is used says that nothing is an answer as well.
  const isStatement =
    path.parent?.node.type === "ExpressionStatement" ||
    (path.parent?.node.type === "AwaitExpression" && path.parent.parent?.node.type === "ExpressionStatement");
  if (!isStatement) return [];
  const work = textOf(object, text);
  return [
    {
      kind: "empty-callback",
      start: object.end,
      end: node.end,
      text: oneLine(text.slice(object.end, node.end)),
      work,
      edits: [{ start: object.end, end: node.end, text: "" }],
    },
  ];
}

const promises = /^(?:github|octokit)\.(?:rest\.[\w.]+|request|graphql|paginate)$|^exec\.(?:exec|getExecOutput)$/u;

function floating(path: NodePath, text: string): readonly Flaw[] {
  const call = child(path.node, "expression");
  const callee = call?.type === "CallExpression" ? calleeOf(path.node, text) : undefined;
  if (call === undefined || callee === undefined || !promises.test(callee)) return [];
  // In a callback that is not async nobody can wait.
  if (functionAround(path)?.["async"] !== true) return [];
  const edits = [{ start: call.start, end: call.start, text: "await " }];
  return [{ kind: "floats", start: call.start, end: call.end, text: oneLine(textOf(call, text)), work: callee, edits }];
}

/** `core.error` of the statement `core.error("…")`. */
function calleeOf(statement: Node, text: string): string | undefined {
  const expression = statement.type === "ExpressionStatement" ? child(statement, "expression") : undefined;
  const callee = expression?.type === "CallExpression" ? child(expression, "callee") : undefined;
  return callee === undefined ? undefined : textOf(callee, text).replaceAll(/\s+/gu, "");
}

/** A comment or message that says that the failure is fine. */
function isExplained(written: string): boolean {
  return /\/\/|\/\*|\b(?:ignor\w*|skip\w*|not found|does(?: not|n't) exist|no (?:such|existing)|already|optional|non-?fatal|best.effort|expected|fine|fall ?back|continu\w+|retry\w*|may not)\b/iu.test(
    written,
  );
}

function textOf({ start, end }: Node, text: string): string {
  return text.slice(start, end);
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
