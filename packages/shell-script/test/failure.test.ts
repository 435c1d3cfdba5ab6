import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureOf, readShellScript, type ScriptFormula } from "../src/index.ts";
import { type Oracle, Unfollowed } from "../src/model/engine.ts";
import { Run } from "../src/model/run.ts";
import { parseScript } from "../src/parse.ts";
import { generated } from "./arbitrary.ts";

const plain = { dialect: "bash", errexit: true, pipefail: false } as const;

function formula(
  text: string,
  options: Partial<Record<"errexit" | "pipefail", boolean>> = {},
): ScriptFormula | undefined {
  const script = readShellScript(text, { ...plain, ...options });
  return script === undefined ? undefined : failureOf(script);
}

function holds(of: ScriptFormula, statuses: Readonly<Record<string, number>>): boolean {
  if (typeof of === "boolean") return of;
  if ("command" in of) return (statuses[of.command.split(" ")[0] ?? ""] ?? 0) !== 0;
  if ("not" in of) return !holds(of.not, statuses);
  return "any" in of ? of.any.some((part) => holds(part, statuses)) : of.all.every((part) => holds(part, statuses));
}

describe("when a script fails", () => {
  const [a, b, c] = [{ command: "a" }, { command: "b" }, { command: "c" }];

  it.each<[string, ScriptFormula]>([
    ["a", a],
    ["a || true", false],
    ["a; b", { any: [a, b] }],
    ["a | b", b],
    ["a || b", { all: [a, b] }],
    ["a && b", { any: [a, b] }],
    ["! a", { not: a }],
    ["exit 1", true],
    ["rc=0\na || rc=$?\nb\nexit $rc", { any: [a, b] }],
    ["x=$(a); b; c", { any: [a, b, c] }],
  ])("%j", (text, expected) => {
    expect(formula(text)).toEqual(expected);
  });

  it("depends on pipefail", () => {
    expect(formula("a | b", { pipefail: true })).toEqual({ any: [a, b] });
  });

  it.each(['[ -f "$x" ] && a', "for x in $list; do a; done", "trap 'exit 0' EXIT; a"])("is not told of %j", (text) => {
    expect(formula(text)).toBeUndefined();
  });

  it("is the same as in the model, whatever the commands end with", () => {
    let told = 0;
    fc.assert(
      fc.property(generated("bash"), fc.boolean(), ({ script, statuses }, pipefail) => {
        const of = formula(script, { pipefail });
        const tree = parseScript(script);
        if (of === undefined || tree === undefined) return;
        told += 1;
        const oracle: Oracle = {
          statusOf: ({ name }) => Number((statuses[name?.value ?? ""] ?? 0) !== 0),
          choose: () => {
            throw new Unfollowed("a question");
          },
        };
        expect(holds(of, statuses)).toBe(new Run(oracle).exitStatus(tree, { ...plain, pipefail }) !== 0);
      }),
      { numRuns: 500 },
    );
    expect(told).toBeGreaterThan(100);
  });
});
