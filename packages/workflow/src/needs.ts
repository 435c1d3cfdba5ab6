import type { YamlMap } from "@ci-fix/yaml-editor";
import { asScalar, entryOf, resolve } from "./nodes.ts";
import type { Needs } from "./types.ts";

export function needsOf(map: YamlMap | undefined): Needs {
  const entry = entryOf(map, "needs");
  const value = resolve(entry?.value);
  if (value?.kind === "scalar" && value.value !== null) return { form: "scalar", ids: [value.text], entry };
  if (value?.kind !== "sequence") return { form: "none", ids: [], entry };
  const ids = value.items.flatMap((item) => asScalar(item.value)?.text ?? []);
  return { form: value.flow ? "flow" : "block", ids, entry };
}
