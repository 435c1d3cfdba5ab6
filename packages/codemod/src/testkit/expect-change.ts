import { openYaml, type Applied, type Comment, type YamlFile } from "@ci-fix/yaml-editor";
import { expect } from "vitest";
import { expectedData, isSameData } from "./expected-data.ts";
import type { Run } from "./run.ts";

/** The result holds the data that the edits name, worked out apart from the editor, and no other change. */
export function expectOnlyDeclared(run: Run, result: Applied): void {
  const after = opened(result.text).toJS();
  const expected = expectedData(run.file?.toJS(), run.edits);
  if (!isSameData(expected, after)) expect(after, "only what the edits name has changed").toEqual(expected);
}

/** Each comment is still there, in its order, or reported as removed and inside a splice. */
export function expectComments(run: Run, result: Applied): void {
  const gone = new Set(result.removedComments.map((comment) => comment.span.start));
  const left = opened(result.text).comments.map((comment) => comment.text);
  for (const comment of run.file?.comments ?? []) {
    if (gone.has(comment.span.start)) {
      expect(isInside(comment, run, result), `the comment "#${comment.text}" was removed outside the edits`).toBe(true);
      continue;
    }
    const position = left.indexOf(comment.text);
    expect(position, `the comment "#${comment.text}" of line ${comment.line} is lost`).not.toBe(-1);
    left.splice(0, position + 1);
  }
}

function isInside(comment: Comment, run: Run, result: Applied): boolean {
  const start = run.file?.byteOffset(comment.span.start) ?? -1;
  return result.splices.some((splice) => splice.start <= start && start < splice.end);
}

function opened(text: string): YamlFile {
  const result = openYaml(new TextEncoder().encode(text));
  if (result.ok) return result.file;
  throw new Error(`The output does not parse: ${result.refusals[0]?.message ?? ""}`);
}
