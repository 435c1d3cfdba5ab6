import { matchRegister, readRegister, withAccepted, type WithAccepted } from "@ci-fix/register";
import { describe, expect, it } from "vitest";
import { bytes, findingsIn } from "../small-codemods.ts";

const file = ".github/workflows/press.yml";
const press = `on: push
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
      - name: Run tests
        continue-on-error: true
        run: make test
`;

function accept(risk: string, options: { date?: string; complete?: boolean; workflow?: string } = {}): WithAccepted {
  const register = bytes(`version: 1\nrisks:\n  - id: M03-R01\n    file: ${file}\n    job: unit\n${risk}`);
  const read = readRegister(register);
  if (!read.ok) throw new Error(read.problems[0]?.message);
  const findings = findingsIn({ [file]: options.workflow ?? press });
  return withAccepted(findings, matchRegister(read.register, findings), {
    bytes: register,
    date: options.date ?? "2026-02-08",
    complete: options.complete ?? true,
  });
}

const step = "    step: Run tests\n";
const accepted = "    status: accepted\n    justification: it sleeps on Sundays\n    owner: '@press'\n";

describe("an accepted risk", () => {
  it("keeps its findings, under its id", () => {
    const { findings, match } = accept(`${step}${accepted}    expires: "2027-03-01"\n`);
    const [kept] = findings;
    expect(findings.length).toBe(1);
    expect(kept?.finding.outcome).toEqual({
      kind: "skip",
      reason: "excepted",
      message: "excepted: it sleeps on Sundays (owner @press, until 2027-03-01, risk M03-R01 of the register)",
    });
    expect(kept === undefined ? undefined : match.ids.get(kept)).toBe("M03-R01");
    expect(match.risks[0]?.findings).toEqual([kept]);
  });

  it("keeps nothing once its last day has passed, and says so in the register", () => {
    const { findings } = accept(`${step}${accepted}    expires: "2026-02-07"\n`);
    expect(findings.map(({ finding, file: at, line }) => [finding.class, finding.outcome.kind, at, line])).toEqual([
      ["soft-fail-step", "fix", file, 7],
      ["expired-exception", "fix", ".ci-fix/register.yml", 3],
    ]);
  });

  it("that stands for nothing is unused, if all files were looked at", () => {
    const gone = press.replace("        continue-on-error: true\n", "");
    const classes = (complete: boolean): string[] =>
      accept(`${step}${accepted}`, { complete, workflow: gone }).findings.map(({ finding }) => finding.class);
    expect({ all: classes(true), some: classes(false) }).toEqual({ all: ["unused-exception"], some: [] });
  });
});

it.each(["open", "deferred", "fixed"])("a risk that is %s keeps nothing", (status) => {
  const { findings } = accept(`${step}    status: ${status}\n    exit-criteria: a quiet Sunday\n`);
  expect(findings.map(({ finding }) => finding.outcome.kind)).toEqual(["fix"]);
});
