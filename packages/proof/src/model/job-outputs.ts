import { parseTemplate, ungroup, type Expression } from "@ci-fix/expression";
import type { Job } from "@ci-fix/workflow";
import type { Diagram } from "../engine/diagram.ts";
import type { Logic } from "../engine/logic.ts";
import { flows } from "../variables/vocabulary.ts";
import { jobData } from "./data.ts";
import { givenIn } from "./given.ts";
import { pathOf, type Seen, type Sight } from "./sight.ts";
import type { World } from "./world.ts";

/**
 * What `needs.X.outputs.NAME` gives. A text that is one result is just that. Nobody knows the value of any other, but it is the
 * same on both sides where all that it is made of is, and with none of the steps that set it it is empty.
 * `ends` is what can be seen at the end of the job, of each kind of its legs.
 */
export function outputOf(
  { logic }: World,
  job: Job,
  name: string,
  output: string,
  { runs, ends }: { readonly runs: Diagram; readonly ends: readonly Sight[] },
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
  const legs = ends.map((each) => givenIn(logic, [text], each));
  const given = diagrams.combine(legs, (terms) =>
    diagrams.leaf(terms.every((term) => term === "") ? "" : terms.join("; ")),
  );
  const scope = diagrams.map((term) => `${name} gives ${term === "" ? "" : `[${String(term)}] `}`, given);
  const isSet = logic.not(isUnset(logic, trees, ends));
  return { kind: "free", scope: logic.choose(logic.and(runs, isSet), scope, diagrams.leaf(null)), given };
}

function textOf(job: Job, output: string): string {
  const outputs = jobData(job)["outputs"];
  const entries = typeof outputs === "object" && outputs !== null ? Object.entries(outputs) : [];
  const text: unknown = entries.find(([key]) => key.toLowerCase() === output)?.[1];
  return typeof text === "string" ? text : "";
}

/** The expressions that a text is made of; none where there is more to it. */
function expressionsOf(text: string): readonly Expression[] {
  const parts = parseTemplate(text);
  const trees = parts.flatMap((part) => (part.kind === "expression" && part.parsed.ok ? [part.parsed.tree] : []));
  return trees.length === parts.length ? trees : [];
}

/** The result that is all there is to a text. */
function resultIn([tree, ...others]: readonly Expression[], end: Sight): Diagram | undefined {
  const path = tree === undefined || others.length > 0 ? undefined : pathOf(ungroup(tree));
  if (path === undefined || path[0] === "matrix") return undefined;
  const seen = end.look(path);
  return seen.kind === "known" ? seen.diagram : undefined;
}

/** Where nothing has run of whose outputs alone a text is made. */
function isUnset(logic: Logic, trees: readonly Expression[], ends: readonly Sight[]): Diagram {
  const paths = trees.flatMap(flows).map(pathOf);
  if (paths.length === 0) return logic.no;
  const parts = ends.flatMap((end) =>
    paths.map((path) => {
      const seen = path?.length === 4 && path[2] === "outputs" ? end.look(path) : undefined;
      if (seen === undefined) return logic.no;
      return logic.diagrams.map(
        (term) => term === null || term === "",
        seen.kind === "known" ? seen.diagram : seen.scope,
      );
    }),
  );
  return parts.length === 0 ? logic.no : logic.all(parts);
}
