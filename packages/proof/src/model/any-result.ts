import { contextPath, ungroup, type Expression } from "@ci-fix/expression";
import type { Diagram, Term } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import type { Sight } from "./sight.ts";

/**
 * `contains(needs.*.result, 'failure')` and its kin (`steps.*.outcome` among them), the way in which gate jobs ask: one question for each job instead of
 * one for each combination of results. Undefined for anything else.
 */
export function anyResult(logic: Logic, call: Expression & { kind: "call" }, sight: Sight): Diagram | undefined {
  const [list, item] = call.args.map(ungroup);
  if (call.name.toLowerCase() !== "contains" || call.args.length !== 2) return undefined;
  if (item?.kind !== "literal" || typeof item.value !== "string" || list === undefined) return undefined;
  const word = item.value.toLowerCase();
  const asText = list.kind === "call" && ["join", "tojson"].includes(list.name.toLowerCase());
  const inner = asText && list.kind === "call" ? list.args[0] : list;
  const path = inner === undefined ? undefined : contextPath(inner)?.map((name) => name.toLowerCase());
  const [context, wildcard, property, ...further] = path ?? [];
  if (context !== "needs" && context !== "steps") return undefined;
  if (wildcard !== "*" || property === undefined || property === "outputs" || further.length > 0) return undefined;
  if (asText && !/^[a-z]+$/.test(word)) return undefined;
  const test = (term: Term): Term => (asText ? String(term).includes(word) : term === word);
  const found = sight.members(context).map((id) => sight.look([context, id, property]));
  const known = found.flatMap((seen) => (seen.kind === "known" ? [seen.diagram] : []));
  // Of one that nobody knows it cannot be said that it does not have the word.
  if (known.length < found.length) return undefined;
  return logic.any(known.map((diagram) => logic.diagrams.map(test, diagram)));
}
