import type { ScalarRecord } from "../read/nodes.ts";
import type { Edit, ScalarValue, Span } from "../types.ts";
import { blockSplices } from "./block-text.ts";
import type { Layout } from "./layout.ts";
import { checkScalar } from "./new-value.ts";
import { Refused } from "./refusal.ts";
import { doubleQuoted, plainSource, scalarSource, singleQuoted } from "./scalar-source.ts";
import type { Splice } from "./splice.ts";
import { refuseAgainstTag, underTag } from "./tags.ts";
import { lastStep, type Resolved, type Step } from "./target.ts";
import type { Place } from "./trial.ts";

export type SetEdit = Extract<Edit, { kind: "set" }>;

/** Where the value of a child stands. */
export function valuePlace(layout: Layout, step: Step): Place {
  return { role: step.collection.flow ? "flow-value" : "value", column: layout.column(step.child) };
}

function sourceFor(value: ScalarValue, style: ScalarRecord["style"], place: Place): string {
  if (typeof value !== "string") return plainSource(value, place) ?? String(value);
  if (style === "single") return singleQuoted(value) ?? doubleQuoted(value);
  if (style === "plain") return scalarSource(value, place);
  return doubleQuoted(value);
}

/** The text that replaces a whole scalar, with no regard to block style. */
export function wholeSplice(
  layout: Layout,
  scalar: ScalarRecord,
  source: string,
): Pick<Splice, "start" | "end" | "text"> {
  const header = scalar.shape?.header;
  if (header !== undefined) {
    const comment = layout.file.commentOnLine(layout.lines.lineAt(header.start));
    if (comment !== undefined) {
      throw new Refused(
        "comment-would-change",
        "the value cannot stay a block scalar, and its header carries a comment",
        comment.span,
      );
    }
  }
  return { start: scalar.inner.start, end: scalar.inner.end, text: source };
}

function isOnOneLine(layout: Layout, span: Span | undefined): boolean {
  return span !== undefined && !/[\r\n]/u.test(layout.text.slice(span.start, span.end));
}

function fillEmpty(layout: Layout, step: Step, value: ScalarValue): Pick<Splice, "start" | "end" | "text"> {
  const { child } = step;
  const place = valuePlace(layout, step);
  const source = scalarSource(value, place);
  const at = child.kind === "item" ? child.span.start + 1 : child.colon;
  if (at === undefined && child.kind === "entry" && child.flow && isOnOneLine(layout, child.keyNode?.span))
    return { start: child.span.end, end: child.span.end, text: `: ${source}` };
  if (at === undefined) throw new Refused("cannot-represent", "a key without a colon cannot take a value", child.span);
  const start = child.kind === "item" ? at : at + 1;
  return { start, end: start, text: ` ${source}` };
}

/** Plans `set`: the new value in the old style, quoted only where it must be. */
export function planSet(layout: Layout, { edit, target, index }: Resolved<SetEdit>): Splice[] {
  const step = lastStep(target, edit);
  checkScalar(edit.value);
  const node = target.node;
  const finish = (place: Pick<Splice, "start" | "end" | "text">): Splice => ({
    ...place,
    purpose: "content",
    edit: index,
  });
  if (node === undefined) return [finish(fillEmpty(layout, step, edit.value))];
  if (node.kind === "alias") throw new Refused("alias-target", `the value is the alias *${node.name}`, node.span);
  if (node.kind !== "scalar") throw new Refused("wrong-target-kind", "only a scalar can be set", node.span);
  if (node.value === edit.value) return [];
  refuseAgainstTag(node, edit.value);
  const place = valuePlace(layout, step);
  if (typeof edit.value === "string" && node.shape !== undefined) {
    const inBlock = blockSplices(layout, node, node.shape, edit.value, place);
    if (inBlock !== undefined) return inBlock.map(finish);
  }
  const source = underTag(node, sourceFor(edit.value, node.style, place));
  // An empty value can be glued to its anchor or tag.
  const gap = /^[^ \t]$/u.test(layout.text.slice(node.inner.start - 1, node.inner.end)) ? " " : "";
  return [finish(wholeSplice(layout, node, gap + source))];
}
