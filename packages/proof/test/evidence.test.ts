import { describe, expect, it } from "vitest";
import type { Evidence } from "../src/index.ts";
import { prove, workflow } from "./models.ts";

/** Where the bite of a soft-fail can be seen that is taken from a step under this condition. */
function evidence(condition: string, repository?: string): Evidence {
  const text = (soft: string): string =>
    workflow(`
      unit:
        runs-on: ubuntu-latest
        steps:
          - if: ${JSON.stringify(condition)}
            run: make test
            ${soft}`);
  return prove(text("continue-on-error: true"), text("name: make test"), {
    evidence: repository === undefined ? {} : { repository },
  }).certificate.evidence;
}

describe("a fork guard", () => {
  it.each([
    ["github.repository == 'tide/harbor'", { "github.repository": "tide/harbor" }],
    ["github.repository_owner == 'tide'", { "github.repository_owner": "tide" }],
    [
      "github.repository_owner == 'tide' && github.repository == 'tide/harbor' && github.ref == 'x'",
      { "github.repository_owner": "tide", "github.repository": "tide/harbor" },
    ],
  ])("%s", (condition, upstream) => {
    expect(evidence(condition)).toEqual({ observable: "upstream-only", upstream });
    const bites = (repository: string): boolean | undefined => evidence(condition, repository).here?.bites;
    expect(["tide/harbor", "Tide/Harbor", "someone/harbor"].map(bites)).toEqual([true, true, false]);
  });

  it("of the owner lets all repositories of one pass", () => {
    expect(evidence("github.repository_owner == 'tide'", "tide/other").here?.bites).toBe(true);
    expect(evidence("github.repository == 'tide/harbor'", "tide/other").here?.bites).toBe(false);
  });
});

describe("what is no fork guard", () => {
  it.each([
    ["github.repository != 'tide/harbor'", [true, false]],
    ["github.repository == 'tide/harbor' || github.ref == 'x'", [true, true]],
    ["github.repository != true", [true, true]],
    ["github.ref == 'tide/harbor'", [true, true]],
  ])("%s", (condition, here) => {
    expect(evidence(condition)).toEqual({ observable: "anywhere", upstream: {} });
    expect(["someone/harbor", "tide/harbor"].map((each) => evidence(condition, each).here?.bites)).toEqual(here);
  });
});

it("a result that only other jobs see is seen by nobody", () => {
  const text = (soft: string): string =>
    workflow(`
      broken:
        runs-on: ubuntu-latest
        steps:
          - run: exit 1
      unit:
        ${soft}
        runs-on: ubuntu-latest
        steps:
          - run: make test
      after:
        if: always()
        needs: unit
        runs-on: ubuntu-latest
        steps:
          - run: make after`);
  const { certificate } = prove(text("continue-on-error: true"), text("name: unit"), {
    scripts: ({ script }) => (script?.text === "exit 1" ? true : undefined),
  });
  expect(certificate.evidence.observable).toBe("nowhere");
  const bites = certificate.claims.find(({ name }) => name === "bites");
  expect(bites?.observed).toEqual([
    { observable: "run", verdict: "refuted" },
    { observable: "needs.unit.result", verdict: "refuted" },
  ]);
});
