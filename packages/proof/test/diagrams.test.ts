import { describe, expect, it } from "vitest";
import { Diagrams, FAULT, TooLarge, type Diagram } from "../src/engine/diagram.ts";
import { Logic } from "../src/engine/logic.ts";

const logic = new Logic(new Diagrams());
const { diagrams, yes, no } = logic;
const asked = (key: string): Diagram => diagrams.variable({ key, kind: "answer", domain: [false, true] });
// In this order they are asked.
const [a, b, c] = [asked("a"), asked("b"), asked("c")];
const word = diagrams.variable({ key: "word", kind: "value", domain: ["x", "y", "z"] });

describe("functions that are equal in every case are one diagram", () => {
  it.each([
    ["a and b", logic.and(a, b), logic.and(b, a)],
    ["a or b", logic.or(a, b), logic.not(logic.and(logic.not(b), logic.not(a)))],
    ["a", a, logic.or(logic.and(a, b), logic.and(a, logic.not(b)))],
    ["a, if b, else c", logic.choose(b, a, c), logic.or(logic.and(b, a), logic.and(logic.not(b), c))],
    ["a and b and c", logic.all([a, b, c]), logic.and(logic.and(a, b), c)],
    ["a or b or c", logic.any([a, b, c]), logic.or(logic.or(a, b), c)],
    ["always", logic.or(a, logic.not(a)), yes],
    ["never", logic.and(a, logic.not(a)), no],
    ["all of nothing", logic.all([]), yes],
    ["any of nothing", logic.any([]), no],
    ["a differs from b", logic.differs(a, b), logic.choose(a, logic.not(b), b)],
    ["a differs from a", logic.differs(a, logic.and(a, a)), no],
    [
      "the word",
      word,
      logic.choose(
        logic.is(word, "x"),
        diagrams.leaf("x"),
        logic.choose(logic.is(word, "y"), diagrams.leaf("y"), diagrams.leaf("z")),
      ),
    ],
    ["the word is x or y", logic.or(logic.is(word, "x"), logic.is(word, "y")), logic.not(logic.is(word, "z"))],
  ])("%s", (_what, one, other) => {
    expect(one).toBe(other);
  });

  it("whatever asks first", () => {
    expect(diagrams.variables.slice(0, 4).map(({ key }) => key)).toEqual(["a", "b", "c", "word"]);
    expect(asked("a")).toBe(a);
    expect(diagrams.variable({ key: "a", kind: "value", domain: ["x", ""] })).not.toBe(a);
  });
});

describe("what comes of the terms of several diagrams may ask", () => {
  const either = (of: Diagram, then: Diagram, otherwise: Diagram): Diagram =>
    diagrams.combine([of], ([term]) => (term === true ? then : otherwise));

  it.each([
    ["what is asked later", either(a, b, c), logic.choose(a, b, c)],
    ["what is asked earlier", either(c, a, b), logic.choose(c, a, b)],
    ["the same again", either(b, b, logic.not(b)), yes],
    ["the same and what is asked earlier", either(b, logic.and(a, b), logic.or(a, b)), logic.choose(b, a, a)],
    [
      "what is asked earlier and later",
      either(b, logic.and(a, c), logic.or(b, c)),
      logic.choose(b, logic.and(a, c), c),
    ],
  ])("%s", (_what, one, other) => {
    expect(one).toBe(other);
  });

  it("for each of more than two values", () => {
    const after = asked("after");
    const found = diagrams.combine([after, word], ([when, term]) => (when === true ? word : term === "y" ? a : no));
    expect(found).toBe(logic.choose(after, word, logic.and(logic.is(word, "y"), a)));
  });

  it("nothing where there is nothing to put together", () => {
    expect(diagrams.combine([], (terms) => diagrams.leaf(terms.length))).toBe(diagrams.leaf(0));
  });
});

describe("faults", () => {
  const flag = diagrams.variable({ key: "flag", kind: "answer", domain: [false, true, FAULT] });
  const fault = diagrams.leaf(FAULT);

  it.each([
    ["on the left are those of the whole", logic.and(fault, a), fault],
    ["on the left are those of an alternative", logic.or(fault, a), fault],
    ["behind what decides are never met", logic.and(no, fault), no],
    ["behind what decides an alternative are never met", logic.or(yes, fault), yes],
    ["stay what they are when they are turned round", logic.not(fault), fault],
    ["are neither true nor false", logic.truth(flag), flag],
    ["do not hold", logic.holds(fault), no],
    ["can be asked for", logic.faults(flag), logic.differs(logic.truth(flag), logic.holds(flag))],
  ])("%s", (_what, one, other) => {
    expect(one).toBe(other);
  });
});

describe("what is too large", () => {
  it("is given up where it has too many nodes", () => {
    const small = new Logic(new Diagrams(20));
    const all = (count: number): Diagram =>
      small.all(
        Array.from({ length: count }, (_each, at) =>
          small.diagrams.variable({ key: `${at}`, kind: "answer", domain: [false, true] }),
        ),
      );
    expect(all(5)).not.toBe(small.no);
    expect(() => all(30)).toThrow(TooLarge);
  });

  it("is given up where too many cases are put together", () => {
    const wide = new Diagrams();
    const parts = Array.from({ length: 18 }, (_each, at) =>
      wide.variable({ key: `${at}`, kind: "answer", domain: [false, true] }),
    );
    expect(() => wide.combine(parts, () => wide.leaf(true))).toThrow(TooLarge);
  });
});
