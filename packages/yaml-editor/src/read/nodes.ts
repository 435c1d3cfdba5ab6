import type { CST, Node } from "yaml";
import type {
  Path,
  ScalarStyle,
  ScalarValue,
  Span,
  YamlAlias,
  YamlMap,
  YamlNode,
  YamlScalar,
  YamlSequence,
} from "../types.ts";
import { blockBodyStart } from "./block-token.ts";
import type { CharMap } from "./char-map.ts";
import type { EntryRecord, ItemRecord } from "./children.ts";
import type { BlockShape } from "./decode-block.ts";
import { blockShape, decodeBlockScalar } from "./decode-block.ts";
import { decodeFlowScalar } from "./decode-flow.ts";
import type { CollectionFacts, NodeFacts, ScalarFacts } from "./node-facts.ts";

abstract class NodeRecord {
  readonly path: Path;
  readonly propsEnd: number | undefined;
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
  readonly #propsStart: number | undefined;
  #inner: Span | undefined;

  constructor(facts: NodeFacts) {
    this.path = facts.path;
    this.#propsStart = facts.propsStart;
    this.propsEnd = facts.propsEnd;
    this.anchor = facts.anchor;
    this.tag = facts.tag;
  }

  protected abstract measure(): Span;

  /** The span without anchor and tag. */
  get inner(): Span {
    this.#inner ??= this.measure();
    return this.#inner;
  }

  get span(): Span {
    const { start, end } = this.inner;
    return this.#propsStart === undefined ? this.inner : { start: Math.min(start, this.#propsStart), end };
  }
}

export class ScalarRecord extends NodeRecord implements YamlScalar {
  readonly kind = "scalar" as const;
  readonly value: ScalarValue;
  readonly text: string;
  readonly style: ScalarStyle;
  readonly #source: string;
  readonly #token: CST.FlowScalar | CST.BlockScalar | undefined;
  readonly #offset: number;
  #shape: BlockShape | undefined;
  #map: CharMap | undefined;

  constructor(facts: NodeFacts, scalar: ScalarFacts) {
    super(facts);
    this.value = scalar.value;
    this.text = scalar.text;
    this.style = scalar.style;
    this.#source = scalar.source;
    this.#token = scalar.token;
    this.#offset = scalar.offset;
  }

  protected measure(): Span {
    const start = this.#offset;
    const { shape } = this;
    if (shape === undefined) return { start, end: start + (this.#token?.source.length ?? 0) };
    const count = shape.chomp === "keep" ? shape.lines.length : shape.chompStart;
    return { start, end: shape.lines[count - 1]?.end ?? shape.header.end };
  }

  /** The shape of a block scalar; undefined for the other styles. */
  get shape(): BlockShape | undefined {
    const token = this.#token;
    const header = token?.type === "block-scalar" ? token.props[0] : undefined;
    if (token?.type !== "block-scalar" || header?.type !== "block-scalar-header") return undefined;
    const start = blockBodyStart(token);
    const headerSpan = { start: header.offset, end: header.offset + header.source.length };
    this.#shape ??= blockShape(this.#source, headerSpan, start, start + token.source.length, token.indent);
    return this.#shape;
  }

  get map(): CharMap {
    const { shape } = this;
    this.#map ??=
      shape === undefined
        ? decodeFlowScalar(
            this.#source,
            this.inner.start,
            this.inner.end,
            this.style === "single" || this.style === "double" ? this.style : "plain",
          )
        : decodeBlockScalar(this.#source, shape);
    return this.#map;
  }

  /** False where the editor reads this scalar in another way than the parser: then no part of it may be edited. */
  get mappable(): boolean {
    return this.map.text === this.text;
  }

  sourceOffset(index: number): number {
    return this.map.start(index);
  }
}

/** The node an anchor names, filled in when it has been read: an alias may stand inside it. */
export interface AnchorHolder {
  node: YamlNode | undefined;
}

export class AliasRecord extends NodeRecord implements YamlAlias {
  readonly kind = "alias" as const;
  readonly name: string;
  readonly holder: AnchorHolder | undefined;
  readonly #offset: number;

  constructor(facts: NodeFacts, name: string, offset: number, holder: AnchorHolder | undefined) {
    super(facts);
    this.name = name;
    this.#offset = offset;
    this.holder = holder;
  }

  protected measure(): Span {
    return { start: this.#offset, end: this.#offset + 1 + this.name.length };
  }

  get target(): YamlNode | undefined {
    return this.holder?.node;
  }
}

abstract class CollectionBase<Child extends { readonly span: Span }> extends NodeRecord {
  readonly flow: boolean;
  readonly #facts: CollectionFacts<Child>;
  #children: readonly Child[] | undefined;

  constructor(facts: NodeFacts, collection: CollectionFacts<Child>) {
    super(facts);
    this.flow = collection.flow;
    this.#facts = collection;
  }

  /** What the parser made of it; undefined where it has no token of its own. */
  get composed(): Node | undefined {
    return this.#facts.composed;
  }

  protected get children(): readonly Child[] {
    this.#children ??= this.#facts.build();
    return this.#children;
  }

  protected measure(): Span {
    const { offset, end } = this.#facts;
    if (end !== undefined) return { start: offset, end };
    return { start: this.children[0]?.span.start ?? offset, end: this.children.at(-1)?.span.end ?? offset };
  }
}

export class MapRecord extends CollectionBase<EntryRecord> implements YamlMap {
  readonly kind = "map" as const;
  #byKey: Map<string, EntryRecord | undefined> | undefined;

  get entries(): readonly EntryRecord[] {
    return this.children;
  }

  /** Undefined where the key is absent or written twice. */
  get(key: string): EntryRecord | undefined {
    this.#byKey ??= this.#index();
    return this.#byKey.get(key);
  }

  has(key: string): boolean {
    this.#byKey ??= this.#index();
    return this.#byKey.has(key);
  }

  #index(): Map<string, EntryRecord | undefined> {
    const index = new Map<string, EntryRecord | undefined>();
    for (const entry of this.entries) index.set(entry.key, index.has(entry.key) ? undefined : entry);
    return index;
  }
}

export class SequenceRecord extends CollectionBase<ItemRecord> implements YamlSequence {
  readonly kind = "sequence" as const;

  get items(): readonly ItemRecord[] {
    return this.children;
  }
}

export type CollectionRecord = MapRecord | SequenceRecord;
export type ValueRecord = ScalarRecord | AliasRecord | CollectionRecord;

export type ChildRecord = EntryRecord | ItemRecord;

export function childrenOf(collection: CollectionRecord): readonly ChildRecord[] {
  return collection.kind === "map" ? collection.entries : collection.items;
}

export function isCollection(node: ValueRecord | undefined): node is CollectionRecord {
  return node?.kind === "map" || node?.kind === "sequence";
}
