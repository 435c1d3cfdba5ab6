import type { Evidence } from "../types.ts";
import type { Answer } from "./oracle.ts";
import type { Played } from "./play.ts";

const guards = ["value github.repository", "value github.repository_owner"];

/** Sees where something turns red, and says what speaks against what is claimed of that. */
export class Watch {
  readonly #claimed: Evidence["observable"];
  #onFork = false;
  #upstream = false;

  constructor({ observable }: Evidence) {
    this.#claimed = observable;
  }

  see({ before, after }: Played, asked: ReadonlyMap<string, Answer>): void {
    const bites = [...after].some(
      ([name, end]) => !name.startsWith("needs.") && end === "failure" && before.get(name) !== "failure",
    );
    // A fork is any repository that no guard names.
    const isFork = guards.every((guard) => ["(any other value)", undefined].includes(asked.get(guard) as string));
    if (bites && isFork) this.#onFork = true;
    if (bites && !isFork) this.#upstream = true;
  }

  /** `isWhole`: every case was seen. */
  problems(isWhole: boolean): string[] {
    const seen = this.#onFork ? "anywhere" : this.#upstream ? "upstream-only" : "nowhere";
    const order = ["nowhere", "upstream-only", "anywhere"];
    const isMore = order.indexOf(seen) > order.indexOf(this.#claimed);
    return isMore || (isWhole && seen !== this.#claimed)
      ? [`what turns red is said to be seen ${this.#claimed}, and is seen ${seen}`]
      : [];
  }
}
