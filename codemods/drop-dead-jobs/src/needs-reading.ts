import { children, parseCondition, parseTemplate, type Expression } from "@ci-fix/expression";
import type { Reader } from "@ci-fix/workflow";

/**
 * True if a reader of all results cannot tell whether a skipped one is among them: it only asks whether they contain
 * another word, as in `contains(needs.*.result, 'failure')`.
 */
export function isBlindToSkipped(reader: Reader): boolean {
  const trees = treesOf(reader);
  return trees.length > 0 && trees.every(readsOnlyOtherWords);
}

function treesOf(reader: Reader): readonly Expression[] {
  const tree = reader.where === "condition" ? parseCondition(reader.text).tree : undefined;
  if (tree !== undefined) return [tree];
  return parseTemplate(reader.text).flatMap((part) =>
    part.kind === "expression" && part.parsed.ok ? [part.parsed.tree] : [],
  );
}

function readsOnlyOtherWords(tree: Expression): boolean {
  const pending: Expression[] = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (asksForOtherWord(node)) continue;
    if (isNeeds(node)) return false;
    pending.push(...inside(node));
  }
  return true;
}

function asksForOtherWord(node: Expression): boolean {
  if (node.kind !== "call" || node.name.toLowerCase() !== "contains") return false;
  const [list, word] = node.args;
  return (
    list !== undefined &&
    isAllResults(list) &&
    word?.kind === "literal" &&
    String(word.value).toLowerCase() !== "skipped"
  );
}

function isAllResults(node: Expression): boolean {
  return node.kind === "property" && node.name.toLowerCase() === "result" && isStarOfNeeds(node.object);
}

function isStarOfNeeds(node: Expression): boolean {
  const star = (node.kind === "property" && node.name === "*") || (node.kind === "index" && node.index === undefined);
  return star && (node.kind === "property" || node.kind === "index") && isNeeds(node.object);
}

function isNeeds(node: Expression): boolean {
  return node.kind === "context" && node.name.toLowerCase() === "needs";
}

/** The parts of a node, without the `needs` of a job that is named: only what reads all of them counts. */
function inside(node: Expression): readonly Expression[] {
  const named =
    (node.kind === "property" && node.name !== "*") || (node.kind === "index" && node.index?.kind === "literal");
  return named && isNeeds(node.object) ? children(node).slice(1) : children(node);
}
