import type { YamlItem, YamlMap } from "@ci-fix/yaml-editor";
import { conditionOf } from "./condition.ts";
import { linksOf } from "./links.ts";
import { asMap, asScalar, entryOf, mapOf, textOf } from "./nodes.ts";
import { shellOf } from "./shell.ts";
import { softFailOf } from "./soft-fail.ts";
import type { Job, Reader, Script, Shell, Step } from "./types.ts";

/** What a step takes where it says nothing itself. */
export interface StepDefaults {
  readonly shell: Shell;
  /** Of scripts. */
  readonly folder: string | undefined;
}

export function stepOf(job: Job, index: number, item: YamlItem, defaults: StepDefaults, aliased: boolean): Step {
  const map = asMap(item.value);
  const name = textOf(map, "name");
  const action = actionOf(textOf(map, "uses"));
  const script = scriptOf(map);
  return {
    kind: "step",
    job,
    index,
    id: textOf(map, "id"),
    name,
    label: name?.replaceAll(/\s+/gu, " ").trim() || action?.name || firstLine(script?.text) || `step ${index + 1}`,
    path: item.path,
    item,
    aliased: aliased || item.value?.kind === "alias",
    condition: conditionOf(map),
    softFail: softFailOf(map),
    action,
    script,
    shell: shellOf(map, defaults.shell),
    folder: textOf(map, "working-directory") ?? defaults.folder,
    env: textsIn(map, "env"),
    inputs: textsIn(map, "with"),
    get readers(): readonly Reader[] {
      return linksOf(job.workflow).readersOfStep(this);
    },
  };
}

function actionOf(uses: string | undefined): Step["action"] {
  const text = uses?.trim() ?? "";
  if (text === "") return undefined;
  const at = text.lastIndexOf("@");
  return at <= 0 ? { name: text, ref: undefined } : { name: text.slice(0, at), ref: text.slice(at + 1) };
}

function scriptOf(map: YamlMap | undefined): Script | undefined {
  const entry = entryOf(map, "run");
  const scalar = asScalar(entry?.value);
  if (entry === undefined || scalar === undefined) return undefined;
  return scalar.value === null ? undefined : { text: scalar.text, scalar, path: entry.path };
}

/** The scalars of a map by key, as text. */
function textsIn(map: YamlMap | undefined, key: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const entry of mapOf(map, key)?.entries ?? []) {
    const scalar = asScalar(entry.value);
    if (entry.value === undefined) texts.set(entry.key, "");
    else if (scalar !== undefined) texts.set(entry.key, scalar.value === null ? "" : scalar.text);
  }
  return texts;
}

function firstLine(script: string | undefined): string {
  const lines = (script ?? "").split(/\r?\n/u).map((line) => line.trim());
  return lines.find((line) => line !== "" && !line.startsWith("#")) ?? "";
}
