import {
  contextPaths,
  parseCondition,
  removeFalseGuard,
  statusFunctions,
  unrecognized,
  type Expression,
  type ParsedCondition,
  type SimplifyRefusal,
  type TextEdit,
} from "@ci-fix/expression";
import type { Condition } from "@ci-fix/workflow";

/**
 * A real condition that was switched off and still stands in the file: behind `false &&` (`guard`), or in the comment
 * behind a plain `false` (`comment`). `refused` is a guard that cannot be taken out without changing more than it.
 */
export type DisabledGuard =
  | {
      readonly kind: "guard";
      readonly edits: readonly TextEdit[];
      readonly replacement: string;
      readonly restored: string;
    }
  | {
      readonly kind: "comment";
      /** The whole new text of the condition. */
      readonly replacement: string;
      readonly restored: string;
      /** What is left of the comment, without `#`; null for nothing. */
      readonly comment: string | null;
    }
  | { readonly kind: "refused"; readonly reason: SimplifyRefusal; readonly message: string };

/** One of these stands in every disabled guard, so that a file without any needs no parsing. */
export const disabledGuardMarks: readonly string[] = ["false", "False", "FALSE", "!true"];

/** What was switched off, and how to bring it back; undefined for any other condition, a plain `false` among them. */
export function disabledGuard(condition: Condition): DisabledGuard | undefined {
  const { parsed } = condition;
  if (!disabledGuardMarks.some((mark) => parsed.text.includes(mark))) return undefined;
  const result = removeFalseGuard(parsed);
  if (result.ok)
    return { kind: "guard", edits: result.edits, replacement: result.replacement, restored: result.restored };
  if (result.reason === "loses-status-function" || result.reason === "not-equal")
    return { kind: "refused", reason: result.reason, message: result.message };
  return condition.constant === false ? fromComment(parsed, condition.entry?.comments.trailing?.text) : undefined;
}

/** True for a condition that is to be restored rather than deleted with what it guards. */
export function isDisabledGuard(condition: Condition): boolean {
  return disabledGuard(condition) !== undefined;
}

/** `# if: X`, `# was: X`, `# && X`. */
const introduction = /^(?:(?:if|was|old|before|originally|previously)\s*:\s*|&&\s*)+/iu;

function fromComment(parsed: ParsedCondition, comment: string | undefined): DisabledGuard | undefined {
  const said = comment?.trim().replace(introduction, "") ?? "";
  const [expression = "", ...rest] = said.split(/\s+#\s*/u);
  const found = parseCondition(expression);
  if (found.tree === undefined || found.constant === false || !isCondition(found.tree)) return undefined;
  const bare = found.form === "wrapped" ? expression.slice(3, -2).trim() : expression;
  const wrapped = parsed.form === "wrapped" ? `\${{ ${bare} }}` : expression;
  return {
    kind: "comment",
    replacement: wrapped,
    restored: bare,
    comment: rest.length === 0 ? null : ` ${rest.join(" # ")}`,
  };
}

/** Prose can parse too (`flaky`, `needs`): a condition reads a member of a context or asks how earlier units went. */
function isCondition(tree: Expression): boolean {
  if (unrecognized(tree).length > 0) return false;
  return statusFunctions(tree).length > 0 || contextPaths(tree).some((path) => path.length > 1);
}
