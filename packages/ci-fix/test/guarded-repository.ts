import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { ciFix, copyOf, git, repositoryWith } from "./command-line.ts";

/** Of the workflow with a soft-fail. */
export const path = ".github/workflows/unit.yml";
export const guarded = `name: Unit
on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Run tests
        run: pytest tools
        continue-on-error: true
`;
export const repaired = guarded.replace("        continue-on-error: true\n", "");
export const scorecard = `name: Scorecard
on: push
jobs:
  analysis:
    # not on forks
    if: false && github.repository == 'acme/engine'
    runs-on: ubuntu-latest
    steps:
      - run: scorecard
`;
export const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

/** A repository with two risks, M03-R01 and M03-R02, in its register. */
export const registered = (): string => copyOf(template());

let made: string | undefined;
function template(): string {
  if (made !== undefined) return made;
  made = repositoryWith({ [path]: guarded, ".github/workflows/scorecard.yml": scorecard });
  expect(ciFix(made, ["register", "update", "--milestone", "M03"]).code).toBe(0);
  git(made, "add", "--all");
  git(made, "commit", "--quiet", "--message", "Register");
  return made;
}
