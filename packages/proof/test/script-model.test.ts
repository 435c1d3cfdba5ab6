import { describe, expect, it } from "vitest";
import { checkCertificate, type CheckOptions, type Proof, type ScriptFailure, type ScriptModel } from "../src/index.ts";
import { bytes, claim, prove, steps } from "./models.ts";

/** Knows the scripts of a list, and none else. */
const knowing =
  (known: Readonly<Record<string, ScriptFailure>>): ScriptModel =>
  ({ script }) =>
    known[script?.text ?? ""];

/** Proves the change of one script, and lets the checker run the certificate with the same knowledge and without it. */
function change(before: string, after: string, scripts: ScriptModel): Proof {
  const [old, now] = [before, after].map((script) =>
    steps(`\n- name: Test\n  run: ${JSON.stringify(script)}\n- run: make report`),
  );
  const proof = prove(old ?? "", now ?? "", { scripts });
  const check = (options: CheckOptions): readonly string[] =>
    checkCertificate(proof.certificate, bytes(old ?? ""), bytes(now ?? ""), undefined, options).problems;
  expect(check({ scripts })).toEqual([]);
  if (proof.judgement !== "no-change") expect(check({})).not.toEqual([]);
  return proof;
}

const pytest = { command: "pytest" };

describe("what is known of scripts", () => {
  it("shows that a swallowed exit status hides a failure", () => {
    const proof = change("pytest || true", "pytest", knowing({ "pytest || true": false, pytest }));
    expect(proof.judgement).toBe("bites");
    expect(proof.certificate.cases[0]?.choices).toEqual([
      { kind: "outcome", key: "unit / Test: pytest", value: "failure" },
    ]);
    expect(claim(proof, "same-when-all-is-well").verdict).toBe("proved");
  });

  it("shows that a suffix which swallows one is a weakening", () => {
    const scripts = knowing({ "pytest || true": false, pytest });
    expect(change("pytest", "pytest || true", scripts).judgement).toBe("weaker");
  });

  it("tells the commands of a pipe apart", () => {
    const scripts = knowing({
      "pytest | tee log": { command: "tee log" },
      "set -o pipefail; pytest | tee log": { any: [pytest, { command: "tee log" }] },
    });
    const proof = change("pytest | tee log", "set -o pipefail; pytest | tee log", scripts);
    expect([proof.judgement, proof.certificate.counts.differing]).toEqual(["bites", 1]);
  });

  it("knows of a second try, and of a turned status", () => {
    const scripts = knowing({
      "pytest || pytest --last-failed": { all: [pytest, { command: "pytest --last-failed" }] },
      "! pytest": { not: pytest },
      pytest,
      "exit 1": true,
    });
    expect(change("pytest || pytest --last-failed", "pytest", scripts).judgement).toBe("bites");
    expect(claim(change("pytest", "! pytest", scripts), "never-weaker").verdict).toBe("refuted");
    expect(change("pytest", "exit 1", scripts).judgement).toBe("bites");
    expect(change("exit 1", "exit 1", scripts).judgement).toBe("no-change");
  });

  it("sees a job elsewhere that always fails, which makes the run red on both sides", () => {
    const text = (soft: string): string =>
      steps(`\n- run: exit 1`).concat(`  other:\n    runs-on: x\n    steps:\n      - run: make other\n${soft}`);
    const [before, after] = [text("        continue-on-error: true\n"), text("")];
    const scripts = knowing({ "exit 1": true });
    const { certificate } = prove(before, after, { scripts });
    expect(certificate.cases[0]?.seen[0]).toEqual({ observable: "run", before: "failure", after: "failure" });
    expect(checkCertificate(certificate, bytes(before), bytes(after), undefined, { scripts }).problems).toEqual([]);
  });

  it("takes a job with a known script never as a whole", () => {
    const text = (soft: string): string =>
      steps(`\n- run: exit 1\n- run: make`).concat(
        `  other:\n    needs: unit\n    if: always()\n    runs-on: x\n    steps:\n      - run: make other\n${soft}`,
      );
    const proof = prove(text("        continue-on-error: true\n"), text(""), { scripts: knowing({ "exit 1": true }) });
    expect(proof.certificate.cases[0]?.seen).toEqual(
      [
        { observable: "check of other", before: "success", after: "failure" },
        { observable: "run", before: "failure", after: "failure" },
      ].toReversed(),
    );
  });
});
