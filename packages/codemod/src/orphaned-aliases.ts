import type { Edit, Refusal, YamlFile } from "@ci-fix/yaml-editor";

interface Deleted {
  readonly start: number;
  readonly end: number;
  readonly change: number;
}

/**
 * Changes that delete an anchor and leave an alias of it, by their index. In a batch with another change that deletes the
 * alias they would pass, but that one may not be made.
 */
export function* orphanedAliases(
  file: YamlFile,
  changes: readonly (readonly Edit[])[],
): IterableIterator<readonly [change: number, refusal: Refusal]> {
  if (!file.text.includes("*") || !file.text.includes("&")) return;
  const deleted = deletedSpans(file, changes);
  if (deleted.length === 0) return;
  for (const { value } of file.walk()) {
    if (value?.kind !== "alias" || value.target === undefined) continue;
    const change = changeAt(deleted, value.target.span.start);
    if (change === undefined || change === changeAt(deleted, value.span.start)) continue;
    const message = `the anchor &${value.name} would go, but *${value.name} uses it elsewhere`;
    yield [change, { code: "anchor-in-use", message, span: value.span, at: file.lineColumn(value.span.start) }];
  }
}

/** What the changes delete, in file order; no change deletes within what another one does. */
function deletedSpans(file: YamlFile, changes: readonly (readonly Edit[])[]): readonly Deleted[] {
  const deleted = changes.flatMap((edits, change) =>
    edits.flatMap((edit): Deleted[] => {
      const span = edit.kind === "delete" ? file.at(edit.path)?.span : undefined;
      return span === undefined ? [] : [{ start: span.start, end: span.end, change }];
    }),
  );
  return deleted.sort((a, b) => a.start - b.start);
}

function changeAt(deleted: readonly Deleted[], offset: number): number | undefined {
  let [low, high] = [0, deleted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((deleted[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = deleted[low - 1];
  return found !== undefined && offset < found.end ? found.change : undefined;
}
