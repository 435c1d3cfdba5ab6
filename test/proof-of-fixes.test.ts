import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Judgement } from "@ci-fix/proof";
import { planRisk, proveChange, scan, workTreeSource } from "@ci-fix/runner";
import { describe, expect, it } from "vitest";
import { corpus, hasCorpus } from "./scratch-repository.ts";

const policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };

/** Every so many repositories are looked at; `CI_FIX_CORPUS=1` takes them all. */
const every = Number(process.env["CI_FIX_CORPUS"] ?? 24);
const repositories = hasCorpus ? readdirSync(join(corpus, "repos")).filter((_name, index) => index % every === 0) : [];

/** What the inverse of a fix has to come to. */
const inverseOf: Partial<Record<Judgement, Judgement>> = {
  bites: "weaker",
  "no-change": "no-change",
  unknown: "unknown",
};

describe.runIf(hasCorpus)("every fix that would be made in real repositories", () => {
  it("is proved to be no weakening or has a reason why that is not known, and its inverse is a weakening", async () => {
    const counts = new Map<string, number>();
    for (const name of repositories) {
      const contents = new Map<string, Uint8Array>();
      const { findings } = await scan(workTreeSource(join(corpus, "repos", name)), {
        policy,
        onRead: (path, bytes) => void contents.set(path, bytes),
      });
      for (const located of findings.filter(({ finding }) => finding.outcome.kind === "fix")) {
        const { changes, proofs, refusals } = planRisk({ risk: undefined, findings: [located], held: [] }, policy, {
          contents,
        });
        if (refusals.some(({ code }) => code === "CI_FIX_WEAKENS"))
          count(counts, `${located.finding.class}: refused as weaker`);
        for (const [index, { file, before, after }] of changes.entries()) {
          const proof = proofs[index];
          const at = `${name} ${file}:${located.line} ${located.finding.class}`;
          expect(proof, at).toBeDefined();
          if (proof === undefined) continue;
          count(counts, `${located.finding.class}: ${proof.judgement}`);
          if (proof.judgement === "unknown") expect(proof.certificate.claims[0]?.reason, at).toMatch(/is changed/);
          const inverse = proveChange({ file, before: after, after: before }, { contents });
          expect(inverse.judgement, at).toBe(inverseOf[proof.judgement]);
        }
      }
    }
    if (every === 1)
      process.stderr.write(
        `${JSON.stringify(Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))), null, 1)}\n`,
      );
    expect(counts.size).toBeGreaterThan(0);
  }, 3_600_000);
});

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
