import type { Refusal, YamlNode } from "../types.ts";
import { AliasRecord, MapRecord, SequenceRecord, type ValueRecord } from "./nodes.ts";

/** Nodes that a file may stand for once its aliases are followed. */
const MOST_NODES = 1_000_000;
/** Files that are large without any alias may grow by this factor. */
const MOST_GROWTH = 10;

class Expansion {
  readonly #sizes = new Map<YamlNode, number>();
  written = 0;
  cyclic = false;

  size(node: YamlNode | undefined): number {
    if (node === undefined) return 1;
    if (node instanceof AliasRecord) return this.#target(node);
    this.#sizes.set(node, Number.NaN);
    this.written += 1;
    const total = 1 + this.#children(node).reduce((sum, child) => sum + this.size(child), 0);
    this.#sizes.set(node, total);
    return total;
  }

  #target(alias: AliasRecord): number {
    if (alias.target === undefined) return 1;
    const size = this.#sizes.get(alias.target);
    if (size !== undefined && Number.isNaN(size)) this.cyclic = true;
    return size === undefined || Number.isNaN(size) ? 1 : size;
  }

  #children(node: YamlNode): (ValueRecord | undefined)[] {
    if (node instanceof MapRecord) return node.entries.map((entry) => entry.value);
    return node instanceof SequenceRecord ? node.items.map((item) => item.value) : [];
  }
}

/** Refuses a document whose aliases would grow out of hand, or never end, when followed. */
export function findAliasBomb(roots: readonly (YamlNode | undefined)[]): Refusal | undefined {
  const expansion = new Expansion();
  const total = roots.reduce((sum, root) => sum + expansion.size(root), 0);
  if (expansion.cyclic)
    return {
      code: "alias-bomb",
      message: "an alias stands inside the node that it names, so that the data never ends",
    };
  if (total <= Math.max(MOST_NODES, expansion.written * MOST_GROWTH)) return undefined;
  return { code: "alias-bomb", message: `aliases make ${expansion.written} nodes stand for more than ${MOST_NODES}` };
}
