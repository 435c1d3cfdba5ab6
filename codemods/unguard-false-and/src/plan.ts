import type { DisabledGuard } from "@ci-fix/codemod";
import type { TextEdit } from "@ci-fix/expression";
import type { Condition, Edit } from "@ci-fix/workflow";
import type { YamlScalar } from "@ci-fix/yaml-editor";

/** The edits that bring a condition back. */
export function editsFor(
  condition: Condition,
  scalar: YamlScalar,
  guard: Exclude<DisabledGuard, { kind: "refused" }>,
): readonly Edit[] {
  const { path } = scalar;
  const needsBraces = scalar.style === "plain" && startsAsYaml(guard.replacement);
  if (guard.kind === "comment") {
    const value = needsBraces ? `\${{ ${guard.replacement} }}` : guard.replacement;
    const at = condition.entry?.path ?? path;
    return [
      { kind: "set", path, value },
      { kind: "comment-at", path: at, text: guard.comment },
    ];
  }
  const edits = needsBraces ? braced(guard.edits, scalar.text.length) : guard.edits;
  return edits.map((edit) => ({ kind: "replace-in-scalar", path, ...edit }));
}

/** Without a guard before it, `!cancelled()` is a tag of YAML and `'push' == …` a quoted string. */
function startsAsYaml(replacement: string): boolean {
  return /^[!']/u.test(replacement.trimStart());
}

/** The same edits, and `${{ }}` around what they leave. */
function braced(edits: readonly TextEdit[], end: number): readonly TextEdit[] {
  const atStart = edits.some((edit) => edit.start === 0);
  const atEnd = edits.some((edit) => edit.end === end);
  return [
    ...(atStart ? [] : [{ start: 0, end: 0, text: "${{ " }]),
    ...edits.map((edit) => ({
      ...edit,
      text: `${edit.start === 0 ? "${{ " : ""}${edit.text}${edit.end === end ? " }}" : ""}`,
    })),
    ...(atEnd ? [] : [{ start: end, end, text: " }}" }]),
  ];
}
