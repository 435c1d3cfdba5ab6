import { readSource } from "../open.ts";
import type { EntryRecord } from "../read/children.ts";
import type { ScalarRecord, ValueRecord } from "../read/nodes.ts";

/** Where a scalar's source is to stand. */
export interface Place {
  readonly role: "value" | "key" | "flow-value" | "flow-key";
  /** Column of the key or dash that holds it; in a flow collection it says nothing, for lines there may begin anywhere. */
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
      return `k: { k: ${source}, l: v }\n`;
    case "flow-key":
      return `k: { ${source}: v, l: v }\n`;
  }
}

/** Reads a scalar's source as it would be read in its place. A source that holds more than a scalar is read as another text. */
export function readScalar(source: string, place: Place): ScalarRecord | undefined {
  const file = readSource(new TextEncoder().encode(trialText(source, place)));
  if ("code" in file) return undefined;
  const isFlow = place.role === "flow-value" || place.role === "flow-key";
  const root = firstEntry(file.documents[0]);
  const entry = isFlow ? firstEntry(root?.value) : root;
  const node = place.role === "key" || place.role === "flow-key" ? entry?.keyNode : entry?.value;
  return node?.kind === "scalar" ? node : undefined;
}

function firstEntry(node: ValueRecord | undefined): EntryRecord | undefined {
  return node?.kind === "map" ? node.entries[0] : undefined;
}
