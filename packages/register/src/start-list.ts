import type { NewValue, YamlEntry, YamlFile } from "@ci-fix/yaml-editor";
import { applyRoundsOrThrow } from "./edit-rounds.ts";

const EMPTY = "version: 1\n";

/**
 * Writes the first entries where `risks` is missing or holds nothing yet (`risks:`, `risks: []`); undefined where it holds some,
 * or stands in a way that only the editor can add to.
 */
export function startList(file: YamlFile, added: readonly NewValue[]): Uint8Array | undefined {
  const root = file.node([0]);
  if (root?.kind !== "map" || root.flow) return undefined;
  const risks = root.get("risks");
  if (risks === undefined) return withKey(file.bytes, added);
  if (!isEmpty(risks)) return undefined;
  // An editor of YAML cannot turn an empty value into a block; a block that it wrote elsewhere can be put in its place.
  const block = withoutHead(new TextDecoder().decode(withKey(new TextEncoder().encode(EMPTY), added)));
  return new TextEncoder().encode(withBlock(file.text, risks, block));
}

function withKey(bytes: Uint8Array, added: readonly NewValue[]): Uint8Array {
  return applyRoundsOrThrow(bytes, [
    () => [{ kind: "insert-key", path: [0], key: "risks", value: added, after: "version" }],
  ]);
}

function withoutHead(text: string): string {
  return text.slice(`${EMPTY}risks:\n`.length);
}

function isEmpty({ value }: YamlEntry): boolean {
  if (value === undefined) return true;
  if (value.anchor !== undefined || value.tag !== undefined) return false;
  if (value.kind === "sequence") return value.items.length === 0;
  return value.kind === "scalar" && value.value === null;
}

function withBlock(text: string, { keySpan, value }: YamlEntry, block: string): string {
  const from = value?.span.start ?? keySpan.end;
  const to = value?.span.end ?? keySpan.end;
  const head = value === undefined ? text.slice(0, from) : text.slice(0, from).replace(/[ \t]+$/u, "");
  const rest = text.slice(to);
  const end = rest.search(/\r?\n|$/u);
  const lineBreak = rest.startsWith("\r\n", end) || text.includes("\r\n") ? "\r\n" : "\n";
  const lines = lineBreak + block.trimEnd().replaceAll("\n", lineBreak);
  return head + rest.slice(0, end) + lines + rest.slice(end);
}
