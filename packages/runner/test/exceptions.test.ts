import { matchRegister, type LocatedFinding } from "@ci-fix/register";
import { planRisk, scanBytes, selectRisks } from "@ci-fix/runner";
import { describe, expect, it } from "vitest";

const file = ".github/workflows/press.yml";
const policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };

const scan = (text: string): readonly LocatedFinding[] =>
  scanBytes(file, new TextEncoder().encode(text), { policy }).findings;

const outcomes = (text: string): string[] =>
  scan(text).map(({ finding: { class: name, outcome } }) =>
    outcome.kind === "skip" ? `${name}: ${outcome.reason}` : `${name}: ${outcome.kind} (${outcome.safety})`,
  );

describe("an exception for one of several that one change would repair", () => {
  const dead = `on: push
jobs:
  lint:
    runs-on: ubuntu-24.04
    steps:
      - run: make lint
  press:
    if: false
    runs-on: ubuntu-24.04
    steps:
      - run: make press
  label:
    needs: press
    runs-on: ubuntu-24.04
    steps:
      - run: make label
`;
  const excepted = dead.replace(
    "    if:",
    '    # ci-fix: allow dead-job reason="the press is in repair" expires=2026-05-01\n    if:',
  );

  it("keeps that one, and the others are for a person", () => {
    expect(outcomes(dead)).toEqual(["dead-job: fix (review)", "dead-needs: fix (review)"]);
    expect(outcomes(excepted)).toEqual(["dead-job: excepted", "dead-needs: fix (report)"]);
  });

  it("lets no fix take it away", () => {
    const match = matchRegister({ risks: [] }, scan(excepted));
    const selected = selectRisks(match, { all: true, includeReview: true });
    expect(selected.flatMap((risk) => planRisk(risk, policy).changes)).toEqual([]);
  });
});

const soft = (comment: string): string => `on: push
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
      - run: make
      - name: Run tests
        ${comment}
        continue-on-error: true
        run: make test
`;

it("an exception that does not count is no reason to keep a finding either", () => {
  expect(outcomes(soft("# ci-fix: allow soft-fail-step owner=@press"))).toEqual([
    "bad-exception: fix (report)",
    "soft-fail-step: fix (review)",
  ]);
  expect(
    outcomes(soft('# ci-fix: allow soft-fail-step reason="not supported upstream, see #12" expires=2026-01-01')),
  ).toEqual(["expired-exception: fix (report)", "soft-fail-step: fix (review)"]);
});

it("a fix takes the exception that has expired with it", () => {
  const text = soft('# ci-fix: allow soft-fail-step reason="not supported upstream" expires=2026-01-01');
  const [selected] = selectRisks(matchRegister({ risks: [] }, scan(text)), { all: true, includeReview: true });
  const change = selected === undefined ? undefined : planRisk(selected, policy).changes[0];
  expect(new TextDecoder().decode(change?.after)).toBe(soft("").replace(/ +\n +continue-on-error: true\n/u, ""));
});

it("a file is looked at for an exception alone", () => {
  expect(
    outcomes("on: push\njobs:\n  unit:\n    # ci-fix: allow soft-fail-job reason=later\n    runs-on: x\n"),
  ).toEqual(["unused-exception: fix (report)"]);
});
