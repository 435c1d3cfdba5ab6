import type { Edit, Path, YamlFile } from "@ci-fix/yaml-editor";

/** The map of a risk. `index` is zero-based in `risks`. */
export function riskPath(index: number): Path {
  return [0, "risks", index];
}

/** The map that holds a target's keys: the risk itself, or an item of its `targets`. */
export function targetPath(file: YamlFile, risk: number, target: number): Path {
  const listed: Path = [0, "risks", risk, "targets"];
  return file.at(listed) === undefined ? riskPath(risk) : [...listed, target];
}

/**
 * Gives a key its value: sets it where it stands, else inserts it behind the last of `behind` that the map has. Nothing where
 * it has that value already.
 */
export function writeKey(
  file: YamlFile,
  map: Path,
  key: string,
  value: string,
  behind: readonly string[],
): readonly Edit[] {
  const path: Path = [...map, key];
  const present = file.at(path);
  if (present === undefined) return [insertKey(file, map, key, value, behind)];
  if (present.value?.kind === "scalar" && present.value.value === value) return [];
  return [{ kind: "set", path, value }];
}

function insertKey(file: YamlFile, map: Path, key: string, value: string, behind: readonly string[]): Edit {
  const node = file.node(map);
  const keys = node?.kind === "map" ? node.entries.map((entry) => entry.key) : [];
  const after = keys.findLast((candidate) => behind.includes(candidate));
  return { kind: "insert-key", path: map, key, value, ...(after === undefined ? {} : { after }) };
}
