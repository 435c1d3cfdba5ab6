import {
  matchRegister,
  readRegister,
  type LocatedFinding,
  type MatchOptions,
  type RegisterMatch,
} from "@ci-fix/register";
import { bytes, findingsIn } from "./small-codemods.ts";

export const PRESS = ".github/workflows/press.yml";
export const press = `on: push
jobs:
  unit:
    name: Unit tests
    runs-on: ubuntu-24.04
    continue-on-error: true
    steps:
      - name: Run tests
        id: tests
        continue-on-error: true
        run: make test
      - name: Ask the oracle
        continue-on-error: true # it sleeps on Sundays
        run: make ask
      - name: Upload the log
        continue-on-error: true
        run: make upload
      - continue-on-error: true
        run: make lint
  old:
    if: false
    runs-on: ubuntu-24.04
    steps:
      - run: make old
`;
export const findings = findingsIn({ [PRESS]: press });

export function match(
  entries: string,
  found: readonly LocatedFinding[] = findings,
  options?: MatchOptions,
): RegisterMatch {
  const read = readRegister(bytes(`version: 1\nrisks:\n${entries}`));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return matchRegister(read.register, found, options);
}

/** What each risk was matched to. */
export function matched(of: RegisterMatch): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    of.risks.map(({ risk, findings: found }) => [risk.id, found.map(({ finding }) => finding.message)]),
  );
}

export function printOf(message: string, found: readonly LocatedFinding[] = findings): string {
  return found.find(({ finding }) => finding.message === message)?.fingerprint ?? "";
}
