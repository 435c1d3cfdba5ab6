import { openYaml } from "@ci-fix/yaml-editor";
import { note, readFields, readText, readTexts, type Reading, type Shape } from "./fields.ts";
import { MILESTONE } from "./patterns.ts";
import { asProblem, inFileOrder } from "./read.ts";
import type { Config, ReadConfigResult } from "./types.ts";

const KEYS = ["milestone", "critical", "best-effort", "ignore"];
const SHAPE: Shape = {
  matches: (text) => MILESTONE.test(text),
  wanted: "a letter and two digits or more, such as M03",
};

/** Reads `.ci-fix.yml`. An empty file is an empty policy. Never throws for bad input. */
export function readConfig(bytes: Uint8Array): ReadConfigResult {
  const opened = openYaml(bytes);
  if (!opened.ok) return { ok: false, problems: opened.refusals.map(asProblem) };
  const reading: Reading = { file: opened.file, problems: [] };
  const config = readPolicy(reading);
  if (reading.problems.length === 0) return { ok: true, config };
  return { ok: false, problems: inFileOrder(reading.problems) };
}

function readPolicy(reading: Reading): Config {
  const [root, ...others] = reading.file.documents;
  const second = others.find((document) => document !== undefined);
  if (second !== undefined) note(reading, second.span.start, "the policy must be one YAML document");
  const fields = root === undefined ? undefined : readFields(reading, root, "the policy", KEYS, 0);
  if (fields === undefined) return { milestone: undefined, critical: [], bestEffort: [], ignore: [] };
  return {
    milestone: readText(reading, fields, "milestone", SHAPE),
    critical: readTexts(reading, fields, "critical"),
    bestEffort: readTexts(reading, fields, "best-effort"),
    ignore: readTexts(reading, fields, "ignore"),
  };
}
