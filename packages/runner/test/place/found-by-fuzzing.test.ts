import { describe, expect, it } from "vitest";
import { placeInverse } from "../../src/place/index.ts";
import { apply, changeOf, permutations, type Risk } from "./risks.ts";

interface Case {
  readonly name: string;
  readonly origin: readonly string[];
  /** In the order in which they were committed. */
  readonly risks: readonly Risk[];
}

function removed(start: number, end: number): Risk {
  return { start, end, lines: [] };
}

function noted(start: number, end: number, text: string): Risk {
  return { start, end, lines: [`# NOTE: ${text}\n`] };
}

function lines(...texts: readonly string[]): string[] {
  return texts.map((text) => `${text}\n`);
}

/** Each was once put back at the wrong one of several places. */
const cases: readonly Case[] = [
  {
    name: "the note of another fix was taken for the one above the place, changed",
    origin: lines("step: 0", "step: 0", "step: 1", "step: 1", "step: 0", "step: 0", "end"),
    risks: [noted(2, 4, "1"), removed(4, 6), noted(6, 6, "3"), removed(0, 2)],
  },
  {
    name: "the same with nothing around it",
    origin: lines("first", "second", "end"),
    risks: [noted(1, 1, "1"), removed(1, 2), noted(2, 2, "3")],
  },
  {
    name: "the lines that the change removed were told by comparing, in a stretch that repeats itself",
    origin: lines("", "soft", "", "soft", "if: false", "uses", "if: false", "uses", "end"),
    risks: [removed(0, 1), removed(3, 4), removed(1, 3), removed(4, 5)],
  },
  {
    name: "the same where a note replaces a part of the stretch",
    origin: lines("start", "run", "if", "run", "if", "", "if", "end"),
    risks: [removed(0, 2), removed(4, 5), noted(2, 4, "1")],
  },
];

describe.each(cases)("$name", ({ origin, risks }) => {
  it.each(["commits", "squash"])("every order of rollback, after %s, gives the right bytes or refuses", (history) => {
    for (const order of permutations(risks)) {
      let today = apply(origin, risks);
      for (const [index, risk] of order.entries()) {
        const earlier = history === "squash" ? [] : risks.slice(0, risks.indexOf(risk));
        const placed = placeInverse({ ...changeOf(origin, earlier, [risk]), today, origin: origin.join("") });
        if (!placed.ok) break;
        expect(placed.text).toBe(apply(origin, order.slice(index + 1)));
        today = placed.text;
      }
    }
  });
});
