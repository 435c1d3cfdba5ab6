import type { Edit, NewValue, YamlFile } from "@ci-fix/yaml-editor";
import { applyRoundsOrThrow } from "./edit-rounds.ts";

/** Adds entries at the end of `risks`. */
export function appendRisks(bytes: Uint8Array, added: readonly NewValue[]): Uint8Array {
  if (added.length === 0) return bytes;
  return applyRoundsOrThrow(bytes, [(file) => appendEdits(file, added)]);
}

function appendEdits(file: YamlFile, added: readonly NewValue[]): readonly Edit[] {
  const risks = file.at([0, "risks"]);
  if (risks === undefined) return [{ kind: "insert-key", path: [0], key: "risks", value: added, after: "version" }];
  const length = risks.value?.kind === "sequence" ? risks.value.items.length : 0;
  return added.map((value) => ({ kind: "insert-item", path: [0, "risks"], index: length, value }));
}
