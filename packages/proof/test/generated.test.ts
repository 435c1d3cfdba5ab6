import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCertificate, type Judgement } from "../src/index.ts";
import { madeUp } from "./generated.ts";
import { bytes, prove } from "./models.ts";

const runs = Number(process.env["CI_FIX_FUZZ_RUNS"] ?? 100);

describe("prover and enumerator, which share no code", () => {
  it("agree on any small workflow and any change of its conditions and soft-fails", { timeout: 3_600_000 }, () => {
    const judgements = new Map<Judgement, number>();
    let enumerated = 0;
    fc.assert(
      fc.property(madeUp, ({ before, after }) => {
        const proof = prove(before, after);
        judgements.set(proof.judgement, (judgements.get(proof.judgement) ?? 0) + 1);
        expect(proof.judgement).not.toBe("unknown");
        const result = checkCertificate(proof.certificate, bytes(before), bytes(after), undefined, {
          most: runs > 100 ? 1500 : 200,
          samples: 60,
        });
        if (result.method === "enumerated") enumerated++;
        expect(result.problems, `${before}\n-- after --\n${after}`).toEqual([]);
      }),
      { numRuns: runs },
    );
    // The made-up fixes must be of every kind, else this proves little.
    expect([...judgements.keys()]).toEqual(expect.arrayContaining(["bites", "no-change", "weaker"]));
    expect(enumerated).toBeGreaterThan(runs / 10);
  });

  it("agree in what a case shows where everything is enumerated: no claim is refuted without need", () => {
    fc.assert(
      fc.property(madeUp, ({ before }) => {
        expect(prove(before, before).judgement).toBe("no-change");
      }),
      { numRuns: Math.min(runs, 50) },
    );
  });
});
