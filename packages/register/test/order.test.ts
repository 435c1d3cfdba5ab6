import { compareFindings, groupFindings } from "@ci-fix/register";
import { expect, test } from "vitest";
import { findingsIn } from "./small-codemods.ts";

const press = `on: push
jobs:
  archive:
    if: false
    runs-on: ubuntu-24.04
    steps:
      - run: make archive
  unit:
    runs-on: ubuntu-24.04
    steps:
      - name: Upload the log
        continue-on-error: true
        run: make upload
      - name: Run tests
        continue-on-error: true
        run: make test
      - name: Lint
        continue-on-error: true # the linter crashes on Mondays
        run: make lint
`;

const findings = findingsIn({
  ".github/workflows/press.yml": press,
  ".github/workflows/apples.yml": press,
});

test("findings stand by severity, then file, then line", () => {
  const sorted = [...findings].sort(compareFindings);
  expect(
    sorted.map(({ finding, file, line }) => `${finding.severity} ${file.split("/").at(-1) ?? ""}:${line}`),
  ).toEqual([
    "high apples.yml:12",
    "high apples.yml:15",
    "high apples.yml:18",
    "high press.yml:12",
    "high press.yml:15",
    "high press.yml:18",
    "medium apples.yml:4",
    "medium press.yml:4",
  ]);
});

test("a risk is one file and one codemod; what is kept makes no risk", () => {
  const groups = groupFindings([...findings].reverse());
  expect(
    groups.map((group) => group.map(({ finding, file }) => `${file.split("/").at(-1) ?? ""}: ${finding.message}`)),
  ).toEqual([
    ['apples.yml: step "Run tests" soft-fails', 'apples.yml: step "Lint" soft-fails'],
    ['press.yml: step "Run tests" soft-fails', 'press.yml: step "Lint" soft-fails'],
    ["apples.yml: job archive never runs"],
    ["press.yml: job archive never runs"],
  ]);
});
