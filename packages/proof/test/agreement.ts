import type { Workflow } from "@ci-fix/workflow";
import { Oracle, isFault, type Answer } from "../src/check/oracle.ts";
import { Playground } from "../src/check/play.ts";
import { termIn, type Choice } from "../src/engine/cases.ts";
import { FAULT, type Diagram, type Diagrams, type Term } from "../src/engine/diagram.ts";
import type { Load } from "../src/model/files.ts";
import { modelOf } from "./models.ts";

/** What came of comparing the prover's model with the enumerator on one workflow. */
export interface Agreement {
  /** True where every case was run, false where there are more than were asked for. */
  readonly isWhole: boolean;
  readonly cases: number;
  /** The first case in which they differ. */
  readonly problem: unknown;
}

/** Runs a workflow case by case, at most so many, and looks up each case in the model of all of them. */
export function compare(file: Workflow, most: number, load?: Load): Agreement {
  const { logic, ends } = modelOf(file, load);
  const { diagrams } = logic;
  const playground = new Playground(file, file, load);
  const needed = new Set(file.jobs.flatMap(({ needs }) => needs.ids.map((id) => id.toLowerCase())));
  const observables = new Map<string, Diagram>();
  for (const [id, { checks, result }] of ends) {
    for (const [name, check] of checks) observables.set(name === "" ? "the action" : `check of ${name}`, check);
    if (needed.has(id)) observables.set(`needs.${id}.result`, result);
  }
  const oracle = new Oracle();
  for (let cases = 1; cases <= most; cases++) {
    const { before } = playground.play(oracle);
    const choices = choicesFor(diagrams, oracle.asked);
    const model = new Map([...observables].map(([name, of]) => [name, String(termIn(diagrams, of, choices))]));
    const results = [...ends.values()].map(({ result }) => termIn(diagrams, result, choices));
    model.set("run", results.includes("failure") ? "failure" : "success");
    const differing = [...new Set([...model.keys(), ...before.keys()])].filter(
      (name) => model.get(name) !== before.get(name),
    );
    if (differing.length > 0) {
      const shown = differing.map((name) => [name, model.get(name), before.get(name)]);
      return { isWhole: false, cases, problem: { model: shown, when: Object.fromEntries(oracle.asked) } };
    }
    if (!oracle.advance()) return { isWhole: true, cases, problem: undefined };
  }
  return { isWhole: false, cases: most, problem: undefined };
}

/** The answers of a case as values of variables. What the model does not tell apart is any other value to it. */
function choicesFor(diagrams: Diagrams, asked: ReadonlyMap<string, Answer>): readonly Choice[] {
  return diagrams.variables.flatMap((variable): Choice[] => {
    const answer = asked.get(`${variable.kind} ${variable.key}`);
    if (answer === undefined) return [];
    const term: Term = isFault(answer) ? FAULT : (answer as Term);
    const known = variable.domain.find((each) => plain(each) === plain(term));
    return [{ variable, term: known ?? variable.domain[0] ?? null }];
  });
}

function plain(term: Term): Term {
  return typeof term === "string" ? term.toLowerCase() : term;
}
