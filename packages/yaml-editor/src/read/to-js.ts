import type { YamlNode } from "../types.ts";
import { AliasRecord, MapRecord, type ScalarRecord, SequenceRecord, type ValueRecord } from "./nodes.ts";

type PlainMap = Record<string, unknown>;

function setOwn(target: PlainMap, key: string, value: unknown): void {
  // A key named `__proto__` is data like any other.
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

function isPlainMap(value: unknown): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Turns nodes into plain data. Each node is turned once, so that aliases share it and cannot multiply. */
export class PlainData {
  readonly #done = new Map<YamlNode, unknown>();

  of(node: YamlNode | undefined): unknown {
    if (node === undefined) return null;
    if (this.#done.has(node)) return this.#done.get(node);
    if (node instanceof AliasRecord) return this.of(node.target);
    if (node instanceof SequenceRecord) return this.#list(node);
    if (node instanceof MapRecord) return this.#map(node);
    return (node as ScalarRecord).value;
  }

  #list(node: SequenceRecord): unknown[] {
    const list: unknown[] = [];
    this.#done.set(node, list);
    for (const item of node.items) list.push(this.of(item.value));
    return list;
  }

  #map(node: MapRecord): PlainMap {
    const map: PlainMap = {};
    this.#done.set(node, map);
    for (const entry of node.entries) if (!isMerge(entry.keyNode)) setOwn(map, entry.key, this.of(entry.value));
    for (const entry of node.entries) if (isMerge(entry.keyNode)) this.#merge(map, this.of(entry.value));
    return map;
  }

  #merge(map: PlainMap, merged: unknown): void {
    const sources: unknown[] = Array.isArray(merged) ? merged : [merged];
    for (const source of sources) {
      if (!isPlainMap(source)) continue;
      for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(map, key)) setOwn(map, key, value);
    }
  }
}

/** True for the key `<<` that merges another map; quoted, it is a key like any other. */
export function isMerge(key: ValueRecord | undefined): boolean {
  return key?.kind === "scalar" && key.style === "plain" && key.text === "<<";
}
