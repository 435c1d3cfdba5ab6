import { childrenOf, type ChildRecord, isCollection, type ValueRecord } from "../read/nodes.ts";

/** A node with all that lies in it, keys too. */
export function* innerNodes(node: ValueRecord | undefined): Generator<ValueRecord, void> {
  if (node === undefined) return;
  yield node;
  if (isCollection(node)) for (const child of childrenOf(node)) yield* nodesOf(child);
}

/** The key and the value of a child with all that lies in them. */
export function* nodesOf(child: ChildRecord): Generator<ValueRecord, void> {
  if (child.kind === "entry") yield* innerNodes(child.keyNode);
  yield* innerNodes(child.value);
}
