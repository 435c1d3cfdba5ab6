import { guardedChains, shape, type GuardedChain } from "./guards.ts";
import { isUnpacked, parseCondition } from "./template.ts";
import type {
  ConditionForm,
  Expression,
  ParsedCondition,
  SimplifyRefusal,
  Span,
  TextEdit,
  UnguardResult,
} from "./types.ts";

/**
 * Takes the guard out of `false && X`, in any shape, with the fewest bytes changed. The result is the condition with that
 * guard read as true, under every assignment; it is parsed again and compared with the original before it is given.
 *
 * Parentheses go where they stood around exactly the guarded part: around the whole condition, or around the guard and
 * one operand.
 */
export function removeFalseGuard(condition: ParsedCondition): UnguardResult {
  const { tree } = condition;
  if (tree === undefined) return refuse("not-an-expression", whyNoExpression(condition.form));
  const chains = guardedChains(tree);
  const [first] = chains;
  if (first === undefined) return refuse("no-guard", "No operand of && is false whatever happens");
  if (chains.some((chain) => remaining(chain).length === 0))
    return refuse("nothing-left", "Nothing stands behind the guard");
  const guards = new Set(chains.flatMap((chain) => [...chain.guards]));
  const edits = plan(condition.text, chains);
  const replacement = without(edits, condition.text, { start: 0, end: condition.text.length });
  return (
    check(condition, tree, guards, replacement) ?? {
      ok: true,
      edits,
      replacement,
      restored: without(edits, condition.text, first.chain.span),
    }
  );
}

function whyNoExpression(form: ConditionForm): string {
  if (form === "empty") return "There is no condition";
  return form === "text"
    ? "Text stands around ${{ }}, so the condition is a string and always true"
    : "The condition does not parse";
}

/** Undefined if the replacement says what the original says without its guards. */
function check(
  before: ParsedCondition,
  tree: Expression,
  guards: ReadonlySet<Expression>,
  replacement: string,
): UnguardResult | undefined {
  const after = parseCondition(replacement);
  if (after.hasStatusFunction !== before.hasStatusFunction) {
    return refuse("loses-status-function", "Without the guard the runner would put success() && before the condition");
  }
  const same =
    after.form === before.form &&
    after.tree !== undefined &&
    !isUnpacked(after.form, after.tree) &&
    JSON.stringify(shape(after.tree)) === JSON.stringify(shape(tree, guards));
  return same ? undefined : refuse("not-equal", "What is left would be read as something else");
}

function plan(text: string, chains: readonly GuardedChain[]): readonly TextEdit[] {
  const cuts = chains.flatMap((chain) => [...cutGuards(chain), ...cutParentheses(text, chain)]);
  return merge(cuts).map(({ start, end }) => ({ start, end, text: "" }));
}

/** A guard goes with the `&&` and blanks before it; at the head of the chain with those behind it. */
function cutGuards({ operands, guards }: GuardedChain): readonly Span[] {
  let head = true;
  return operands.flatMap((operand, index) => {
    if (!guards.has(operand)) {
      head = false;
      return [];
    }
    const neighbour = operands[head ? index + 1 : index - 1];
    if (neighbour === undefined) return [];
    return head
      ? [{ start: operand.span.start, end: neighbour.span.start }]
      : [{ start: neighbour.span.end, end: operand.span.end }];
  });
}

function cutParentheses(text: string, chain: GuardedChain): readonly Span[] {
  const [only, ...others] = remaining(chain);
  if (only === undefined || others.length > 0) return [];
  const outer = chain.around.map((group) => parentheses(text, group));
  const dropsOuter = outer.every((pair) => pair.length > 0);
  const inner = chain.whole && dropsOuter && only.kind === "group" ? parentheses(text, only) : [];
  return [...(dropsOuter ? outer.flat() : []), ...inner];
}

/** The two ends of a group with the blanks inside of them; none where a line break makes them a layout of its own. */
function parentheses(text: string, group: Expression & { kind: "group" }): readonly Span[] {
  const { start, end } = group.span;
  const ends = [
    { start, end: group.inner.span.start },
    { start: group.inner.span.end, end },
  ];
  return ends.some((each) => /[\r\n]/.test(text.slice(each.start, each.end))) ? [] : ends;
}

function remaining({ operands, guards }: GuardedChain): readonly Expression[] {
  return operands.filter((operand) => !guards.has(operand));
}

/** Sorted, overlapping and touching ones joined. */
function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || span.start > last.end) merged.push(span);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return merged;
}

/** What the edits, which only take away, leave of `within`. */
function without(edits: readonly TextEdit[], text: string, within: Span): string {
  let result = "";
  let at = within.start;
  for (const edit of edits) {
    result += text.slice(at, Math.min(edit.start, within.end));
    at = edit.end;
  }
  return result + text.slice(at, within.end);
}

function refuse(reason: SimplifyRefusal, message: string): UnguardResult {
  return { ok: false, reason, message };
}
