import { contextPaths, parseCondition, parseTemplate, type Expression } from "@ci-fix/expression";
import type { Path, YamlMap, YamlNode, YamlScalar } from "@ci-fix/yaml-editor";
import { asMap, entryOf, mapOf, resolve } from "./nodes.ts";
import type { Job, Reader, Step, Workflow } from "./types.ts";

/** A scalar that reads from `steps`, `needs` or (for the outputs of a reusable workflow, where `job` is undefined) `jobs`. */
export interface Reading {
  readonly place: {
    readonly job: Job | undefined;
    readonly step: Step | undefined;
    readonly where: Reader["where"];
    readonly text: string;
    readonly path: Path;
  };
  /** In lower case; `*` where any name can stand. */
  readonly path: readonly string[];
}

type Place = Pick<Reading["place"], "job" | "step" | "where">;

const places: ReadonlyMap<string, Reader["where"]> = new Map([
  ["if", "condition"],
  ["env", "env"],
  ["run", "script"],
  ["with", "input"],
  ["outputs", "output"],
  ["name", "name"],
]);
const candidate = /\b(?:steps|needs|jobs)\b/iu;

export function* readingsOf(workflow: Workflow): IterableIterator<Reading> {
  const root = asMap(workflow.file.yaml.documents[0]);
  for (const job of workflow.jobs) {
    if (workflow.kind === "composite-action")
      yield* readingsIn(entryOf(root, "outputs")?.value, { job, step: undefined, where: "output" });
    yield* readingsInUnit(asMap(job.entry?.value), { job, step: undefined, where: "other" }, "steps");
    for (const step of job.steps) yield* readingsInUnit(asMap(step.item.value), { job, step, where: "other" });
  }
  const called = entryOf(mapOf(mapOf(root, "on"), "workflow_call"), "outputs")?.value;
  yield* readingsIn(called, { job: undefined, step: undefined, where: "output" });
}

function* readingsInUnit(unit: YamlMap | undefined, place: Place, except?: string): IterableIterator<Reading> {
  for (const entry of unit?.entries ?? []) {
    if (entry.key === except) continue;
    yield* readingsIn(entry.value, { ...place, where: places.get(entry.key) ?? "other" });
  }
}

function* readingsIn(from: YamlNode | undefined, place: Place): IterableIterator<Reading> {
  const pending: (YamlNode | undefined)[] = [from];
  const seen = new Set<YamlNode>();
  while (pending.length > 0) {
    const node = resolve(pending.pop());
    if (node === undefined || seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "scalar") yield* readingsInScalar(node, place);
    else if (node.kind === "map") pending.push(...node.entries.map((entry) => entry.value).reverse());
    else pending.push(...node.items.map((item) => item.value).reverse());
  }
}

function* readingsInScalar(scalar: YamlScalar, place: Place): IterableIterator<Reading> {
  if (!candidate.test(scalar.text)) return;
  if (place.where !== "condition" && !scalar.text.includes("${{")) return;
  const seen = new Set<string>();
  for (const tree of treesOf(scalar.text, place.where === "condition")) {
    for (const written of contextPaths(tree)) {
      const path = written.map((segment) => segment.toLowerCase());
      const key = path.slice(0, 3).join("\n");
      if (!candidate.test(path[0] ?? "") || seen.has(key)) continue;
      seen.add(key);
      yield { place: { ...place, text: scalar.text, path: scalar.path }, path };
    }
  }
}

function treesOf(text: string, isCondition: boolean): readonly Expression[] {
  if (isCondition) {
    const { tree } = parseCondition(text);
    if (tree !== undefined) return [tree];
  }
  return parseTemplate(text).flatMap((part) =>
    part.kind === "expression" && part.parsed.ok ? [part.parsed.tree] : [],
  );
}
