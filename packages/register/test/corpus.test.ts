import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { groupFindings, matchRegister, planRegisterUpdate, readRegister, type LocatedFinding } from "@ci-fix/register";
import { describe, expect, test } from "vitest";
import { findingsInBytes } from "./small-codemods.ts";

const corpus = join(import.meta.dirname, "../../../../shared/corpus/repos");
const policy = { milestone: "M03", date: "2026-02-08", critical: [], bestEffort: [] };

/** The findings of each real repository that has any. */
function* repositories(): Iterable<readonly [name: string, findings: readonly LocatedFinding[]]> {
  for (const name of readdirSync(corpus).sort()) {
    const root = join(corpus, name);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => /\.ya?ml$/u.test(path));
    const findings = files.sort().flatMap((path) => {
      const bytes = readFileSync(join(root, path));
      const mayHave = /continue-on-error|\bif:/u.test(bytes.toString("latin1"));
      return mayHave ? (findingsInBytes(relative(root, join(root, path)).split(sep).join("/"), bytes) ?? []) : [];
    });
    if (findings.length > 0) yield [name, findings];
  }
}

describe.runIf(existsSync(corpus))("registers of real repositories", () => {
  const all = existsSync(corpus) ? [...repositories()] : [];

  test("there is something to register", () => {
    expect(all.length).toBeGreaterThan(50);
  });

  test("fingerprints tell all findings of a repository apart", () => {
    for (const [name, findings] of all) {
      expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size, name).toBe(findings.length);
    }
  });

  test("a new register names every finding, and a second update gives the same bytes", () => {
    for (const [name, findings] of all) {
      const { added, bytes } = planRegisterUpdate(undefined, findings, policy);
      expect(added, name).toHaveLength(groupFindings(findings).length);
      const read = readRegister(bytes);
      if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.problems)}`);
      expect(matchRegister(read.register, findings).unregistered, name).toEqual([]);
      expect(Buffer.from(planRegisterUpdate(bytes, findings, policy).bytes).equals(bytes), name).toBe(true);
    }
  });

  test("without fingerprints, names alone find the same risks wherever they are unique", () => {
    for (const [name, findings] of all) {
      const text = Buffer.from(planRegisterUpdate(undefined, findings, policy).bytes).toString("utf8");
      const byHand = readRegister(Buffer.from(text.replaceAll(/^ +fingerprint: .*\n/gmu, ""), "utf8"));
      if (!byHand.ok) throw new Error(`${name}: ${JSON.stringify(byHand.problems)}`);
      expect(matchRegister(byHand.register, findings).unregistered, name).toEqual([]);
    }
  });
});
