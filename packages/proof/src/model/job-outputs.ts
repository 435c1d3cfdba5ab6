import { parseTemplate, ungroup, type Expression } from "@ci-fix/expression";
import type { Job } from "@ci-fix/workflow";
import type { Diagram } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import { flows, writtenIn } from "../variables/vocabulary.ts";
import { jobData, mapping } from "./data.ts";
import { type Given, givenIn, isEmpty } from "./given.ts";
import { pathOf, type Seen, type Sight } from "./sight.ts";
import type { World } from "./world.ts";

/**
 * What `needs.X.outputs.NAME` gives. A text that is one result is just that. Nobody knows the value of any other, but it is the
 * same on both sides where all that it is made of is, and with none of the steps that set it it is empty.
 * `ends` is what can be seen at the end of the job, of each kind of its legs; `inputs` is what a workflow is given that it calls.
 */
export function outputOf(
  { logic }: World,
  job: Job,
  name: string,
  output: string,
  { runs, ends, inputs }: { readonly runs: Diagram; readonly ends: readonly Sight[]; readonly inputs: Given },
): Seen {
  const { diagrams } = logic;
  const text = textOf(job, output);
  const trees = expressionsOf(text);
  const [end, ...others] = ends;
  const result = end === undefined || others.length > 0 ? undefined : resultIn(trees, end);
  if (result !== undefined) {
    const written = diagrams.map((term) => String(term ?? ""), result);
    return { kind: "known", diagram: logic.choose(runs, written, diagrams.leaf("")) };
  }
  const legs = job.calls === undefined ? ends.map((each) => givenIn(logic, [text], each)) : [inputs("*")];
  const given = diagrams.combine(legs, (terms) =>
    diagrams.leaf(terms.every((term) => term === "") ? "" : terms.join("; ")),
  );
  const scope = diagrams.map((term) => `${name} gives ${term === "" ? "" : `[${String(term)}] `}`, given);
  const isSet = logic.not(isUnset(logic, trees, ends));
  return { kind: "free", scope: logic.choose(logic.and(runs, isSet), scope, diagrams.leaf(null)), given };
}

function textOf(job: Job, output: string): string {
  const entry = Object.entries(mapping(jobData(job)["outputs"])).find(([key]) => key.toLowerCase() === output);
  return String(entry?.[1]);
}

/** The expressions that a text is made of; none where there is more to it. */
function expressionsOf(text: string): readonly Expression[] {
  const trees = writtenIn(text).map(({ tree }) => tree);
  return trees.length === parseTemplate(text).length ? trees : [];
}

/** The result that is all there is to a text. */
function resultIn([tree, ...others]: readonly Expression[], end: Sight): Diagram | undefined {
  const path = tree === undefined || others.length > 0 ? undefined : pathOf(ungroup(tree));
  const seen = path === undefined ? undefined : end.look(path);
  return seen?.kind === "known" ? seen.diagram : undefined;
}

/** Where a text is made of nothing but what is empty, such as the outputs of steps that did not run. */
function isUnset(logic: Logic, trees: readonly Expression[], ends: readonly Sight[]): Diagram {
  const paths = trees.flatMap(flows).map(pathOf);
  const parts = ends.flatMap((end) =>
    paths.map((path) => {
      const seen = path === undefined ? undefined : end.look(path);
      if (seen?.kind === "known") return logic.diagrams.map(isEmpty, seen.diagram);
      return seen === undefined ? logic.no : logic.diagrams.map((scope) => scope === null, seen.scope);
    }),
  );
  return parts.length === 0 ? logic.no : logic.all(parts);
}
