import { expect } from "vitest";
import { editsOf } from "../edits.ts";
import { markFinder } from "../marks.ts";
import type { Codemod } from "../types.ts";
import { expectComments, expectOnlyDeclared } from "./expect-change.ts";
import { isUpdating, writeExpectation, type Fixture } from "./fixture.ts";
import { applied, runCodemod, summarize, type Run } from "./run.ts";
import { variantsOf, type Variant } from "./variant.ts";

/** The findings are those of `findings.json`: all of them, in order. */
export function checkFindings(codemod: Codemod, fixture: Fixture): void {
  const actual = summarize(runFixture(codemod, fixture));
  if (isUpdating) writeExpectation(fixture, "findings.json", actual);
  else expect(actual, `fixtures/${fixture.name}/findings.json`).toBe(fixture.findings ?? "(no findings.json)");
}

/** All edits as one batch give exactly the bytes of `output.yml`. */
export function checkOutput(codemod: Codemod, fixture: Fixture): void {
  const actual = applied(runFixture(codemod, fixture)).text;
  if (isUpdating) writeExpectation(fixture, "output.yml", actual);
  else expect(actual, `fixtures/${fixture.name}/output.yml`).toBe(fixture.output);
  expect(actual, "a fixture named fix-… changes something").not.toBe(fixture.input);
}

/** The same change comes out where only line ends, the final newline or the byte order mark differ. */
export function checkVariant(codemod: Codemod, fixture: Fixture, variant: Variant): void {
  const plain = runFixture(codemod, fixture);
  const run = runFixture(codemod, fixture, variant.input);
  expect(summarize(run), `findings ${variant.name}`).toBe(summarize(plain));
  const text = run.edits.length === 0 ? variant.input : applied(run).text;
  expect(visible(text), variant.name).toBe(visible(variant.output));
}

/** What was repaired is not found again. */
export function checkSecondRun(codemod: Codemod, fixture: Fixture): void {
  const output = applied(runFixture(codemod, fixture)).text;
  const again = runFixture(codemod, fixture, output).findings.filter((finding) => finding.outcome.kind !== "skip");
  expect(
    again.map((finding) => finding.message),
    "a second run has nothing to do",
  ).toEqual([]);
}

/** Data differs only where an edit says so. */
export function checkOnlyDeclared(codemod: Codemod, fixture: Fixture): void {
  const run = runFixture(codemod, fixture);
  expectOnlyDeclared(run, applied(run));
}

/** Comments outside the edits are all there, in their order; those inside are there or reported as removed. */
export function checkComments(codemod: Codemod, fixture: Fixture): void {
  const run = runFixture(codemod, fixture);
  expectComments(run, applied(run));
}

/** Nothing at all is found (`keep-…`). */
export function checkNothing(codemod: Codemod, fixture: Fixture): void {
  expect(summarize(runFixture(codemod, fixture)), "a fixture named keep-… has no finding").toBe("[]\n");
}

/** Something is found, and none of it changes the file (`skip-…`). */
export function checkOnlySkips(codemod: Codemod, fixture: Fixture): void {
  const { findings } = runFixture(codemod, fixture);
  expect(findings.length, "a fixture named skip-… has findings").toBeGreaterThan(0);
  expect(
    findings.filter((finding) => finding.outcome.kind !== "skip").map((finding) => finding.message),
    "a fixture named skip-… changes nothing",
  ).toEqual([]);
}

/** Something is found for a person to decide, and nothing offers to change the file (`report-…`). */
export function checkOnlyReports(codemod: Codemod, fixture: Fixture): void {
  const { findings, edits } = runFixture(codemod, fixture);
  const reported = findings.filter(({ outcome }) => outcome.kind === "fix" && outcome.safety === "report");
  expect(reported.length, "a fixture named report-… has findings, and all of them only report").toBeGreaterThan(0);
  expect(reported).toEqual(findings);
  expect(edits, "a finding that only reports has no edit").toEqual([]);
}

/** Findings keep to the contract: known class, wording that reads as one over all codemods, a change exactly where something changes. */
export function checkContract(codemod: Codemod, fixture: Fixture): void {
  const { findings, file } = runFixture(codemod, fixture);
  const classes = codemod.meta.classes.map((each) => each.id);
  for (const mark of codemod.meta.startsFrom)
    expect(mark, "`startsFrom`: no blank, quote or backslash").toMatch(/^[^\s'"\\]*$/u);
  for (const finding of findings) {
    const isSkip = finding.outcome.kind === "skip";
    expect(classes, "class of a finding").toContain(finding.class);
    expect(finding.message, "message: one line, lower case at its start, no full stop").toMatch(
      /^[^A-Z\s][^\n]*[^.\s]$/u,
    );
    expect(finding.why, "why: a sentence").toMatch(sentence);
    expect(finding.change === "", "`change` is empty for a skip and for nothing else").toBe(isSkip);
    if (!isSkip) expect(finding.change, "change: a sentence").toMatch(sentence);
    const isReport = finding.outcome.kind !== "skip" && finding.outcome.safety === "report";
    if (!isSkip) expect(editsOf([finding]).length === 0, "a fix has edits, and a report has none").toBe(isReport);
    expect(finding.at.span.start, "span").toBeLessThan(finding.at.span.end);
    expect(finding.at.span.end, "span").toBeLessThanOrEqual(file?.text.length ?? 0);
  }
  if (findings.length > 0)
    expect(markFinder(Buffer.from(fixture.input))(codemod.meta.startsFrom), "`startsFrom` lets the file through").toBe(
      true,
    );
}

function runFixture(codemod: Codemod, { path, input, repository }: Fixture, text: string = input): Run {
  return runCodemod(codemod, path, text, repository);
}

const sentence = /^[A-Z][^\n]*\.$/u;

export function variantsOfFixture(fixture: Fixture): readonly Variant[] {
  return variantsOf(fixture.input, fixture.output);
}

/** Carriage returns and the byte order mark can be seen in a failing difference. */
function visible(text: string): string {
  return text.replaceAll("\r", "␍").replace(/^\uFEFF/u, "<BOM>");
}
