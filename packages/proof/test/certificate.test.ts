import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../src/certificate/digest.ts";
import {
  checkCertificate,
  digestOf,
  renderProofMarkdown,
  renderProofText,
  type Certificate,
  type Proof,
} from "../src/index.ts";
import { bytes, prove, steps } from "./models.ts";

const before = steps("\n- run: make test\n  continue-on-error: true\n- run: make report");
const after = steps("\n- run: make test\n- run: make report");
let proof: Proof;
beforeEach(() => {
  proof = prove(before, after, { evidence: { repository: "someone/fork" } });
});
const check = (certificate: Certificate, old = before, now = after): readonly string[] =>
  checkCertificate(certificate, bytes(old), bytes(now)).problems;

describe("a certificate", () => {
  it("fits its schema, and an altered one does not", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../schema/certificate.schema.json", import.meta.url), "utf8"),
    ) as object;
    const fits = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    for (const each of [proof, prove(after, before), prove(before, before), prove(before, "on: [")]) {
      fits(JSON.parse(JSON.stringify(each.certificate)));
      expect(fits.errors).toBeNull();
    }
    expect(fits({ ...proof.certificate, version: 2 })).toBe(false);
  });

  it("has the same digest however it is written, and another one for other words", () => {
    const again = JSON.parse(
      JSON.stringify(Object.fromEntries(Object.entries(proof.certificate).toReversed())),
    ) as Certificate;
    expect(digestOf(again)).toBe(proof.digest);
    expect(prove(before, after, { evidence: { repository: "someone/fork" } }).digest).toBe(proof.digest);
    expect(digestOf({ ...proof.certificate, file: "other.yml" })).not.toBe(proof.digest);
  });
});

describe("checking one", () => {
  it("runs every case where they are few", () => {
    expect(checkCertificate(proof.certificate, bytes(before), bytes(after))).toEqual({
      ok: true,
      method: "enumerated",
      cases: 4,
      problems: [],
    });
  });

  it("samples where they are many", () => {
    const many = Array.from(
      { length: 16 },
      (_value, index) => `- run: make part-${index}\n  continue-on-error: true`,
    ).join("\n");
    const big = steps(`\n${many}`);
    const fixed = big
      .replace("\n          continue-on-error: true", "")
      .replace("\n        continue-on-error: true", "");
    const { certificate } = prove(big, fixed);
    expect(checkCertificate(certificate, bytes(big), bytes(fixed))).toMatchObject({ ok: true, method: "sampled" });
  });

  it("refuses files that it does not belong to", () => {
    expect(checkCertificate(proof.certificate, bytes(after), bytes(before)).method).toBe("none");
    expect(check(proof.certificate, `${before}\n`)).toEqual(["the file before the fix is another one"]);
  });

  it("finds a verdict that is not true", () => {
    const turned = (name: string): Certificate => ({
      ...proof.certificate,
      claims: proof.certificate.claims.map((claim) =>
        claim.name !== name
          ? claim
          : {
              name: claim.name,
              verdict: claim.verdict === "proved" ? "refuted" : "proved",
              observed: claim.observed.map(({ observable, verdict }) => ({
                observable,
                verdict: verdict === "proved" ? "refuted" : "proved",
              })),
            },
      ),
    });
    expect(check(turned("bites"))).toContainEqual(expect.stringContaining("bites does not hold of run"));
    expect(check(turned("no-change"))).toContainEqual(expect.stringContaining("no-change does not hold of run"));
  });

  it("finds a certificate that hides a weakening", () => {
    const honest = prove(after, before).certificate;
    const lie: Certificate = {
      ...honest,
      claims: proof.certificate.claims.map((claim) => ({ ...claim, observed: [] })),
      cases: [],
    };
    expect(check(lie, after, before)).toContain("never-weaker does not hold of run: failure before, success after");
  });

  it.each(["proved", "refuted", "unknown"] as const)("finds a whole that its parts do not say: %s", (verdict) => {
    for (const { name, verdict: own } of proof.certificate.claims.filter((each) => each.verdict !== verdict)) {
      const claims = proof.certificate.claims.map((each) => (each.name === name ? { ...each, verdict } : each));
      expect(check({ ...proof.certificate, claims })).toEqual([
        `${name} is said to be ${verdict}, and what it says of each thing is ${own}`,
      ]);
    }
  });

  it.each(["never-weaker", "same-when-all-is-well", "bites", "no-change"])("misses a claim: %s", (name) => {
    const others = proof.certificate.claims.filter((claim) => claim.name !== name);
    expect(check({ ...proof.certificate, claims: others })).toEqual([`${name} is claimed 0 times`]);
    expect(check({ ...proof.certificate, claims: [...proof.certificate.claims, ...others] })).toHaveLength(3);
  });

  it("refuses what would be rejected as a whole, whatever is claimed of it", () => {
    const waiting = (need: string): string => before.replace("    steps:", `    needs: ${need}\n    steps:`);
    for (const broken of [waiting("nobody"), waiting("unit")]) {
      const forged = { ...proof.certificate, after: sha256(bytes(broken)) };
      expect(check(forged, before, broken)).toEqual(["a side of the fix would be rejected as a whole"]);
    }
  });

  it("finds out where nothing can be seen of what it says", () => {
    const guarded = (text: string): string =>
      text.replace("    steps:", "    if: github.repository == 'o/r'\n    steps:");
    for (const [old, now, honest] of [
      [before, after, "anywhere"],
      [guarded(before), guarded(after), "upstream-only"],
      [before, before, "nowhere"],
    ] as const) {
      const { certificate } = prove(old, now);
      expect(certificate.evidence.observable).toBe(honest);
      for (const observable of ["anywhere", "upstream-only", "nowhere"] as const) {
        const told = { ...certificate, evidence: { ...certificate.evidence, observable } };
        expect(check(told, old, now)).toEqual(
          observable === honest ? [] : [`what turns red is said to be seen ${observable}, and is seen ${honest}`],
        );
      }
    }
  });

  it("takes one that claims nothing as it is", () => {
    const broken = `${before}  other:\n    needs: nobody\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`;
    const { certificate } = prove(before, broken);
    expect(checkCertificate(certificate, bytes(before), bytes(broken))).toMatchObject({ ok: true, method: "none" });
  });

  it("finds a case that is another one when it is run", () => {
    const cases = proof.certificate.cases.map((each) => ({ ...each, choices: [] }));
    expect(check({ ...proof.certificate, cases })).toContain("case 1 is another one when it is run: run");
  });
});

describe("what a reviewer reads", () => {
  it("is a table of what differs, the counts and the claims", () => {
    expect(renderProofText(proof)).toBe(`proof  what was green can be red now

  if                                                     before      after
  ${"─".repeat(76)}
  unit / make test fails
    run                                                  ✓ success → ✗ failure
    check of unit                                        ✓ success → ✗ failure

  1 case differs, 2 are the same before and after
  ✓ never weaker   ✓ same when all is well   ✓ it bites
  bites in someone/fork
`);
  });

  it("is a sentence where nothing can be said", () => {
    const unknown = prove(before, before.replace("make report", "make it"));
    const reason = 'the script of step "make report" is changed, and it is not known when it fails';
    expect(renderProofText(unknown, { width: 120 })).toBe(`proof  nothing can be said: ${reason}\n`);
    expect(renderProofMarkdown(unknown)).toBe(
      `**nothing can be said: ${reason}**\n\n- certificate \`${unknown.digest}\`\n`,
    );
  });

  it("keeps to the width, and to what is safe to show", () => {
    const odd = (soft: string): string =>
      steps(`\n- name: "\\e[31m${"a very long name ".repeat(6)}"\n  run: make test${soft}`);
    const text = renderProofText(prove(odd("\n  continue-on-error: true"), odd("")), { width: 60 });
    expect(text.split("\n").filter((line) => line.length > 60)).toEqual([]);
    expect(text).toMatch(/^ {2}unit .*…e a v… fails$/mu);
    expect(text).not.toContain("\u001B");
    expect(text).toContain("\\u{1b}[31m");
  });

  it("has the digest and what is taken for granted in Markdown", () => {
    const markdown = renderProofMarkdown(proof);
    expect(markdown).toContain(`certificate \`${proof.digest}\``);
    expect(markdown).toContain("| unit / make test fails | run | success | failure |");
    expect(markdown).toContain("- taken for granted: a step that runs on both sides ends in the same way on both");
  });
});
