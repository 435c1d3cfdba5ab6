import type { Comment, LineColumn, Path, YamlFile } from "../types.ts";
import { DocumentBuilder } from "./build.ts";
import { ByteOffsets } from "./byte-offsets.ts";
import type { CommentFinder } from "./children.ts";
import { readComments } from "./comments.ts";
import type { LineIndex } from "./lines.ts";
import type { ChildRecord, ValueRecord } from "./nodes.ts";
import { findOwnComments } from "./ownership.ts";
import type { Parsed, Stream } from "./parse.ts";
import { PlainData } from "./to-js.ts";
import type { CommentPlace } from "./tokenize.ts";

function childAt(node: ValueRecord | undefined, segment: string | number): ChildRecord | undefined {
  if (node?.kind === "map") return node.get(String(segment));
  if (node?.kind === "sequence" && typeof segment === "number") return node.items[segment];
  return undefined;
}

function* walkFrom(node: ValueRecord | undefined): Generator<ChildRecord, void> {
  if (node?.kind !== "map" && node?.kind !== "sequence") return;
  for (const child of node.kind === "map" ? node.entries : node.items) {
    yield child;
    yield* walkFrom(child.value);
  }
}

/** A file that was read: the view of it, and what the editor needs to know beyond the view. */
export class SourceFile implements YamlFile {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly lines: LineIndex;
  readonly documents: readonly (ValueRecord | undefined)[];
  readonly stream: Stream;
  readonly #byteOffsets: ByteOffsets;
  readonly #commentPlaces: readonly CommentPlace[];
  #comments: readonly Comment[] | undefined;
  #commentLines: Map<number, Comment> | undefined;

  constructor(bytes: Uint8Array, lines: LineIndex, parsed: Parsed) {
    this.bytes = bytes;
    this.text = lines.text;
    this.lines = lines;
    this.stream = parsed.stream;
    this.#byteOffsets = new ByteOffsets(lines.text, bytes.length);
    this.#commentPlaces = parsed.comments;
    this.documents = parsed.documents.map((document, index) => {
      const find: CommentFinder = (child) => findOwnComments(this, child);
      return new DocumentBuilder(lines.text, document, parsed.stream.hasAliases, find).root(index);
    });
  }

  get comments(): readonly Comment[] {
    this.#comments ??= readComments(this.#commentPlaces, this.lines);
    return this.#comments;
  }

  at(path: Path): ChildRecord | undefined {
    const parent = path.length > 1 ? this.node([path[0], ...path.slice(1, -1)]) : undefined;
    const last = path.at(-1);
    return last === undefined ? undefined : childAt(parent, last);
  }

  node(path: Path): ValueRecord | undefined {
    const [document, ...segments] = path;
    let node: ValueRecord | undefined = this.documents[document];
    for (const segment of segments) node = childAt(node, segment)?.value;
    return node;
  }

  *walk(): Generator<ChildRecord, void> {
    for (const root of this.documents) yield* walkFrom(root);
  }

  lineColumn(offset: number): LineColumn {
    return this.lines.position(offset);
  }

  byteOffset(offset: number): number {
    return this.#byteOffsets.at(offset);
  }

  toJS(document = 0): unknown {
    return new PlainData().of(this.documents[document]);
  }

  /** The comment that stands on a 0-based line. */
  commentOnLine(line: number): Comment | undefined {
    this.#commentLines ??= new Map(this.comments.map((comment) => [comment.line - 1, comment]));
    return this.#commentLines.get(line);
  }
}
