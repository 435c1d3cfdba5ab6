import { evaluate, parseTemplate, type Value } from "@ci-fix/expression";
import type { JobResult, ScriptModel } from "@ci-fix/proof";
import type { Step } from "@ci-fix/workflow";
import { isAllsGreen } from "./gate.ts";
import { exitCodeOf } from "./tiny-shell.ts";

type Results = ReadonlyMap<string, JobResult>;

/** Whether the script of a gate's step fails, given the results of the jobs that it needs; undefined where it is not followed. */
export function scriptsUnder(results: Results): ScriptModel {
  return (step) => {
    if (isAllsGreen(step)) return allsGreenFails(step, results);
    if (step.script === undefined || (step.shell.name !== "bash" && step.shell.name !== "sh")) return undefined;
    if (alwaysFails(step.script.text)) return true;
    const text = filled(step.script.text, results);
    const code = text === undefined ? undefined : exitCodeOf(text);
    return code === undefined ? undefined : code !== 0;
  };
}

/** A script without branches that ends with a failure fails, whatever becomes of the commands before. */
function alwaysFails(script: string): boolean {
  const lines = script.trim().split(/\r?\n/u);
  return (
    /^(?:exit [1-9]\d*|false)$/u.test(lines.at(-1)?.trim() ?? "") &&
    !/\b(?:if|case|while|for|trap|exit 0)\b|&&|\|\|/u.test(script)
  );
}

/** https://github.com/re-actors/alls-green: what may fail or be skipped is listed; everything else must succeed. */
function allsGreenFails({ inputs }: Step, results: Results): boolean | undefined {
  const listed = (input: string): readonly string[] | undefined => {
    const text = filled(inputs.get(input) ?? "", results);
    if (text === undefined) return undefined;
    return text.trim().startsWith("[") ? undefined : text.split(",").map((id) => id.trim().toLowerCase());
  };
  const [mayFail, maySkip] = [listed("allowed-failures"), listed("allowed-skips")];
  if (!/^\s*\$\{\{\s*toJSON\(needs\)\s*\}\}\s*$/iu.test(inputs.get("jobs") ?? "")) return undefined;
  let isSure = true;
  for (const [id, result] of results) {
    const allowed = result === "skipped" ? maySkip : mayFail;
    if (result === "success" || allowed?.includes(id) === true) continue;
    if (allowed !== undefined) return true;
    isSure = false;
  }
  return isSure ? false : undefined;
}

/** A text with its expressions filled in; undefined where one of them reads something else than results. */
function filled(text: string, results: Results): string | undefined {
  let out = "";
  const needs = Object.fromEntries([...results].map(([id, result]) => [id, { result, outputs: {} }]));
  for (const part of parseTemplate(text)) {
    if (part.kind === "text") {
      out += part.text;
      continue;
    }
    if (!part.parsed.ok) return undefined;
    let isKnown = true;
    const value = evaluate(part.parsed.tree, {
      context: (name): Value => {
        if (name !== "needs") isKnown = false;
        return name === "needs" ? needs : null;
      },
      status: () => {
        isKnown = false;
        return false;
      },
    });
    if (!value.ok || !isKnown) return undefined;
    out += written(value.value);
  }
  return out;
}

function written(value: Value): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
