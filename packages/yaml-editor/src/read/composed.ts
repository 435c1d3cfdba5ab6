import { type CST, isCollection, isPair, type Node } from "yaml";

/** Finds the resolved node of a token. Nodes become known level by level, as the view is opened. */
export class ComposedNodes {
  readonly #known = new Map<CST.Token, Node>();

  constructor(root: Node | null) {
    this.#learn(root);
  }

  of(token: CST.Token): Node | undefined {
    return this.#known.get(token);
  }

  /** Learns the children of a collection. */
  open(token: CST.Token): void {
    const node = this.#known.get(token);
    if (node !== undefined) this.#learnChildren(node);
  }

  #learn(node: unknown): void {
    if (isPair(node)) {
      this.#learn(node.key);
      this.#learn(node.value);
      return;
    }
    if (typeof node !== "object" || node === null || !("range" in node)) return;
    const found = node as Node;
    if (found.srcToken) this.#known.set(found.srcToken, found);
    // The map that `[key: value]` stands for has no token of its own.
    else this.#learnChildren(found);
  }

  #learnChildren(node: Node): void {
    if (isCollection(node)) for (const item of node.items) this.#learn(item);
  }
}
