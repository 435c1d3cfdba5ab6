import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isCiFile, readWorkflow } from "@ci-fix/workflow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Unreadable } from "../src/model/rejected.ts";
import { compare, type Agreement } from "./agreement.ts";
import { madeUp } from "./generated.ts";
import { open } from "./models.ts";

const runs = Number(process.env["CI_FIX_FUZZ_RUNS"] ?? 150);

describe("the model of all cases and the enumerator, which share no code", () => {
  it("agree in every case of made-up workflows", { timeout: 3_600_000 }, () => {
    const counts = { workflows: 0, whole: 0, cases: 0 };
    fc.assert(
      fc.property(madeUp, ({ before }) => {
        const { isWhole, cases, problem } = compare(open(before), 128);
        expect(problem, before).toBeUndefined();
        counts.workflows++;
        if (isWhole) counts.whole++;
        counts.cases += cases;
      }),
      { numRuns: runs },
    );
    if (process.env["CI_FIX_FUZZ_RUNS"] !== undefined) process.stderr.write(`made up: ${JSON.stringify(counts)}\n`);
    expect(counts.whole).toBeGreaterThan(runs / 2);
  });
});

const corpus = join(fileURLToPath(new URL("../../..", import.meta.url)), "..", "shared", "corpus", "repos");
/** Every so many repositories are looked at; `CI_FIX_CORPUS=1` takes them all. */
const every = Number(process.env["CI_FIX_CORPUS"] ?? 12);
const most = every === 1 ? 512 : 48;

describe.runIf(existsSync(corpus))("the model of all cases and the enumerator", () => {
  it(
    "agree on real workflows: in every case of small ones, in the first cases of others",
    { timeout: 3_600_000 },
    () => {
      const counts = { workflows: 0, whole: 0, cases: 0, rejected: 0 };
      const folders = readdirSync(corpus).filter((_name, index) => index % every === 0);
      for (const folder of folders.map((name) => join(corpus, name))) {
        const read = (path: string): Uint8Array | undefined =>
          existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : undefined;
        for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(isCiFile)) {
          const opened = readWorkflow(path, readFileSync(join(folder, path)));
          if (!opened.ok || opened.workflow === undefined) continue;
          let found: Agreement;
          try {
            found = compare(opened.workflow, most, read);
          } catch (error) {
            if (!(error instanceof Unreadable)) throw error;
            counts.rejected++;
            continue;
          }
          expect(found.problem, join(folder, path)).toBeUndefined();
          counts.workflows++;
          counts.cases += found.cases;
          if (found.isWhole) counts.whole++;
        }
      }
      if (every === 1) process.stderr.write(`real: ${JSON.stringify(counts)}\n`);
      expect(counts.whole).toBeGreaterThan(folders.length);
      expect(counts.rejected).toBeLessThan(counts.workflows / 100);
    },
  );
});
