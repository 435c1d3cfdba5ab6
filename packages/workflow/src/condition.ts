import { parseCondition, type Expression, type ParsedCondition } from "@ci-fix/expression";
import type { YamlMap } from "@ci-fix/yaml-editor";
import { asScalar, entryOf, writtenText } from "./nodes.ts";
import type { Condition } from "./types.ts";

const statusFunctions = new Set(["success", "failure", "always", "cancelled"]);

/** Reads the `if` of a job or step. */
export function conditionOf(map: YamlMap | undefined): Condition {
  const entry = entryOf(map, "if");
  const scalar = asScalar(entry?.value);
  const readable = entry?.value === undefined || scalar !== undefined;
  const parsed = parseCondition(writtenText(scalar) ?? "");
  return {
    entry,
    // Behind an alias or a merge key the text is shared with others: whoever wants to change it must not find it here.
    scalar: scalar === entry?.value ? scalar : undefined,
    parsed,
    implicitSuccess: !parsed.hasStatusFunction,
    constant: readable ? constantOf(parsed) : undefined,
  };
}

function constantOf(parsed: ParsedCondition): boolean | undefined {
  if (parsed.form === "empty") return true;
  if (parsed.form === "invalid") return undefined;
  if (parsed.constant !== undefined) return parsed.constant;
  return parsed.hasStatusFunction && parsed.tree !== undefined && readsOnlyOutcomes(parsed.tree) ? true : undefined;
}

/** True for trees such as `success() || failure()`: made of status functions, literals and operators alone. */
function readsOnlyOutcomes(tree: Expression): boolean {
  const pending: (Expression | undefined)[] = [tree];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node?.kind === "context" || node?.kind === "property" || node?.kind === "index") return false;
    if (node?.kind === "call" && (node.args.length > 0 || !statusFunctions.has(node.name.toLowerCase()))) return false;
    if (node?.kind === "not") pending.push(node.operand);
    else if (node?.kind === "group") pending.push(node.inner);
    else if (node?.kind === "binary") pending.push(node.left, node.right);
  }
  return true;
}
