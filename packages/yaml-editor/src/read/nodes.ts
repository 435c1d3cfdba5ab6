import type { CST } from "yaml";
import type {
  OwnComments,
  Path,
  ScalarStyle,
  ScalarValue,
  Span,
  YamlAlias,
  YamlEntry,
  YamlItem,
  YamlMap,
  YamlNode,
  YamlScalar,
  YamlSequence,
} from "../types.ts";
import { blockBodyStart } from "./block-token.ts";
import type { CharMap } from "./char-map.ts";
import type { BlockShape } from "./decode-block.ts";
import { blockShape, decodeBlockScalar } from "./decode-block.ts";
import { decodeFlowScalar } from "./decode-flow.ts";
import type { NodeFacts, ScalarFacts } from "./node-facts.ts";

abstract class NodeRecord {
  readonly path: Path;
  readonly span: Span;
  readonly inner: Span;
  readonly propsEnd: number | undefined;
  readonly anchor: string | undefined;
  readonly tag: string | undefined;

  constructor(facts: NodeFacts) {
    this.path = facts.path;
    this.span = facts.span;
    this.inner = facts.inner;
    this.propsEnd = facts.propsEnd;
    this.anchor = facts.anchor;
    this.tag = facts.tag;
  }
}

export class ScalarRecord extends NodeRecord implements YamlScalar {
  readonly kind = "scalar" as const;
  readonly value: ScalarValue;
  readonly text: string;
  readonly style: ScalarStyle;
  readonly #source: string;
  readonly #token: CST.FlowScalar | CST.BlockScalar | undefined;
  #map: CharMap | undefined;

  constructor(facts: NodeFacts, scalar: ScalarFacts) {
    super(facts);
    this.value = scalar.value;
    this.text = scalar.text;
    this.style = scalar.style;
    this.#source = scalar.source;
    this.#token = scalar.token;
  }

  /** The shape of a block scalar; undefined for the other styles. */
  get shape(): BlockShape | undefined {
    const token = this.#token;
    const header = token?.type === "block-scalar" ? token.props[0] : undefined;
    if (token?.type !== "block-scalar" || header?.type !== "block-scalar-header") return undefined;
    const start = blockBodyStart(token);
    const headerSpan = { start: header.offset, end: header.offset + header.source.length };
    return blockShape(this.#source, headerSpan, start, start + token.source.length, token.indent);
  }

  get map(): CharMap {
    const shape = this.shape;
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
  aliases: number;
}

export class AliasRecord extends NodeRecord implements YamlAlias {
  readonly kind = "alias" as const;
  readonly name: string;
  readonly holder: AnchorHolder | undefined;

  constructor(facts: NodeFacts, name: string, holder: AnchorHolder | undefined) {
    super(facts);
    this.name = name;
    this.holder = holder;
  }

  get target(): YamlNode | undefined {
    return this.holder?.node;
  }
}

export class MapRecord extends NodeRecord implements YamlMap {
  readonly kind = "map" as const;
  readonly flow: boolean;
  readonly entries: readonly EntryRecord[];
  #byKey: Map<string, EntryRecord | undefined> | undefined;

  constructor(facts: NodeFacts, flow: boolean, entries: readonly EntryRecord[]) {
    super(facts);
    this.flow = flow;
    this.entries = entries;
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

export class SequenceRecord extends NodeRecord implements YamlSequence {
  readonly kind = "sequence" as const;
  readonly flow: boolean;
  readonly items: readonly ItemRecord[];

  constructor(facts: NodeFacts, flow: boolean, items: readonly ItemRecord[]) {
    super(facts);
    this.flow = flow;
    this.items = items;
  }
}

export type CollectionRecord = MapRecord | SequenceRecord;
export type ValueRecord = ScalarRecord | AliasRecord | CollectionRecord;

/** Finds the comments of a child; given to each child so that it can look them up when asked. */
export type CommentFinder = (child: EntryRecord | ItemRecord) => OwnComments;

interface ChildFacts {
  readonly path: Path;
  readonly value: ValueRecord | undefined;
  readonly span: Span;
  readonly flow: boolean;
  readonly find: CommentFinder;
}

export interface EntryFacts extends ChildFacts {
  readonly key: string;
  readonly keyNode: ValueRecord | undefined;
  readonly keySpan: Span;
  /** Offset of the colon, if one is written. */
  readonly colon: number | undefined;
}

abstract class ChildBase {
  readonly path: Path;
  readonly value: ValueRecord | undefined;
  readonly span: Span;
  readonly flow: boolean;
  readonly #find: CommentFinder;
  #comments: OwnComments | undefined;

  constructor(facts: ChildFacts) {
    this.path = facts.path;
    this.value = facts.value;
    this.span = facts.span;
    this.flow = facts.flow;
    this.#find = facts.find;
  }

  protected findComments(child: ChildRecord): OwnComments {
    this.#comments ??= this.#find(child);
    return this.#comments;
  }
}

export class EntryRecord extends ChildBase implements YamlEntry {
  readonly kind = "entry" as const;
  readonly key: string;
  readonly keyNode: ValueRecord | undefined;
  readonly keySpan: Span;
  readonly colon: number | undefined;

  constructor(facts: EntryFacts) {
    super(facts);
    this.key = facts.key;
    this.keyNode = facts.keyNode;
    this.keySpan = facts.keySpan;
    this.colon = facts.colon;
  }

  get comments(): OwnComments {
    return this.findComments(this);
  }
}

export class ItemRecord extends ChildBase implements YamlItem {
  readonly kind = "item" as const;

  get comments(): OwnComments {
    return this.findComments(this);
  }
}

export type ChildRecord = EntryRecord | ItemRecord;

export function childrenOf(collection: CollectionRecord): readonly ChildRecord[] {
  return collection.kind === "map" ? collection.entries : collection.items;
}

export function isCollection(node: ValueRecord | undefined): node is CollectionRecord {
  return node?.kind === "map" || node?.kind === "sequence";
}
