import { openYaml } from "@ci-fix/yaml-editor";
import { note, readFields, readText, readTexts, type Fields, type Reading } from "../fields.ts";
import { asProblem, inFileOrder } from "../read.ts";
import { readClasses } from "./classes.ts";
import { readEntries } from "./entries.ts";
import { readExceptions } from "./exceptions.ts";
import { readInvariants } from "./invariants.ts";
import { REPOSITORY, STAGE } from "./shapes.ts";
import { readThresholds } from "./thresholds.ts";
import { emptyConfig, type Config, type ReadConfigResult } from "./types.ts";

/** In the order in which they are documented. */
export const POLICY_KEYS: readonly string[] = [
  "milestone",
  "upstream",
  "required-checks",
  "classes",
  "paths",
  "ignore",
  "critical",
  "best-effort",
  "exceptions",
  "invariants",
  "thresholds",
];

/**
 * Reads `.ci-fix.yml`. An empty file is an empty policy. `known` are the classes there are; without them any name is taken for
 * one. Never throws for bad input; every problem is told at once, each with its line.
 */
export function readConfig(bytes: Uint8Array, known?: readonly string[]): ReadConfigResult {
  const opened = openYaml(bytes);
  if (!opened.ok) return { ok: false, problems: opened.refusals.map(asProblem) };
  const reading: Reading = { file: opened.file, problems: [] };
  const config = readPolicy(reading, known);
  if (reading.problems.length === 0) return { ok: true, config };
  return { ok: false, problems: inFileOrder(reading.problems) };
}

function readPolicy(reading: Reading, known: readonly string[] | undefined): Config {
  const [root, ...others] = reading.file.documents;
  const second = others.find((document) => document !== undefined);
  if (second !== undefined) note(reading, second.span.start, "the policy must be one YAML document");
  const fields = root === undefined ? undefined : readFields(reading, root, "the policy", POLICY_KEYS, 0);
  return fields === undefined ? emptyConfig : readKeys(reading, fields, known);
}

function readKeys(reading: Reading, fields: Fields, known: readonly string[] | undefined): Config {
  return {
    milestone: readText(reading, fields, "milestone", STAGE),
    upstream: readText(reading, fields, "upstream", REPOSITORY),
    requiredChecks: fields.entries.has("required-checks") ? readTexts(reading, fields, "required-checks") : undefined,
    classes: readClasses(reading, fields, known),
    paths: readTexts(reading, fields, "paths"),
    ignore: readTexts(reading, fields, "ignore"),
    critical: readEntries(reading, fields, "critical"),
    bestEffort: readEntries(reading, fields, "best-effort"),
    exceptions: readExceptions(reading, fields, known),
    invariants: readInvariants(reading, fields, known),
    thresholds: readThresholds(reading, fields),
  };
}
