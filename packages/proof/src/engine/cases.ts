import { FAULT, type Diagram, type Diagrams, type Term, type Variable } from "./diagram.ts";

/** One value of one variable. */
export interface Choice {
  readonly variable: Variable;
  readonly term: Term;
}

/** Says which values of a variable a search may use. */
export type Allowed = (variable: Variable, term: Term) => boolean;

const anything: Allowed = () => true;

/**
 * The plainest case in which a diagram is `true`: with the fewest failures, and nothing said of what does not matter.
 * Undefined where there is none at all.
 */
export function findCase(
  diagrams: Diagrams,
  goal: Diagram,
  allowed: Allowed = anything,
): readonly Choice[] | undefined {
  const best = new Map<Diagram, { readonly cost: number; readonly index: number }>();
  const costOf = (at: Diagram): number => {
    const variable = diagrams.variables[at.level];
    if (variable === undefined) return at.term === true ? 0 : Number.POSITIVE_INFINITY;
    const known = best.get(at);
    if (known !== undefined) return known.cost;
    let found = { cost: Number.POSITIVE_INFINITY, index: 0 };
    for (const [index, answer] of at.answers.entries()) {
      const term = variable.domain[index] ?? null;
      if (!allowed(variable, term)) continue;
      const cost = priceOf(variable, term) + costOf(answer);
      // Of cases that are equally plain the one that fails earliest is taken.
      if (cost < found.cost || (variable.kind === "outcome" && cost === found.cost)) found = { cost, index };
    }
    best.set(at, found);
    return found.cost;
  };
  return costOf(goal) === Number.POSITIVE_INFINITY ? undefined : pathAlong(diagrams, goal, (at) => best.get(at)?.index);
}

function pathAlong(diagrams: Diagrams, start: Diagram, next: (at: Diagram) => number | undefined): readonly Choice[] {
  const choices: Choice[] = [];
  let at = start;
  for (let variable = diagrams.variables[at.level]; variable !== undefined; variable = diagrams.variables[at.level]) {
    const index = next(at) ?? 0;
    choices.push({ variable, term: variable.domain[index] ?? null });
    at = at.answers[index] ?? at;
  }
  return choices;
}

/** A failure is dear, that of somebody's action dearer, an odd one dearest; what a context says costs next to nothing. */
function priceOf({ kind, domain }: Variable, term: Term): number {
  if (term === FAULT) return 10_000;
  if (kind !== "outcome") return domain[0] === term ? 0 : 1;
  return term === "success" ? 0 : term === "failure" ? 100 + domain.length : 1_000;
}

/** What a diagram is in a case; what the case does not name, or not with a value that it can have, is as the first of them. */
export function termIn(diagrams: Diagrams, of: Diagram, choices: readonly Choice[]): Term {
  const chosen = new Map(choices.map(({ variable, term }) => [variable, variable.domain.indexOf(term)]));
  let at = of;
  for (let variable = diagrams.variables[at.level]; variable !== undefined; variable = diagrams.variables[at.level]) {
    const index = Math.max(0, chosen.get(variable) ?? 0);
    at = at.answers[index] ?? at;
  }
  return at.term;
}

/** How many cases there are in which a diagram is one of some terms; cases that differ only in what does not matter are one. */
export function countCases(goal: Diagram, isCounted: (term: Term) => boolean): number {
  const counts = new Map<Diagram, number>();
  const count = (at: Diagram): number => {
    if (at.answers.length === 0) return isCounted(at.term) ? 1 : 0;
    let sum = counts.get(at);
    if (sum === undefined) {
      sum = at.answers.reduce((total, answer) => total + count(answer), 0);
      counts.set(at, sum);
    }
    return sum;
  };
  return count(goal);
}

/** Everything that a diagram is in some case. */
export function termsOf(diagram: Diagram): ReadonlySet<Term> {
  const terms = new Set<Term>();
  const seen = new Set<Diagram>([diagram]);
  // The set grows while it is walked.
  for (const { answers, term } of seen) {
    if (answers.length === 0) terms.add(term);
    for (const answer of answers) seen.add(answer);
  }
  return terms;
}
