import type { Edit } from "../types.ts";
import { refuseExposing } from "./deletions.ts";
import type { Layout } from "./layout.ts";
import { Refused } from "./refusal.ts";
import { doubleQuoted, scalarSource, singleQuoted } from "./scalar-source.ts";
import type { Splice } from "./splice.ts";
import { lastStep, type Resolved } from "./target.ts";

export type RenameEdit = Extract<Edit, { kind: "rename-key" }>;

/** Plans `rename-key`, keeping the quotes of the key. */
export function planRename(layout: Layout, { edit, target, index }: Resolved<RenameEdit>): Splice[] {
  const { child, collection } = lastStep(target, edit);
  if (child.kind !== "entry" || collection.kind !== "map")
    throw new Refused("wrong-target-kind", "only a map entry has a key", child.span);
  const { keyNode } = child;
  if (keyNode?.kind !== "scalar" || keyNode.shape !== undefined) {
    throw new Refused("wrong-target-kind", "only a plain or quoted key can be renamed", child.span);
  }
  if (child.key === edit.key) return [];
  if (collection.has(edit.key))
    throw new Refused("key-exists", `the map has the key "${edit.key}" already`, child.span);
  refuseExposing(collection, child.key);
  const plain = scalarSource(edit.key, { role: collection.flow ? "flow-key" : "key", column: layout.column(child) });
  const single = keyNode.style === "single" ? singleQuoted(edit.key) : undefined;
  const text = keyNode.style === "plain" ? plain : (single ?? doubleQuoted(edit.key));
  return [{ ...keyNode.inner, text, purpose: "content", edit: index }];
}
