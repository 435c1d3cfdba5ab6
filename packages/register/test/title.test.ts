import { expect, test } from "vitest";
import { titleOf } from "../src/title.ts";
import { findingsIn } from "./small-codemods.ts";

const step = "      - name: Press\n        continue-on-error: true\n        run: make\n";
const [found] = findingsIn({
  ".github/workflows/press.yml": `on: push\njobs:\n  unit:\n    runs-on: ubuntu-24.04\n    steps:\n${step}`,
});

function title(...messages: string[]): string {
  if (found === undefined) throw new Error("no finding");
  return titleOf(messages.map((message) => ({ ...found, finding: { ...found.finding, message } })));
}

const mayFail = (name: string): string => `step "${name}" may fail and the run stays green`;

test.each<[what: string, messages: readonly string[], title: string]>([
  ["one finding", [mayFail("Press")], 'step "Press" may fail and the run stays green'],
  ["two alike", [mayFail("Press"), mayFail("Press")], 'step "Press" may fail and the run stays green (2 places)'],
  ["two", [mayFail("Press"), mayFail("Wash")], 'step "Press" and step "Wash" may fail and the run stays green'],
  [
    "three",
    [mayFail("Press"), mayFail("Wash"), mayFail("Weigh")],
    'step "Press", step "Wash" and step "Weigh" may fail and the run stays green',
  ],
  [
    "many",
    ["Press", "Wash", "Weigh", "Pack"].map(mayFail),
    'step "Press", step "Wash" and 2 more may fail and the run stays green',
  ],
  [
    "names that end alike",
    [mayFail("Press on one GPU"), mayFail("Wash on one GPU")],
    'step "Press on one GPU" and step "Wash on one GPU" may fail and the run stays green',
  ],
  [
    "two of different kinds",
    ["job old can never run: its condition is false", "job older waits for old"],
    "job old can never run: its condition is false, and 1 more",
  ],
  [
    "what is true of one is not said of two in the same words",
    ["job old never runs at all", "job older never runs at all"],
    "job old never runs at all, and 1 more",
  ],
  ["a message of several lines", ["step Press\n\u001B[31m  fails"], "step Press [31m fails"],
  ["nothing to say", [""], "soft-fail-step"],
])("%s", (_, messages, expected) => {
  expect(title(...messages)).toBe(expected);
});

test("a long one is clipped between characters", () => {
  const long = title("🍏".repeat(200));
  expect(Array.from(long)).toHaveLength(140);
  expect(long.endsWith("🍏…")).toBe(true);
});
