import type { YamlMap } from "@ci-fix/yaml-editor";
import { asMap, asScalar, entryOf, resolve } from "./nodes.ts";
import type { Trigger } from "./types.ts";

export function triggersOf(root: YamlMap): readonly Trigger[] {
  const entry = entryOf(root, "on") ?? entryOf(root, "true");
  const value = resolve(entry?.value);
  if (entry === undefined || value === undefined) return [];
  if (value.kind === "scalar")
    return value.value === null ? [] : [{ event: value.text, filters: [], path: entry.path }];
  if (value.kind === "sequence") {
    return value.items.flatMap((item) => {
      const event = asScalar(item.value);
      return event === undefined ? [] : [{ event: event.text, filters: [], path: item.path }];
    });
  }
  return value.entries.map((event) => ({
    event: event.key,
    filters: asMap(event.value)?.entries.map((filter) => filter.key) ?? [],
    path: event.path,
  }));
}
