import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { codemods, planRisk, scan, scanBytes, workTreeSource, type LocatedFinding } from "@ci-fix/runner";
import { openYaml } from "@ci-fix/yaml-editor";
import { describe, expect, it } from "vitest";
import { corpus, hasCorpus } from "./scratch-repository.ts";

const policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };

/** Every so many repositories are looked at; `CI_FIX_CORPUS=1` takes them all. */
const every = Number(process.env["CI_FIX_CORPUS"] ?? 4);
const repositories = hasCorpus ? readdirSync(join(corpus, "repos")).filter((_name, index) => index % every === 0) : [];

describe.runIf(hasCorpus)("real repositories", () => {
  it.each(repositories)("%s", async (name) => {
    const root = join(corpus, "repos", name);
    const before = digest(root);
    const result = await scan(workTreeSource(root), { policy });
    expect(result.errors.filter(({ code, message }) => code === "" || message === "")).toEqual([]);
    for (const finding of result.findings) await checkFinding(finding);
    expect(digest(root), "a preview writes nothing").toBe(before);
  });
});

/** Each finding alone: its fix reads again, changes only its splices, and is settled. */
async function checkFinding(located: LocatedFinding): Promise<void> {
  const { finding, file } = located;
  const at = `${file}:${located.line}`;
  expect(codemods, at).toContain(located.codemod);
  expect(located.fingerprint, at).toMatch(/^[0-9a-f]{16}$/);
  if (finding.outcome.kind === "skip") {
    expect(finding.outcome.message, at).not.toBe("");
    return;
  }
  const plan = planRisk({ risk: undefined, findings: [located], held: [] }, policy);
  expect(
    plan.refusals.every(({ code, message }) => code !== "" && message !== ""),
    at,
  ).toBe(true);
  for (const { before, after, splices } of plan.changes) {
    expect(openYaml(after).ok, at).toBe(true);
    expect(splices.length, at).toBeGreaterThan(0);
    expect(Buffer.compare(spliced(before, splices), after), at).toBe(0);
    const again = scanBytes(file, after, { policy }).findings;
    expect(
      again.filter((other) => other.fingerprint === located.fingerprint && other.finding.outcome.kind !== "skip"),
      at,
    ).toEqual([]);
  }
}

function spliced(before: Uint8Array, splices: readonly { start: number; end: number; text: string }[]): Buffer {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, text } of splices) {
    parts.push(before.subarray(at, start), Buffer.from(text));
    at = end;
  }
  return Buffer.concat([...parts, before.subarray(at)]);
}

function digest(folder: string): string {
  const hash = createHash("sha256");
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const file = join(folder, path);
    if (statSync(file).isFile()) hash.update(path).update(readFileSync(file));
  }
  return hash.digest("hex");
}
