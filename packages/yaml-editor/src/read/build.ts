import { type CST, isScalar, type Node } from "yaml";
import type { Path, ScalarStyle, ScalarValue, Span } from "../types.ts";
import { blockBodyStart } from "./block-token.ts";
import { blockShape } from "./decode-block.ts";
import type { NodeFacts } from "./node-facts.ts";
import {
  AliasRecord,
  type AnchorHolder,
  type CommentFinder,
  EntryRecord,
  ItemRecord,
  MapRecord,
  ScalarRecord,
  SequenceRecord,
  type ValueRecord,
} from "./nodes.ts";

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  scalar: "plain",
  "single-quoted-scalar": "single",
  "double-quoted-scalar": "double",
};

interface Props {
  readonly anchor: CST.SourceToken | undefined;
  readonly tag: CST.SourceToken | undefined;
}

function propsOf(tokens: readonly CST.SourceToken[]): Props {
  return {
    anchor: tokens.findLast((token) => token.type === "anchor"),
    tag: tokens.findLast((token) => token.type === "tag"),
  };
}

function endOf(token: CST.SourceToken): number {
  return token.offset + token.source.length;
}

/** Builds the view of one document from its tokens and their values. */
export class DocumentBuilder {
  readonly #source: string;
  readonly #nodes: ReadonlyMap<CST.Token, Node>;
  readonly #find: CommentFinder;
  readonly #anchors = new Map<string, AnchorHolder>();

  constructor(source: string, nodes: ReadonlyMap<CST.Token, Node>, find: CommentFinder) {
    this.#source = source;
    this.#nodes = nodes;
    this.#find = find;
  }

  root(document: CST.Document, index: number): ValueRecord | undefined {
    return this.#value(document.value, document.start, [index]);
  }

  #value(token: CST.Token | null | undefined, before: readonly CST.SourceToken[], path: Path): ValueRecord | undefined {
    const props = propsOf(before);
    if (!token && !props.anchor && !props.tag) return undefined;
    const holder: AnchorHolder = { node: undefined, aliases: 0 };
    if (props.anchor) this.#anchors.set(props.anchor.source.slice(1), holder);
    const node = this.#node(token ?? undefined, props, path);
    holder.node = node;
    return node;
  }

  #facts(inner: Span, props: Props, path: Path): NodeFacts {
    const { anchor, tag } = props;
    const start = Math.min(inner.start, anchor?.offset ?? inner.start, tag?.offset ?? inner.start);
    const propsEnd = anchor || tag ? Math.max(anchor ? endOf(anchor) : 0, tag ? endOf(tag) : 0) : undefined;
    return {
      path,
      inner,
      span: { start, end: inner.end },
      propsEnd,
      anchor: anchor?.source.slice(1),
      tag: tag?.source,
    };
  }

  #node(token: CST.Token | undefined, props: Props, path: Path): ValueRecord | undefined {
    switch (token?.type) {
      case undefined:
        return this.#empty(props, path);
      case "alias":
        return this.#alias(token, props, path);
      case "scalar":
      case "single-quoted-scalar":
      case "double-quoted-scalar":
      case "block-scalar":
        return this.#scalar(token, props, path);
      case "block-map":
      case "block-seq":
      case "flow-collection":
        return this.#collection(token, props, path);
      default:
        return undefined;
    }
  }

  /** A value of which only the anchor or tag is written. */
  #empty(props: Props, path: Path): ScalarRecord {
    const end = Math.max(props.anchor ? endOf(props.anchor) : 0, props.tag ? endOf(props.tag) : 0);
    const facts = this.#facts({ start: end, end }, props, path);
    const value = props.tag?.source === "!!str" ? "" : null;
    return new ScalarRecord(facts, { source: this.#source, value, text: "", style: "plain", token: undefined });
  }

  #alias(token: CST.FlowScalar, props: Props, path: Path): AliasRecord {
    const name = token.source.slice(1);
    const holder = this.#anchors.get(name);
    if (holder) holder.aliases += 1;
    const span = { start: token.offset, end: token.offset + token.source.length };
    return new AliasRecord(this.#facts(span, props, path), name, holder);
  }

  #scalar(token: CST.FlowScalar | CST.BlockScalar, props: Props, path: Path): ScalarRecord {
    const node = this.#nodes.get(token);
    const resolved: unknown = isScalar(node) ? node.value : undefined;
    const text = (isScalar(node) ? node.source : undefined) ?? "";
    const facts = this.#facts(this.#scalarSpan(token), props, path);
    const style = token.type === "block-scalar" ? blockStyle(token) : (STYLES[token.type] ?? "plain");
    return new ScalarRecord(facts, { source: this.#source, value: scalarValue(resolved, text), text, style, token });
  }

  #scalarSpan(token: CST.FlowScalar | CST.BlockScalar): Span {
    const start = token.offset;
    const header = token.type === "block-scalar" ? token.props[0] : undefined;
    if (token.type !== "block-scalar" || header === undefined || !("source" in header)) {
      return { start, end: start + ("source" in token ? token.source.length : 0) };
    }
    const body = blockBodyStart(token);
    const headerSpan = { start, end: start + header.source.length };
    const shape = blockShape(this.#source, headerSpan, body, body + token.source.length, token.indent);
    const count = shape.chomp === "keep" ? shape.lines.length : shape.chompStart;
    return { start, end: shape.lines[count - 1]?.end ?? headerSpan.end };
  }

  #collection(token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection, props: Props, path: Path): ValueRecord {
    const flow = token.type === "flow-collection";
    const isMap = token.type === "block-map" || (flow && token.start.source === "{");
    if (isMap) {
      const entries: EntryRecord[] = [];
      for (const item of token.items) {
        const entry = this.#entry(item, path, flow);
        if (entry) entries.push(entry);
      }
      return new MapRecord(this.#facts(this.#collectionSpan(token, entries), props, path), flow, entries);
    }
    const items: ItemRecord[] = [];
    for (const item of token.items) {
      const record = this.#item(item, [...path, items.length], flow);
      if (record) items.push(record);
    }
    return new SequenceRecord(this.#facts(this.#collectionSpan(token, items), props, path), flow, items);
  }

  #collectionSpan(
    token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection,
    children: readonly { span: Span }[],
  ): Span {
    if (token.type === "flow-collection") {
      const close = token.end[0];
      return { start: token.offset, end: close ? endOf(close) : token.offset + 1 };
    }
    return { start: children[0]?.span.start ?? token.offset, end: children.at(-1)?.span.end ?? token.offset };
  }

  #entry(item: CST.CollectionItem, parent: Path, flow: boolean): EntryRecord | undefined {
    const question = item.start.find((token) => token.type === "explicit-key-ind");
    const colon = item.sep?.find((token) => token.type === "map-value-ind");
    const props = propsOf(item.start);
    if (!item.key && !item.sep && !question && !props.anchor && !props.tag && !item.value) return undefined;
    const fallback = question ? endOf(question) : (colon?.offset ?? 0);
    const keyNode = this.#value(item.key, item.start, parent);
    const key = this.#keyText(keyNode);
    const path: Path = [...parent, key];
    const value = this.#value(item.value, item.sep ?? [], path);
    const keySpan = keyNode?.span ?? { start: fallback, end: fallback };
    const start = question?.offset ?? keySpan.start;
    const end = value?.span.end ?? (colon ? endOf(colon) : keySpan.end);
    return new EntryRecord({
      path,
      key,
      keyNode,
      keySpan,
      value,
      span: { start, end },
      colon: colon?.offset,
      flow,
      find: this.#find,
    });
  }

  #keyText(key: ValueRecord | undefined): string {
    if (key === undefined) return "";
    return key instanceof ScalarRecord ? key.text : this.#source.slice(key.span.start, key.span.end);
  }

  #item(item: CST.CollectionItem, path: Path, flow: boolean): ItemRecord | undefined {
    const dash = item.start.find((token) => token.type === "seq-item-ind");
    if (flow && (item.key || item.sep || item.start.some((token) => token.type === "explicit-key-ind"))) {
      return this.#pairItem(item, path);
    }
    const value = this.#value(item.value, item.start, path);
    if (!dash && !value) return undefined;
    const start = dash?.offset ?? value?.span.start ?? 0;
    const end = value?.span.end ?? (dash ? endOf(dash) : start);
    return new ItemRecord({ path, value, span: { start, end }, flow, find: this.#find });
  }

  /** `[key: value]`: an item that is a map of one entry without braces. */
  #pairItem(item: CST.CollectionItem, path: Path): ItemRecord | undefined {
    const entry = this.#entry(item, path, true);
    if (!entry) return undefined;
    const facts = this.#facts(entry.span, { anchor: undefined, tag: undefined }, path);
    const value = new MapRecord(facts, true, [entry]);
    return new ItemRecord({ path, value, span: entry.span, flow: true, find: this.#find });
  }
}

function blockStyle(token: CST.BlockScalar): ScalarStyle {
  const header = token.props[0];
  return header !== undefined && "source" in header && header.source.startsWith(">") ? "folded" : "literal";
}

function scalarValue(resolved: unknown, text: string): ScalarValue {
  if (
    typeof resolved === "string" ||
    typeof resolved === "number" ||
    typeof resolved === "boolean" ||
    resolved === null
  )
    return resolved;
  return text;
}
