import { findCase, termIn, type Allowed, type Choice } from "../engine/cases.ts";
import { FAULT, type Diagram, type Term } from "../engine/diagram.ts";
import type { CaseChoice, CaseValue, DifferingCase } from "../types.ts";
import type { Observable, Sides } from "./sides.ts";

/** The cases that a certificate prints, each once. */
export class CaseBook {
  readonly #sides: Sides;
  readonly #cases: DifferingCase[] = [];
  readonly #known = new Map<string, number>();

  constructor(sides: Sides) {
    this.#sides = sides;
  }

  get cases(): readonly DifferingCase[] {
    return this.#cases;
  }

  /** The plainest case in which a diagram is true. */
  find(goal: Diagram, allowed?: Allowed): readonly Choice[] | undefined {
    return findCase(this.#sides.world.logic.diagrams, goal, allowed);
  }

  /** Prints a case, and says where it stands. */
  keep(choices: readonly Choice[]): number {
    const told = choices.filter(isWorthTelling).map(choiceOf);
    const key = JSON.stringify(told);
    let index = this.#known.get(key);
    if (index === undefined) {
      index = this.#cases.push({ choices: told, seen: this.#seen(choices) }) - 1;
      this.#known.set(key, index);
    }
    return index;
  }

  #seen(choices: readonly Choice[]): DifferingCase["seen"] {
    const { diagrams } = this.#sides.world.logic;
    const at = (of: Diagram): string => String(termIn(diagrams, of, choices));
    return this.#sides.observables
      .map((each: Observable) => ({ observable: each.name, before: at(each.before), after: at(each.after) }))
      .filter(({ observable, before, after }) => observable === "run" || before !== after);
  }
}

/** What is as usual goes without saying: success, and the first value of a domain. */
export function isWorthTelling({ variable, term }: Choice): boolean {
  return variable.domain[0] !== term;
}

export function choiceOf({ variable, term }: Choice): CaseChoice {
  return { kind: variable.kind, key: variable.key, value: valueOf(term) };
}

function valueOf(term: Term): CaseValue {
  return term === FAULT ? { fault: true } : (term as CaseValue);
}
