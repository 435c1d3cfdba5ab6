import { type CST, isScalar } from "yaml";
import type { Path, ScalarStyle, ScalarValue } from "../types.ts";
import { type CommentFinder, EntryRecord, ItemRecord } from "./children.ts";
import { ComposedNodes } from "./composed.ts";
import type { NodeFacts } from "./node-facts.ts";
import { AliasRecord, type AnchorHolder, MapRecord, ScalarRecord, SequenceRecord, type ValueRecord } from "./nodes.ts";
import type { ParsedDocument } from "./parse.ts";

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  scalar: "plain",
  "single-quoted-scalar": "single",
  "double-quoted-scalar": "double",
};

const NO_TOKENS: readonly CST.SourceToken[] = [];

type CollectionToken = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

interface Props {
  readonly anchor: CST.SourceToken | undefined;
  readonly tag: CST.SourceToken | undefined;
}

const NO_PROPS: Props = { anchor: undefined, tag: undefined };

function propsOf(tokens: readonly CST.SourceToken[]): Props {
  let anchor: CST.SourceToken | undefined;
  let tag: CST.SourceToken | undefined;
  for (const token of tokens) {
    if (token.type === "anchor") anchor = token;
    else if (token.type === "tag") tag = token;
  }
  return anchor === undefined && tag === undefined ? NO_PROPS : { anchor, tag };
}

function ofType(
  tokens: readonly CST.SourceToken[] | undefined,
  type: CST.SourceToken["type"],
): CST.SourceToken | undefined {
  if (tokens !== undefined) for (const token of tokens) if (token.type === type) return token;
  return undefined;
}

function endOf(token: CST.SourceToken): number {
  return token.offset + token.source.length;
}

function propsEnd({ anchor, tag }: Props): number {
  return Math.max(anchor ? endOf(anchor) : 0, tag ? endOf(tag) : 0);
}

function factsOf(props: Props, path: Path): NodeFacts {
  if (props === NO_PROPS)
    return { path, propsStart: undefined, propsEnd: undefined, anchor: undefined, tag: undefined };
  const { anchor, tag } = props;
  const propsStart = Math.min(anchor?.offset ?? Infinity, tag?.offset ?? Infinity);
  return { path, propsStart, propsEnd: propsEnd(props), anchor: anchor?.source.slice(1), tag: tag?.source };
}

/** Builds the view of one document from its tokens and their values: what lies in a collection, when it is first looked at. */
export class DocumentBuilder {
  readonly #source: string;
  readonly #document: ParsedDocument;
  readonly #nodes: ComposedNodes;
  readonly #find: CommentFinder;
  /** Undefined where no alias is written: then the order in which nodes are built does not matter. */
  readonly #anchors: Map<string, AnchorHolder> | undefined;

  constructor(source: string, document: ParsedDocument, hasAliases: boolean, find: CommentFinder) {
    this.#source = source;
    this.#document = document;
    this.#nodes = new ComposedNodes(document.contents);
    this.#find = find;
    this.#anchors = hasAliases ? new Map() : undefined;
  }

  root(index: number): ValueRecord | undefined {
    const { token } = this.#document;
    return this.#value(token.value, token.start, [index]);
  }

  #value(token: CST.Token | null | undefined, before: readonly CST.SourceToken[], path: Path): ValueRecord | undefined {
    const props = propsOf(before);
    // Before a comma the parser may tell of a scalar where nothing is written.
    const empty = !token || (token.type === "scalar" && token.source === "");
    if (empty && props === NO_PROPS) return undefined;
    if (this.#anchors === undefined || !props.anchor) return this.#node(token ?? undefined, props, path);
    const holder: AnchorHolder = { node: undefined };
    this.#anchors.set(props.anchor.source.slice(1), holder);
    const node = this.#node(token ?? undefined, props, path);
    holder.node = node;
    return node;
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
        return this.#collection(token, factsOf(props, path));
      default:
        return undefined;
    }
  }

  /** A value of which only the anchor or tag is written. */
  #empty(props: Props, path: Path): ScalarRecord {
    const value = props.tag?.source === "!!str" ? "" : null;
    const offset = propsEnd(props);
    const rest = { source: this.#source, value, text: "", style: "plain", token: undefined, offset } as const;
    return new ScalarRecord(factsOf(props, path), rest);
  }

  #alias(token: CST.FlowScalar, props: Props, path: Path): AliasRecord {
    const name = token.source.slice(1);
    return new AliasRecord(factsOf(props, path), name, token.offset, this.#anchors?.get(name));
  }

  #scalar(token: CST.FlowScalar | CST.BlockScalar, props: Props, path: Path): ScalarRecord {
    const node = this.#nodes.of(token);
    const resolved: unknown = isScalar(node) ? node.value : undefined;
    const text = (isScalar(node) ? node.source : undefined) ?? "";
    const style = token.type === "block-scalar" ? blockStyle(token) : (STYLES[token.type] ?? "plain");
    const value = scalarValue(resolved, text);
    return new ScalarRecord(factsOf(props, path), {
      source: this.#source,
      value,
      text,
      style,
      token,
      offset: token.offset,
    });
  }

  #collection(token: CollectionToken, facts: NodeFacts): ValueRecord {
    const flow = token.type === "flow-collection";
    const close = flow ? token.end[0] : undefined;
    const end = flow ? (close ? endOf(close) : token.offset + 1) : undefined;
    const rest = { flow, offset: token.offset, end, composed: this.#nodes.of(token) };
    if (token.type === "block-map" || (flow && token.start.source === "{")) {
      const map = new MapRecord(facts, { ...rest, build: () => this.#entries(token, facts.path, flow) });
      // An alias names the last node before it that carries its anchor: all are built in the order of the file.
      if (this.#anchors !== undefined) void map.entries;
      return map;
    }
    const list = new SequenceRecord(facts, { ...rest, build: () => this.#items(token, facts.path, flow) });
    if (this.#anchors !== undefined) void list.items;
    return list;
  }

  #entries(token: CollectionToken, path: Path, flow: boolean): EntryRecord[] {
    this.#nodes.open(token);
    const entries: EntryRecord[] = [];
    for (const item of token.items) {
      const entry = this.#entry(item, path, flow);
      if (entry) entries.push(entry);
    }
    return entries;
  }

  #items(token: CollectionToken, path: Path, flow: boolean): ItemRecord[] {
    this.#nodes.open(token);
    const items: ItemRecord[] = [];
    for (const item of token.items) {
      const record = this.#item(item, [...path, items.length], flow);
      if (record) items.push(record);
    }
    return items;
  }

  #entry(item: CST.CollectionItem, parent: Path, flow: boolean): EntryRecord | undefined {
    const question = ofType(item.start, "explicit-key-ind");
    const isWritten = item.key ?? item.sep ?? question ?? item.value;
    if (!isWritten && propsOf(item.start) === NO_PROPS) return undefined;
    const colon = ofType(item.sep, "map-value-ind");
    const keyNode = this.#value(item.key, item.start, parent);
    const key = this.#keyText(keyNode);
    const path: Path = [...parent, key];
    return new EntryRecord({
      path,
      key,
      keyNode,
      keyOffset: question ? endOf(question) : (colon?.offset ?? 0),
      value: this.#value(item.value, item.sep ?? NO_TOKENS, path),
      start: question?.offset,
      end: colon ? endOf(colon) : undefined,
      colon: colon?.offset,
      flow,
      find: this.#find,
    });
  }

  #keyText(key: ValueRecord | undefined): string {
    if (key === undefined) return "";
    if (key instanceof AliasRecord && key.target?.kind === "scalar") return key.target.text;
    return key instanceof ScalarRecord ? key.text : this.#source.slice(key.span.start, key.span.end);
  }

  #item(item: CST.CollectionItem, path: Path, flow: boolean): ItemRecord | undefined {
    const dash = ofType(item.start, "seq-item-ind");
    if (flow && (item.key || item.sep || ofType(item.start, "explicit-key-ind"))) return this.#pairItem(item, path);
    const value = this.#value(item.value, item.start, path);
    if (!dash && !value) return undefined;
    const end = dash && endOf(dash);
    return new ItemRecord({ path, value, start: dash?.offset, end, flow, find: this.#find });
  }

  /** `[key: value]`: an item that is a map of one entry without braces. */
  #pairItem(item: CST.CollectionItem, path: Path): ItemRecord | undefined {
    const entry = this.#entry(item, path, true);
    if (!entry) return undefined;
    const { start, end } = entry.span;
    const rest = { flow: true, offset: start, end, composed: undefined };
    const value = new MapRecord(factsOf(NO_PROPS, path), { ...rest, build: () => [entry] });
    return new ItemRecord({ path, value, start, end, flow: true, find: this.#find });
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
