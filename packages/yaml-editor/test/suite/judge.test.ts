import { expect, test } from "vitest";
import { sameData } from "./judge.ts";

test.each([
  [{ a: [1, { b: "x" }] }, { a: [1, { b: "x" }] }],
  [new Map([[1, [2]]]), new Map([[1, [2]]])],
  [
    { 1: "a", x: "b" },
    Object.fromEntries([
      ["x", "b"],
      ["1", "a"],
    ]),
  ],
  [Number.NaN, Number.NaN],
  [new Date(5), new Date(5)],
])("the same data: %j", (first, second) => {
  expect(sameData(first, second)).toBe(true);
});

test.each([
  ["another order of keys", { a: 1, b: 2 }, { b: 2, a: 1 }],
  [
    "another order in a map",
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    new Map([
      ["b", 2],
      ["a", 1],
    ]),
  ],
  ["another key", { a: 1 }, { b: 1 }],
  ["a value more", [1], [1, 2]],
  ["another kind of scalar", { a: "1" }, { a: 1 }],
  ["nothing for null", { a: undefined }, { a: null }],
  ["zero with another sign", [0], [-0]],
  ["a list for an object", [], {}],
  ["an object for a map", {}, new Map()],
  ["a date for its text", new Date(5), new Date(5).toISOString()],
  ["another date", new Date(5), new Date(6)],
])("other data: %s", (_name, first, second) => {
  expect(sameData(first, second)).toBe(false);
});
