import { contextPath, descend, ungroup, type Expression } from "@ci-fix/expression";
import type { Diagram, Term } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import type { Sight } from "./sight.ts";

/**
 * `contains(needs.*.result, 'failure')` and its kin (`steps.*.outcome` among them), the way in which gate jobs ask: one question for each job instead of
 * one for each combination of results. Undefined for anything else.
 */
export function anyResult(logic: Logic, call: Expression & { kind: "call" }, sight: Sight): Diagram | undefined {
  const [list, item] = call.args.map(ungroup);
  if (call.name.toLowerCase() !== "contains" || list === undefined) return undefined;
  if (item?.kind !== "literal" || typeof item.value !== "string") return undefined;
  const word = item.value.toLowerCase();
  if (!/^[a-z]+$/.test(word)) return undefined;
  const written = writtenList(list);
  const path = contextPath(written ?? list)?.map((name) => name.toLowerCase());
  if (path === undefined || isComputed(list)) return undefined;
  const [context, wildcard, property, ...further] = path;
  if (context !== "needs" && context !== "steps") return undefined;
  if (wildcard !== "*" || property === undefined || further.length > 0) return undefined;
  const test = (term: Term): Term => (written === undefined ? term === word : String(term).includes(word));
  const found = sight.members(context).map((id) => sight.look([context, id, property]));
  const known = found.flatMap((seen) => (seen.kind === "known" ? [seen.diagram] : []));
  // Of one that nobody knows it cannot be said that it does not have the word.
  if (known.length < found.length) return undefined;
  return logic.any(known.map((diagram) => logic.diagrams.map(test, diagram)));
}

/** The list of which `join` or `toJSON` makes one text, in which no word can be made up of several results. */
function writtenList(node: Expression): Expression | undefined {
  if (node.kind !== "call") return undefined;
  const [list, separator] = node.args.map(ungroup);
  const isApart =
    separator === undefined || (separator.kind === "literal" && !/^$|[a-z]/iu.test(String(separator.value)));
  return isApart && ["join", "tojson"].includes(node.name.toLowerCase()) ? list : undefined;
}

/** True where one of the names is worked out: `needs[inputs.job]` is one job, not each of them. */
function isComputed(path: Expression): boolean {
  const indexes = [...descend(path)].flatMap((node) =>
    node.kind === "index" && node.index !== undefined ? [node.index] : [],
  );
  return indexes.some((index) => ungroup(index).kind !== "literal");
}
