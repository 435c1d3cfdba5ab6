import { testPolicy } from "@ci-fix/codemod/testkit";
import codemod from "@ci-fix/strip-soft-fail";
import { expect, it } from "vitest";
import { workflowOf } from "./read.ts";

const subject = (...texts: string[]): string =>
  codemod.meta.subject(
    texts.flatMap((text, index) => [
      ...codemod.find(workflowOf(text, `.github/workflows/check-${index + 1}.yml`), testPolicy),
    ]),
  );

const job = (...units: string[]): string => `on: push\njobs:\n  check:\n    runs-on: x\n    steps:\n${units.join("")}`;
const step = (name: string): string =>
  `      - name: ${name}\n        run: npm test\n        continue-on-error: true\n`;
const reasoned =
  "      - name: Guess\n        run: ./guess\n        continue-on-error: true # the oracle is closed on Mondays\n";
const softJob =
  "on: push\njobs:\n  check:\n    runs-on: x\n    continue-on-error: true\n    steps:\n      - run: npm run build\n";

it.each([
  [[job(step("Run tests"))], 'strip soft-fail from step "Run tests" in check-1.yml'],
  [[job(step("Unit tests"), step("Slow tests"))], "strip soft-fail from 2 test steps in check-1.yml"],
  [[job(step("Run tests"), step("Lint"))], "strip soft-fail from 2 steps in check-1.yml"],
  [[softJob], "strip soft-fail from job check in check-1.yml"],
  [[softJob + step("Run tests")], "strip soft-fail from 1 job and 1 step in check-1.yml"],
  [[softJob, softJob], "strip soft-fail from 2 jobs in 2 files"],
  [[job(reasoned)], 'document the soft-fail of step "Guess" in check-1.yml'],
  [[job(reasoned, reasoned)], "document the soft-fail of 2 steps in check-1.yml"],
  [[softJob + reasoned], "strip soft-fail from job check, document 1 step in check-1.yml"],
])("subject %#", (texts, expected) => expect(subject(...texts)).toBe(expected));
