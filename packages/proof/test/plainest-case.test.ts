import { describe, expect, it } from "vitest";
import { countCases, findCase, termIn, termsOf, type Allowed } from "../src/engine/cases.ts";
import { Diagrams, FAULT, type Diagram, type Term } from "../src/engine/diagram.ts";
import { Logic } from "../src/engine/logic.ts";

const logic = new Logic(new Diagrams());
const { diagrams } = logic;

/** That a script fails, which is asked for by this name. */
const fails = (key: string): Diagram =>
  logic.is(diagrams.variable({ key, kind: "outcome", domain: ["success", "failure"] }), "failure");
/** That an action ends like this. */
const ends = (key: string, how: string): Diagram =>
  logic.is(diagrams.variable({ key, kind: "outcome", domain: ["success", "failure", "late"] }), how);
const ref = diagrams.variable({ key: "ref", kind: "value", domain: ["any other", "main", "next", ""] });
const flag = diagrams.variable({ key: "flag", kind: "answer", domain: [false, true, FAULT] });

/** What is not as usual in the plainest case. */
function plainest(goal: Diagram, allowed?: Allowed): readonly (readonly [string, Term])[] | undefined {
  const found = findCase(diagrams, goal, allowed);
  return found
    ?.filter(({ variable, term }) => variable.domain[0] !== term)
    .map(({ variable, term }) => [variable.key, term] as const);
}

describe("the plainest case", () => {
  it("has one failure rather than two", () => {
    const goal = logic.or(logic.and(fails("a"), fails("b")), fails("c"));
    expect(plainest(goal)).toEqual([["c", "failure"]]);
  });

  it("fails as early as it can", () => {
    expect(plainest(logic.or(fails("a"), fails("b")))).toEqual([["a", "failure"]]);
    expect(plainest(logic.or(ends("first", "late"), ends("second", "late")))).toEqual([["first", "late"]]);
  });

  it("has the failure of a script rather than that of an action", () => {
    expect(plainest(logic.or(ends("action", "failure"), fails("z")))).toEqual([["z", "failure"]]);
  });

  it("has two failures rather than an odd one, and an odd one rather than a condition that cannot be evaluated", () => {
    const two = logic.and(fails("a"), fails("b"));
    expect(plainest(logic.or(ends("action", "late"), two))).toEqual([
      ["a", "failure"],
      ["b", "failure"],
    ]);
    expect(plainest(logic.or(logic.faults(flag), ends("action", "late")))).toEqual([["action", "late"]]);
  });

  it("is of an odd value rather than of a failure, and of the first that does", () => {
    const odd = logic.or(logic.is(ref, "main"), logic.is(ref, "next"));
    expect(plainest(logic.or(fails("a"), odd))).toEqual([["ref", "main"]]);
    expect(plainest(logic.or(logic.is(ref, "main"), logic.holds(flag)))).toEqual([["flag", true]]);
    expect(plainest(logic.or(logic.holds(flag), logic.is(ref, "any other")))).toEqual([]);
  });

  it("has one odd value rather than two", () => {
    const other = diagrams.variable({ key: "other", kind: "answer", domain: [false, true] });
    expect(plainest(logic.or(logic.is(ref, "main"), logic.and(logic.holds(flag), other)))).toEqual([["ref", "main"]]);
  });

  it("is one of those that are allowed, where there is one", () => {
    const goal = logic.or(fails("a"), logic.is(ref, "main"));
    expect(plainest(goal, (_variable, term) => term !== "main")).toEqual([["a", "failure"]]);
    expect(plainest(goal, (_variable, term) => term !== "failure" && term !== "main")).toBeUndefined();
    expect(plainest(logic.no)).toBeUndefined();
    expect(plainest(logic.yes)).toEqual([]);
  });
});

describe("a diagram", () => {
  const either = logic.or(fails("a"), logic.is(ref, "main"));

  it("is looked up in a case; what the case does not name is as the first of its values", () => {
    const choices = (...told: readonly (readonly [string, Term])[]) =>
      told.flatMap(([key, term]) =>
        diagrams.variables.filter((each) => each.key === key).map((variable) => ({ variable, term })),
      );
    expect(termIn(diagrams, either, [])).toBe(false);
    expect(termIn(diagrams, either, choices(["a", "failure"]))).toBe(true);
    expect(termIn(diagrams, either, choices(["ref", "main"]))).toBe(true);
    expect(termIn(diagrams, either, choices(["ref", "next"]))).toBe(false);
    expect(termIn(diagrams, ref, choices(["ref", "what is no value of it"]))).toBe("any other");
  });

  it("counts cases that differ in what matters, each once", () => {
    expect(countCases(either, (term) => term === true)).toBe(4);
    expect(countCases(either, (term) => term === false)).toBe(3);
    expect(countCases(logic.yes, (term) => term === true)).toBe(1);
  });

  it("tells what it is in some case", () => {
    expect(termsOf(logic.choose(fails("a"), flag, ref))).toEqual(
      new Set<Term>([false, true, FAULT, "any other", "main", "next", ""]),
    );
    expect(termsOf(logic.no)).toEqual(new Set([false]));
  });
});
