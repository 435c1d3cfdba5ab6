import { expect, it } from "vitest";
import { proveChange } from "../src/index.ts";

const file = ".github/workflows/ci.yml";

/** A gate that looks at what it waits for, and says so with its own exit status. */
const gate = (needs: string, good = "exit 0", bad = "exit 1"): Uint8Array =>
  Buffer.from(`on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - run: make unit
  lint:
    runs-on: ubuntu-latest
    steps:
      - run: make lint
  gate:
    if: always()
    needs: [${needs}]
    runs-on: ubuntu-latest
    steps:
      - name: All is well
        if: \${{ !contains(needs.*.result, 'failure') && !contains(needs.*.result, 'skipped') }}
        run: ${good}
      - name: Something failed
        if: \${{ contains(needs.*.result, 'failure') || contains(needs.*.result, 'skipped') }}
        run: ${bad}
`);

const judged = (...scripts: string[]): string =>
  proveChange(
    { file, before: gate("unit", ...scripts), after: gate("unit, lint", ...scripts) },
    { contents: new Map() },
  ).judgement;

it("a gate that gathers one job more is red more often: `exit 0` never fails, `exit 1` always does", () => {
  expect(judged("exit 0", "exit 1")).toBe("bites");
  expect(judged("true", "false")).toBe("bites");
  expect(judged('":"', "exit 3")).toBe("bites");
});

it("of any other script nobody knows how it ends: where it was to fail, it may not be run any more", () => {
  expect(judged("make report", "make lament")).toBe("weaker");
  expect(judged("exit 0 || make", "make lament")).toBe("weaker");
  expect(judged("make report", "exit 1")).toBe("bites");
  expect(judged("exit 0", "make lament")).toBe("bites");
});
