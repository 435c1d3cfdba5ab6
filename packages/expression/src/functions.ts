import { EvaluationFault } from "./fault.ts";
import type { Value } from "./types.ts";
import { equals, foldCase, isArray, isPrimitive, toText } from "./values.ts";

/** A function whose result depends on its arguments alone. */
interface PureFunction {
  readonly min: number;
  readonly max: number;
  readonly call: (args: readonly Value[]) => Value;
}

const MAX_ARGUMENTS = 255;

/** By lower-case name, with the argument counts of the runner. */
export const PURE_FUNCTIONS: ReadonlyMap<string, PureFunction> = new Map<string, PureFunction>([
  ["case", { min: 3, max: MAX_ARGUMENTS, call: choose }],
  ["contains", { min: 2, max: 2, call: ([search = null, item = null]) => contains(search, item) }],
  ["endswith", { min: 2, max: 2, call: (args) => compareEnds(args, (text, end) => text.endsWith(end)) }],
  ["format", { min: 1, max: MAX_ARGUMENTS, call: ([pattern = null, ...rest]) => format(toText(pattern), rest) }],
  ["fromjson", { min: 1, max: 1, call: ([text = null]) => fromJson(toText(text)) }],
  ["join", { min: 1, max: 2, call: ([list = null, separator = ","]) => join(list, separator) }],
  ["startswith", { min: 2, max: 2, call: (args) => compareEnds(args, (text, start) => text.startsWith(start)) }],
  ["tojson", { min: 1, max: 1, call: ([value = null]) => JSON.stringify(value, null, 2) }],
]);

function choose(args: readonly Value[]): Value {
  for (let at = 0; at + 1 < args.length; at += 2) {
    const when = args[at];
    if (typeof when !== "boolean") throw new EvaluationFault("A predicate of case() must be true or false");
    if (when) return args[at + 1] ?? null;
  }
  return args.at(-1) ?? null;
}

function contains(search: Value, item: Value): boolean {
  if (isArray(search)) return search.some((each) => equals(item, each));
  return isPrimitive(search) && isPrimitive(item) && foldCase(toText(search)).includes(foldCase(toText(item)));
}

function compareEnds(
  [text = null, part = null]: readonly Value[],
  has: (text: string, part: string) => boolean,
): boolean {
  return isPrimitive(text) && isPrimitive(part) && has(foldCase(toText(text)), foldCase(toText(part)));
}

/** `{0}` stands for the first argument after the pattern, `{{` and `}}` for braces. */
function format(pattern: string, args: readonly Value[]): string {
  return pattern.replaceAll(/\{\{|\}\}|\{(\d+)[^{}]*\}|[{}]/g, (found: string, digits: string | undefined) => {
    if (found === "{{" || found === "}}") return found.charAt(0);
    const value = args[Number(digits)];
    if (value === undefined) throw new EvaluationFault(`The format string is not valid: ${pattern}`);
    return toText(value);
  });
}

function fromJson(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw new EvaluationFault("The text given to fromJSON() is not JSON");
  }
}

function join(list: Value, separator: Value): string {
  if (isPrimitive(list)) return toText(list);
  return isArray(list) ? list.map(toText).join(isPrimitive(separator) ? toText(separator) : ",") : "";
}
