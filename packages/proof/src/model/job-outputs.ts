import type { Job } from "@ci-fix/workflow";
import type { Diagram } from "../engine/diagram.ts";
import { readPaths } from "../variables/tree.ts";
import { writtenIn } from "../variables/vocabulary.ts";
import { jobData } from "./data.ts";
import type { Seen } from "./sight.ts";
import type { ListEnd } from "./step-walk.ts";
import type { World } from "./world.ts";

/**
 * What `needs.X.outputs.NAME` gives. Nobody knows its value, but it is the same on both sides where the same of the steps
 * that set it have run; with none of them it is empty.
 */
export function outputOf(
  { logic }: World,
  job: Job,
  name: string,
  output: string,
  { runs, lists }: { readonly runs: Diagram; readonly lists: readonly ListEnd[] },
): Seen {
  const nothing = logic.diagrams.leaf(null);
  const setters = settersOf(job, output);
  const [list, ...others] = lists;
  if (setters === undefined || list === undefined || others.length > 0)
    return { kind: "free", scope: logic.choose(runs, logic.diagrams.leaf(`${name} gives `), nothing) };
  const ran = setters.map((id) => list.steps.find(({ step }) => step.id?.toLowerCase() === id)?.runs ?? logic.no);
  // With only some of them it may be anything, on either side: the value then belongs to exactly those.
  const scope = logic.diagrams.combine(ran, (terms) => {
    const missing = setters.filter((_id, index) => terms[index] !== true);
    if (missing.length === setters.length) return nothing;
    return logic.diagrams.leaf(`${name} gives ${missing.length === 0 ? "" : `without ${missing.join(", ")} `}`);
  });
  return { kind: "free", scope: logic.choose(runs, scope, nothing) };
}

/** The steps that an output is made of; undefined where the file does not tell. */
function settersOf(job: Job, output: string): readonly string[] | undefined {
  const outputs = jobData(job)["outputs"];
  if (typeof outputs !== "object" || outputs === null) return undefined;
  const entry = Object.entries(outputs).find(([key]) => key.toLowerCase() === output);
  const text: unknown = entry?.[1];
  if (typeof text !== "string") return undefined;
  const paths = writtenIn(text).flatMap(({ tree }) => readPaths(tree));
  const ids = paths.flatMap(([context, id]) => (context === "steps" && id !== undefined && id !== "*" ? [id] : []));
  return ids.length === 0 || paths.length !== ids.length ? undefined : [...new Set(ids)];
}
