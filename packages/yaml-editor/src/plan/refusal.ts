import type { SourceFile } from "../read/source-file.ts";
import type { Path, Refusal, RefusalCode, Span } from "../types.ts";

/** Thrown inside the planner to leave an edit; `planBatch` turns it into a value. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly span: Span | undefined;
  /** Index of the edit, where the planner was busy with several. */
  readonly edit: number | undefined;

  constructor(code: RefusalCode, message: string, span?: Span, edit?: number) {
    super(message);
    this.edit = edit;
    this.code = code;
    this.span = span;
  }
}

/** A refusal as callers see it, with its place in the original. */
export function refusalAt(file: SourceFile, refused: Refused, known?: number): Refusal {
  const edit = known ?? refused.edit;
  return {
    code: refused.code,
    message: refused.message,
    ...(refused.span && { span: refused.span, at: file.lineColumn(refused.span.start) }),
    ...(edit !== undefined && { edit }),
  };
}

/** A path as people write it: `jobs.build.steps[0].name`. */
export function pathText(path: Path): string {
  const [document, ...segments] = path;
  const body = segments.map((segment) => (typeof segment === "number" ? `[${segment}]` : `.${segment}`)).join("");
  const text = body.replace(/^\./u, "");
  if (document === 0) return text || "the document";
  return text === "" ? `document ${document + 1}` : `document ${document + 1}: ${text}`;
}
