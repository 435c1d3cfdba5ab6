import { childrenOf, type ChildRecord, type CollectionRecord, isCollection, type ValueRecord } from "../read/nodes.ts";
import type { SourceFile } from "../read/source-file.ts";
import type { Span } from "../types.ts";

/** What comes behind a run of siblings: another child, or the end of the file. */
export interface Follower {
  /** Undefined at the end of the file. */
  readonly child: ChildRecord | undefined;
  /** Offset of its line. */
  readonly line: number;
}

/** Neighbours in one block collection that hold every splice of a batch, as whole lines. */
export interface Excerpt {
  readonly collection: CollectionRecord;
  /** Indexes of the first and last of the neighbours. */
  readonly from: number;
  readonly to: number;
  readonly span: Span;
  readonly follower: Follower;
  /** How many collections lie around the neighbours. */
  readonly level: number;
}

/**
 * The offset behind the dash or colon of a child that begins its line: only spaces before it, and, in a map, a key that is
 * a scalar on one line with neither `?` nor tag. Undefined for any other child. What the parser is in the middle of cannot
 * reach beyond such a place: from there on, it reads the same whatever came before.
 */
export function headEnd({ text, lines }: SourceFile, child: ChildRecord): number | undefined {
  const { start } = child;
  if (/[^ ]/u.test(text.slice(lineOf(lines, child), start))) return undefined;
  if (child.kind === "item") return start + 1;
  const { keyNode, colon } = child;
  if (keyNode?.kind !== "scalar" || keyNode.inner.start !== start || colon === undefined) return undefined;
  return text.slice(start, colon).includes("\n") ? undefined : colon + 1;
}

export function lineOf(lines: SourceFile["lines"], child: ChildRecord): number {
  return lines.start(lines.lineAt(child.start));
}

class Search {
  readonly #file: SourceFile;
  readonly #first: number;
  readonly #last: number;

  constructor(file: SourceFile, changed: Span) {
    this.#file = file;
    this.#first = changed.start;
    this.#last = changed.end;
  }

  /** The innermost excerpt below a node. */
  inside(root: ValueRecord | undefined, isLast: boolean): Excerpt | undefined {
    let found: Excerpt | undefined;
    let around: Follower | undefined = isLast ? { child: undefined, line: this.#file.text.length } : undefined;
    let node = root;
    for (let level = 1; isCollection(node) && !node.flow && node.tag === undefined; level += 1) {
      found = this.#of(node, around, level) ?? found;
      const children = childrenOf(node);
      const at = children.findLastIndex(({ start }) => start < this.#first);
      const next = children[at + 1];
      if (next !== undefined) around = this.#isBehind(next) ? this.#follower(next) : undefined;
      node = around && children[at]?.value;
    }
    return found;
  }

  #of(collection: CollectionRecord, around: Follower | undefined, level: number): Excerpt | undefined {
    const children = childrenOf(collection);
    const { lines } = this.#file;
    const from = children.findLastIndex(
      (child) => lineOf(lines, child) < this.#first && headEnd(this.#file, child) !== undefined,
    );
    const first = children[from];
    if (first === undefined) return undefined;
    const at = children.findIndex((child) => this.#isBehind(child));
    const next = children[at];
    const follower = next === undefined ? around : this.#follower(next);
    if (follower === undefined) return undefined;
    const span = { start: lineOf(lines, first), end: follower.line };
    return { collection, from, to: (next === undefined ? children.length : at) - 1, span, follower, level };
  }

  #isBehind(child: ChildRecord): boolean {
    return lineOf(this.#file.lines, child) >= this.#last;
  }

  #follower(child: ChildRecord): Follower | undefined {
    return headEnd(this.#file, child) === undefined ? undefined : { child, line: lineOf(this.#file.lines, child) };
  }
}

/**
 * The smallest excerpt that holds all splices and can be read alone; undefined where there is none, or where what it means
 * depends on more than its lines: directives, anchors and aliases.
 */
export function findExcerpt(file: SourceFile, splices: readonly Span[]): Excerpt | undefined {
  const start = splices[0]?.start;
  const end = splices.at(-1)?.end;
  if (start === undefined || end === undefined) return undefined;
  if (file.stream.hasReferences || file.stream.hasDirectives) return undefined;
  const document = file.documents.findLastIndex(
    (root) => isCollection(root) && (childrenOf(root)[0]?.start ?? start) < start,
  );
  return new Search(file, { start, end }).inside(file.documents[document], document === file.documents.length - 1);
}
