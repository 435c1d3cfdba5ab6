import { expect } from "vitest";
import { type Reading, readWhole } from "../src/check/reading.ts";
import type { Result } from "../src/check/result.ts";
import { spliceText } from "../src/plan/splice.ts";
import { childrenOf, type ChildRecord, type ValueRecord } from "../src/read/nodes.ts";
import { SourceFile } from "../src/read/source-file.ts";
import { open } from "./harness.ts";

export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function opened(source: string): SourceFile {
  const file = open(source);
  if (!(file instanceof SourceFile)) throw new Error("not a file of this package");
  return file;
}

/** The result of splices that nobody planned. */
export function resultOf(file: SourceFile, splices: readonly Splice[]): Result {
  const text = spliceText(file.text, splices);
  const byteSplices = splices.map((one) => ({
    ...one,
    start: file.byteOffset(one.start),
    end: file.byteOffset(one.end),
  }));
  return { text, bytes: Buffer.from(text), splices, byteSplices };
}

/** All that the editor knows of a node and what lies in it, places aside. */
function shape(node: ValueRecord | undefined, readAgain: Reading["readAgain"]): unknown {
  if (node === undefined) return undefined;
  const { kind, anchor, tag } = node;
  if (node.kind === "alias") return { kind, anchor, name: node.name };
  if (node.kind === "scalar") return { kind, anchor, tag, style: node.style, text: node.text, value: node.value };
  const children = node === readAgain?.collection ? readAgain.children : childrenOf(node);
  return { kind, anchor, tag, flow: node.flow, children: children.map((child) => childShape(child, readAgain)) };
}

function childShape(child: ChildRecord, readAgain: Reading["readAgain"]): unknown {
  const value = shape(child.value, readAgain);
  return child.kind === "item" ? [value] : [child.key, shape(child.keyNode, undefined), value];
}

function shapes({ documents, readAgain }: Reading): unknown {
  return documents.map((root) => shape(root, readAgain));
}

function texts(comments: Iterable<{ readonly text: string }>): string[] {
  return [...comments].map(({ text }) => text).toSorted();
}

/** Expects of an excerpt that the whole result says the same. */
export function expectAlike(file: SourceFile, result: Result, excerpt: Reading): void {
  const whole = readWhole(file, result);
  expect(shapes(excerpt)).toEqual(shapes(whole));
  const elsewhere = file.comments.filter((comment) => !excerpt.comments.before.includes(comment));
  expect(texts([...elsewhere, ...excerpt.comments.after])).toEqual(texts(whole.comments.after));
}
