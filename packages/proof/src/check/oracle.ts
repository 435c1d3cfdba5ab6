import type { CaseValue } from "../types.ts";

/** What a question can be answered with; the first answer is the usual one. */
export type Answer = CaseValue;

/**
 * Answers every question of a run, the same question always in the same way: as told, and where it was not told, by the
 * next of all combinations.
 */
export class Oracle {
  readonly #told: ReadonlyMap<string, Answer>;
  readonly #pick: ((size: number) => number) | undefined;
  #trail: { readonly size: number; index: number }[] = [];
  #asked = new Map<string, Answer>();
  #at = 0;

  constructor(told: ReadonlyMap<string, Answer> = new Map(), pick?: (size: number) => number) {
    this.#told = told;
    this.#pick = pick;
  }

  ask(kind: string, key: string, domain: readonly Answer[]): Answer {
    const name = `${kind} ${key}`;
    const known = this.#told.get(name) ?? this.#asked.get(name);
    if (known !== undefined) return known;
    const answer = domain[this.#next(domain.length)] ?? null;
    this.#asked.set(name, answer);
    return answer;
  }

  /** What was asked and how it was answered since the last time. */
  get asked(): ReadonlyMap<string, Answer> {
    return this.#asked;
  }

  /** Goes on to the next combination; false after the last. */
  advance(): boolean {
    this.#asked = new Map();
    this.#at = 0;
    for (let last = this.#trail.at(-1); last !== undefined; last = this.#trail.at(-1)) {
      if (++last.index < last.size) return true;
      this.#trail.pop();
    }
    return false;
  }

  #next(size: number): number {
    if (this.#pick !== undefined) return this.#pick(size);
    const known = this.#trail[this.#at];
    this.#at++;
    if (known !== undefined) return known.index;
    this.#trail.push({ size, index: 0 });
    return 0;
  }
}

/** An oracle to which everything that it was not told is as usual. */
export function usualOracle(told: ReadonlyMap<string, Answer>): Oracle {
  return new Oracle(told, () => 0);
}

export function isFault(answer: Answer | undefined): boolean {
  return typeof answer === "object" && answer !== null;
}
