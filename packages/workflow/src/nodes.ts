import type { YamlEntry, YamlItem, YamlMap, YamlNode, YamlScalar, YamlSequence } from "@ci-fix/yaml-editor";

/** A node that is not an alias. */
export type Resolved = YamlScalar | YamlMap | YamlSequence;

const deepestMerge = 8;

/** The node itself, or what its alias stands for. */
export function resolve(node: YamlNode | undefined): Resolved | undefined {
  const target = node?.kind === "alias" ? node.target : node;
  return target?.kind === "alias" ? undefined : target;
}

export function asMap(node: YamlNode | undefined): YamlMap | undefined {
  const resolved = resolve(node);
  return resolved?.kind === "map" ? resolved : undefined;
}

export function asScalar(node: YamlNode | undefined): YamlScalar | undefined {
  const resolved = resolve(node);
  return resolved?.kind === "scalar" ? resolved : undefined;
}

export function itemsOf(node: YamlNode | undefined): readonly YamlItem[] {
  const resolved = resolve(node);
  return resolved?.kind === "sequence" ? resolved.items : [];
}

/** The entry with this key: written here, or brought in by a merge key. */
export function entryOf(map: YamlMap | undefined, key: string, depth = 0): YamlEntry | undefined {
  if (map === undefined) return undefined;
  const own = map.get(key) ?? map.entries.find((entry) => entry.key === key);
  if (own !== undefined || depth === deepestMerge) return own;
  const merge = map.get("<<")?.value;
  if (merge === undefined) return undefined;
  const sources = [asMap(merge), ...itemsOf(merge).map((item) => asMap(item.value))];
  for (const source of sources) {
    const found = entryOf(source, key, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function mapOf(map: YamlMap | undefined, key: string): YamlMap | undefined {
  return asMap(entryOf(map, key)?.value);
}

/** The text of a scalar; undefined where there is none or nothing is written. */
export function writtenText(node: YamlNode | undefined): string | undefined {
  const scalar = asScalar(node);
  if (scalar === undefined) return undefined;
  return scalar.value === null ? undefined : scalar.text;
}

export function textOf(map: YamlMap | undefined, key: string): string | undefined {
  return writtenText(entryOf(map, key)?.value);
}
