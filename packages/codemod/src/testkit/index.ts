import { describe, expect, it } from "vitest";
import type { Codemod } from "../types.ts";
import {
  checkComments,
  checkContract,
  checkFindings,
  checkNothing,
  checkOnlyDeclared,
  checkOnlyReports,
  checkOnlySkips,
  checkOutput,
  checkSecondRun,
  checkVariant,
  variantsOfFixture,
} from "./check.ts";
import { readFixtures, type Fixture } from "./fixture.ts";

export { testPolicy } from "./run.ts";

/**
 * Declares the tests of a codemod: one group for every folder of `fixtures/` in its package. From a test file in `test/`:
 * `describeCodemod(codemod, new URL("..", import.meta.url))`.
 */
export function describeCodemod(codemod: Codemod, packageUrl: URL): void {
  const fixtures = readFixtures(packageUrl);
  describe(codemod.meta.id, () => {
    it("has fixtures of each kind: fix (or report, where a person decides), keep, skip", () => {
      const kinds = new Set(fixtures.map(({ kind }) => (kind === "report" ? "fix" : kind)));
      expect([...kinds].sort()).toEqual(["fix", "keep", "skip"]);
    });
    for (const fixture of fixtures) {
      describe(fixture.name, () => {
        describeFixture(codemod, fixture);
      });
    }
  });
}

function describeFixture(codemod: Codemod, fixture: Fixture): void {
  if (fixture.kind === "keep") it("finds nothing", () => checkNothing(codemod, fixture));
  else it("finds what findings.json says", () => checkFindings(codemod, fixture));
  if (fixture.kind === "skip") it("changes nothing", () => checkOnlySkips(codemod, fixture));
  if (fixture.kind === "report") it("leaves the change to a person", () => checkOnlyReports(codemod, fixture));
  it("keeps to the contract of a finding", () => checkContract(codemod, fixture));
  if (fixture.kind === "fix") describeFix(codemod, fixture);
  for (const variant of variantsOfFixture(fixture))
    it(`does the same ${variant.name}`, () => checkVariant(codemod, fixture, variant));
}

function describeFix(codemod: Codemod, fixture: Fixture): void {
  it("gives output.yml, byte for byte", () => checkOutput(codemod, fixture));
  it("has nothing to do on a second run", () => checkSecondRun(codemod, fixture));
  it("changes only what the edits name", () => checkOnlyDeclared(codemod, fixture));
  it("keeps the comments outside its edits", () => checkComments(codemod, fixture));
}
