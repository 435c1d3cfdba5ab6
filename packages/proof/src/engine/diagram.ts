/** What a thing is in one case of a run: a value of the expression language, or the failure to evaluate one. */
export type Term = null | boolean | number | string | Fault;

/** The end of an evaluation that failed. The runner fails a step whose condition cannot be evaluated. */
export class Fault {
  readonly name = "fault";

  toString(): string {
    return this.name;
  }
}
export const FAULT: Fault = new Fault();

/** Something nobody knows before a run, with all that it can be. */
export interface Variable {
  /** Same key, same thing: in the file before the change and in the one after it. */
  readonly key: string;
  /** `outcome` – how a unit ends; `value` – what a context says; `answer` – an expression that is taken as a whole. */
  readonly kind: "outcome" | "value" | "answer";
  readonly domain: readonly Term[];
}

/**
 * A function from cases to terms: a leaf, or a question about the variable at `level` with one answer for each value of
 * its domain. Equal functions are one object, so that `===` compares them over every case at once.
 */
export interface Diagram {
  readonly id: number;
  /** Position of the variable in the order in which they are asked; infinite for a leaf. */
  readonly level: number;
  readonly term: Term;
  readonly answers: readonly Diagram[];
}

/** More nodes than anyone should wait for. Leaves this package as the verdict `unknown`. */
export class TooLarge extends Error {}

const MAX_NODES = 2_000_000;
const MAX_COMBINED = 100_000;
const PAIR = 2 ** 26;

export type One = (term: Term) => Term;
export type Two = (left: Term, right: Term) => Term;

/** All diagrams of one proof. Variables are asked in the order in which a run meets them. */
export class Diagrams {
  readonly variables: Variable[] = [];
  readonly #byKey = new Map<string, Diagram>();
  readonly #leaves = new Map<Term, Diagram>();
  readonly #nodes: Map<number | string, Diagram>[] = [];
  readonly #choices = new Map<number, Map<number, Diagram>>();
  readonly #memo = new Map<One | Two, Map<number, Diagram>>();
  readonly #most: number;
  #count = 0;

  /** Throws `TooLarge` beyond so many nodes. */
  constructor(most: number = MAX_NODES) {
    this.#most = most;
  }

  leaf(term: Term): Diagram {
    let leaf = this.#leaves.get(term);
    if (leaf === undefined) {
      leaf = { id: this.#count++, level: Number.POSITIVE_INFINITY, term, answers: [] };
      this.#leaves.set(term, leaf);
    }
    return leaf;
  }

  /** The variable with this key, made when it is met for the first time. */
  variable({ key, kind, domain }: Variable): Diagram {
    let found = this.#byKey.get(`${kind} ${key}`);
    if (found === undefined) {
      const level = this.variables.push({ key, kind, domain }) - 1;
      found = this.#node(
        level,
        domain.map((term) => this.leaf(term)),
      );
      this.#byKey.set(`${kind} ${key}`, found);
    }
    return found;
  }

  map(f: One, of: Diagram): Diagram {
    if (of.level === Number.POSITIVE_INFINITY) return this.leaf(f(of.term));
    const memo = this.#memoOf(f);
    let result = memo.get(of.id);
    if (result === undefined) {
      result = this.#node(
        of.level,
        of.answers.map((answer) => this.map(f, answer)),
      );
      memo.set(of.id, result);
    }
    return result;
  }

  join(f: Two, left: Diagram, right: Diagram): Diagram {
    if (left.answers.length === 0 && right.answers.length === 0) return this.leaf(f(left.term, right.term));
    const memo = this.#memoOf(f);
    const key = left.id * PAIR + right.id;
    let result = memo.get(key);
    if (result === undefined) {
      const level = Math.min(left.level, right.level);
      const count = (left.level === level ? left : right).answers.length;
      const answers: Diagram[] = [];
      for (let at = 0; at < count; at++)
        answers.push(this.join(f, answerOf(left, level, at), answerOf(right, level, at)));
      result = this.#node(level, answers);
      memo.set(key, result);
    }
    return result;
  }

  /** `then` where a condition is true, else `otherwise`. */
  choose(condition: Diagram, then: Diagram, otherwise: Diagram): Diagram {
    if (then === otherwise) return then;
    if (condition.answers.length === 0) return condition.term === true ? then : otherwise;
    let memo = this.#choices.get(condition.id);
    if (memo === undefined) this.#choices.set(condition.id, (memo = new Map<number, Diagram>()));
    const key = then.id * PAIR + otherwise.id;
    let result = memo.get(key);
    if (result === undefined) {
      const level = Math.min(condition.level, then.level, otherwise.level);
      const count = this.variables[level]?.domain.length ?? 0;
      const answers: Diagram[] = [];
      for (let at = 0; at < count; at++) {
        const [when, one, other] = [
          answerOf(condition, level, at),
          answerOf(then, level, at),
          answerOf(otherwise, level, at),
        ];
        answers.push(this.choose(when, one, other));
      }
      result = this.#node(level, answers);
      memo.set(key, result);
    }
    return result;
  }

  /** Puts together any number of diagrams; what comes of their terms may ask further questions. */
  combine(parts: readonly Diagram[], f: (terms: readonly Term[]) => Diagram): Diagram {
    const memo = new Map<string, Diagram>();
    const visit = (at: readonly Diagram[]): Diagram => {
      const level = Math.min(...at.map((part) => part.level));
      if (level === Number.POSITIVE_INFINITY) return f(at.map((part) => part.term));
      const key = at.map((part) => part.id).join();
      let result = memo.get(key);
      if (result === undefined) {
        const count = this.variables[level]?.domain.length ?? 0;
        const answers: Diagram[] = [];
        for (let index = 0; index < count; index++) answers.push(visit(at.map((part) => answerOf(part, level, index))));
        result = this.#choose(level, answers);
        memo.set(key, result);
        if (memo.size > MAX_COMBINED) throw new TooLarge();
      }
      return result;
    };
    return visit(parts);
  }

  /** Asks the variable at `level` first and goes on with one of the answers, which may ask anything. */
  #choose(level: number, answers: readonly Diagram[]): Diagram {
    if (answers.every((answer) => answer.level > level)) return this.#node(level, answers);
    return answers.reduceRight((rest, answer, index) => {
      const isThis = answers.map((_each, at) => this.leaf(at === index));
      return this.choose(this.#node(level, isThis), answer, rest);
    });
  }

  #nodesAt(level: number): Map<number | string, Diagram> {
    return (this.#nodes[level] ??= new Map<number | string, Diagram>());
  }

  #memoOf(f: One | Two): Map<number, Diagram> {
    let memo = this.#memo.get(f);
    if (memo === undefined) this.#memo.set(f, (memo = new Map<number, Diagram>()));
    return memo;
  }

  #node(level: number, answers: readonly Diagram[]): Diagram {
    const [first] = answers;
    if (first !== undefined && answers.every((answer) => answer === first)) return first;
    const known = this.#nodesAt(level);
    const [yes, no] = answers;
    // Nearly all variables have two values: no text is made for those.
    const key =
      answers.length === 2 ? (yes?.id ?? 0) * PAIR + (no?.id ?? 0) : answers.map((answer) => answer.id).join(",");
    let node = known.get(key);
    if (node === undefined) {
      if (this.#count > this.#most) throw new TooLarge();
      node = { id: this.#count++, level, term: null, answers };
      known.set(key, node);
    }
    return node;
  }
}

/** What is left of a diagram once the variable at `level` has its value with this index. */
function answerOf(of: Diagram, level: number, index: number): Diagram {
  return of.level === level ? (of.answers[index] ?? of) : of;
}
