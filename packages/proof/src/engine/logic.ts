import { FAULT, type Diagram, type Diagrams, type Term } from "./diagram.ts";

/** False are null, false, 0, NaN and the empty string; a fault is neither and stays what it is. */
export function isTrue(term: Term): boolean {
  return !(term === FAULT || term === null || term === false || term === 0 || term === "" || Number.isNaN(term));
}

/** `&&` gives its first operand that is not true, else its last. A fault on the left is one of the whole. */
const conjunction = (left: Term, right: Term): Term => (isTrue(left) ? right : left);
const disjunction = (left: Term, right: Term): Term => (left === FAULT || isTrue(left) ? left : right);
const negation = (term: Term): Term => (term === FAULT ? FAULT : !isTrue(term));
const certainty = (term: Term): Term => (term === FAULT ? FAULT : isTrue(term));
const falseOnFault = (term: Term): Term => isTrue(term);
const isFault = (term: Term): Term => term === FAULT;
const difference = (left: Term, right: Term): Term => left !== right;

const words = new Map<string, (term: Term) => Term>();

/** The language's operators, lifted from terms to diagrams. */
export class Logic {
  readonly diagrams: Diagrams;
  readonly yes: Diagram;
  readonly no: Diagram;

  constructor(diagrams: Diagrams) {
    this.diagrams = diagrams;
    this.yes = diagrams.leaf(true);
    this.no = diagrams.leaf(false);
  }

  and(left: Diagram, right: Diagram): Diagram {
    if (left === this.yes) return right;
    return left === this.no ? left : this.diagrams.join(conjunction, left, right);
  }

  or(left: Diagram, right: Diagram): Diagram {
    if (left === this.no) return right;
    return left === this.yes ? left : this.diagrams.join(disjunction, left, right);
  }

  /** True where one of them is. The last are put together first: what is asked late is not built again for each that is asked earlier. */
  any(parts: readonly Diagram[]): Diagram {
    return parts.reduceRight((rest, part) => this.or(part, rest), this.no);
  }

  /** True where each of them is. */
  all(parts: readonly Diagram[]): Diagram {
    return parts.reduceRight((rest, part) => this.and(part, rest), this.yes);
  }

  not(of: Diagram): Diagram {
    return this.diagrams.map(negation, of);
  }

  /** True, false or fault. */
  truth(of: Diagram): Diagram {
    return this.diagrams.map(certainty, of);
  }

  /** True or false; a fault is false. */
  holds(of: Diagram): Diagram {
    return this.diagrams.map(falseOnFault, of);
  }

  faults(of: Diagram): Diagram {
    return this.diagrams.map(isFault, of);
  }

  differs(left: Diagram, right: Diagram): Diagram {
    return left === right ? this.no : this.diagrams.join(difference, left, right);
  }

  /** Whether it is this very word. */
  is(of: Diagram, word: string): Diagram {
    let test = words.get(word);
    if (test === undefined) words.set(word, (test = (term) => term === word));
    return this.diagrams.map(test, of);
  }

  /** `then` where a condition of true and false holds, else `otherwise`. */
  choose(condition: Diagram, then: Diagram, otherwise: Diagram): Diagram {
    return this.diagrams.choose(condition, then, otherwise);
  }
}
