import { readSource } from "../open.ts";
import type { MapRecord, ScalarRecord, ValueRecord } from "../read/nodes.ts";

/** Where a scalar's source is to stand. */
export interface Place {
  readonly role: "value" | "key" | "flow-value" | "flow-key";
  /** Column of the key or dash that holds it. */
  readonly column: number;
}

function trialText(source: string, place: Place): string {
  const pad = " ".repeat(place.column);
  switch (place.role) {
    case "value":
      // A block scalar brings its own line breaks: one more would be text under `|+`.
      return source.endsWith("\n") ? `${pad}k: ${source}` : `${pad}k: ${source}\n`;
    case "key":
      return `${pad}${source}: v\n`;
    case "flow-value":
      return `${pad}k: { k: ${source}, l: v }\n`;
    case "flow-key":
      return `${pad}k: { ${source}: v, l: v }\n`;
  }
}

function holderOf(root: ValueRecord | undefined, flow: boolean): MapRecord | undefined {
  if (root?.kind !== "map" || root.entries.length !== 1) return undefined;
  if (!flow) return root;
  const inner = root.entries[0]?.value;
  return inner?.kind === "map" && inner.entries.length === 2 ? inner : undefined;
}

/** Reads a scalar's source as it would be read in its place; undefined where it would not be one scalar. */
export function readScalar(source: string, place: Place): ScalarRecord | undefined {
  const file = readSource(new TextEncoder().encode(trialText(source, place)));
  if ("code" in file || file.documents.length !== 1 || file.comments.length > 0) return undefined;
  const entry = holderOf(file.documents[0], place.role === "flow-value" || place.role === "flow-key")?.entries[0];
  const node = place.role === "key" || place.role === "flow-key" ? entry?.keyNode : entry?.value;
  return node?.kind === "scalar" && node.anchor === undefined && node.tag === undefined ? node : undefined;
}
