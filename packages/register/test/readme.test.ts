import { readFileSync } from "node:fs";
import { matchRegister, readConfig, readRegister } from "@ci-fix/register";
import { expect, test } from "vitest";
import { bytes, findingsIn } from "./small-codemods.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [register = "", policy = ""] = Array.from(readme.matchAll(/```yaml\n([\s\S]*?)```/gu), ([, example]) => example);

test("the register of the README is read as it says", () => {
  const read = readRegister(bytes(register));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  expect(
    read.register.risks.map(({ id, severity, status, targets }) => [id, severity, status, targets.length]),
  ).toEqual([
    ["M03-R01", "high", "open", 2],
    ["M03-R02", "high", "open", 1],
    ["M03-R03", "low", "accepted", 1],
    ["M03-R04", "high", "deferred", 1],
  ]);
});

test("its targets name findings", () => {
  const read = readRegister(bytes(register));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const step = (name: string): string => `      - name: ${name}\n        continue-on-error: true\n        run: make\n`;
  const job = (id: string, steps: string): string => `  ${id}:\n    runs-on: ubuntu-24.04\n    steps:\n${steps}`;
  const findings = findingsIn({
    ".github/workflows/press.yml": `on: push\njobs:\n${job("unit", step("Run tests") + step("Upload the log"))}${job("unit-old-python", step("Run tests"))}`,
    ".github/workflows/oracle.yml": `on: push\njobs:\n${job("ask", step("Ask"))}    continue-on-error: true\n`,
  });
  const match = matchRegister(read.register, findings);
  expect(match.risks.map(({ findings: found }) => found.length)).toEqual([2, 1, 1, 0]);
  expect(match.unregistered.map(({ finding }) => finding.message)).toEqual(['step "Ask" soft-fails']);
});

test("the policy of the README is read as it says", () => {
  expect(readConfig(bytes(policy))).toMatchObject({
    ok: true,
    config: { milestone: "M03", critical: ["tools/press.sh"] },
  });
});
