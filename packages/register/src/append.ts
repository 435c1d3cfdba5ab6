import type { Edit, NewValue, YamlFile, YamlSequence } from "@ci-fix/yaml-editor";
import { applyRoundsOrThrow, openOrThrow, type Round } from "./edit-rounds.ts";
import { separateItems } from "./separate-items.ts";
import { startList } from "./start-list.ts";

/** Adds entries at the end of `risks`, with blank lines between them where the register has such. */
export function appendRisks(bytes: Uint8Array, added: readonly NewValue[]): Uint8Array {
  if (added.length === 0) return bytes;
  const file = openOrThrow(bytes);
  const list = file.node([0, "risks"]);
  const old = list?.kind === "sequence" ? list.items.length : 0;
  const separated = list?.kind !== "sequence" || old < 2 || isSeparated(file, list);
  const appended = startList(file, added) ?? applyRoundsOrThrow(bytes, roundsFor(old, added));
  return separated ? separateItems(openOrThrow(appended), Math.max(old, 1)) : appended;
}

function roundsFor(old: number, added: readonly NewValue[]): readonly Round[] {
  const append =
    (values: readonly NewValue[], index: number): Round =>
    (): readonly Edit[] =>
      values.map((value) => ({ kind: "insert-item", path: [0, "risks"], index, value }));
  // In a list without an item the first one must stand before others can go behind it.
  return old > 0 ? [append(added, old)] : [append(added.slice(0, 1), 0), append(added.slice(1), 1)];
}

function isSeparated(file: YamlFile, list: YamlSequence): boolean {
  const last = list.items.at(-1);
  if (last === undefined) return false;
  const top = last.comments.leading[0]?.span.start ?? last.span.start;
  const above = file.text.slice(0, top).split("\n").at(-2);
  return above?.trim() === "";
}
