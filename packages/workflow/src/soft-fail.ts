import { parseCondition } from "@ci-fix/expression";
import type { YamlMap } from "@ci-fix/yaml-editor";
import { asScalar, entryOf } from "./nodes.ts";
import type { SoftFail } from "./types.ts";

/** Reads `continue-on-error`. A quoted `'true'` counts as the literal it looks like. */
export function softFailOf(map: YamlMap | undefined): SoftFail {
  const entry = entryOf(map, "continue-on-error");
  if (entry === undefined) return { kind: "absent" };
  const scalar = asScalar(entry.value);
  if (scalar === undefined) return { kind: "literal", value: false, entry };
  const word = scalar.text.trim().toLowerCase();
  if (word === "true" || word === "false" || word === "" || scalar.value === null) {
    return { kind: "literal", value: word === "true", entry };
  }
  return { kind: "expression", entry, text: scalar.text, constant: constantOf(scalar.text) };
}

function constantOf(text: string): boolean | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith("${{")) return undefined;
  const parsed = parseCondition(trimmed);
  return parsed.form === "wrapped" ? parsed.constant : undefined;
}
