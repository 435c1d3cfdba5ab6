import type { YamlMap, YamlNode } from "@ci-fix/yaml-editor";
import { asMap, asScalar, entryOf, itemsOf, mapOf, resolve, textOf } from "./nodes.ts";
import type { Matrix } from "./types.ts";

export function matrixOf(job: YamlMap | undefined): Matrix | undefined {
  const strategy = mapOf(job, "strategy");
  const entry = entryOf(strategy, "matrix");
  if (entry === undefined) return undefined;
  const map = asMap(entry.value);
  const axes = (map?.entries ?? [])
    .map((axis) => axis.key)
    .filter((key) => key !== "include" && key !== "exclude" && key !== "<<");
  const dynamic = map === undefined || map.entries.some((axis) => isExpression(axis.value));
  const excludes = map?.entries.some((axis) => axis.key === "exclude") ?? false;
  return { entry, axes: axes.length > 0 ? axes : includedKeys(map), dynamic, failFast: failFastOf(strategy), excludes };
}

/** Every value that `matrix.a.b` can take, if the file says them all. */
export function matrixValues(
  job: YamlMap | undefined,
  [axis = "", ...keys]: readonly string[],
): readonly string[] | undefined {
  const matrix = mapOf(mapOf(job, "strategy"), "matrix");
  if (matrix === undefined) return undefined;
  const listed = entryOf(matrix, axis)?.value;
  const included = entryOf(matrix, "include")?.value;
  if (isExpression(listed) || isExpression(included)) return undefined;
  const values = [
    ...itemsOf(listed).map((item) => item.value),
    ...itemsOf(included).map((item) => entryOf(asMap(item.value), axis)?.value),
  ];
  const inner = values.map((value) => keys.reduce((node, key) => entryOf(asMap(node), key)?.value, value));
  const texts = inner.flatMap((value) => (value === undefined ? [] : [labelText(value)]));
  return texts.length === 0 || texts.some((text) => text.includes("${{")) ? undefined : texts;
}

/** All scalars of a node as one text: a runner can be named by a word, a list or a map. */
export function labelText(node: YamlNode | undefined): string {
  const value = resolve(node);
  if (value === undefined) return "";
  if (value.kind === "scalar") return value.text;
  const parts =
    value.kind === "map" ? value.entries.map((entry) => entry.value) : value.items.map((item) => item.value);
  return parts
    .map(
      (part) =>
        asScalar(part)?.text ??
        itemsOf(part)
          .map((item) => asScalar(item.value)?.text ?? "")
          .join(", "),
    )
    .join(", ");
}

function includedKeys(map: YamlMap | undefined): readonly string[] {
  const items = itemsOf(entryOf(map, "include")?.value);
  return [...new Set(items.flatMap((item) => (asMap(item.value)?.entries ?? []).map((entry) => entry.key)))];
}

function isExpression(node: YamlNode | undefined): boolean {
  return asScalar(node)?.text.includes("${{") ?? false;
}

function failFastOf(strategy: YamlMap | undefined): boolean | "dynamic" | undefined {
  const word = textOf(strategy, "fail-fast")?.trim().toLowerCase();
  if (word === undefined) return undefined;
  return word === "true" ? true : word === "false" ? false : "dynamic";
}
