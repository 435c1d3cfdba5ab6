import { join } from "node:path";
import { defineCodemod } from "@ci-fix/codemod";
import { planRisk, selectRisks, type LocatedFinding, type SelectedRisk } from "@ci-fix/runner";
import { applyEdits, type Edit, type Path } from "@ci-fix/yaml-editor";
import { beforeAll, describe, expect, it } from "vitest";
import { ciFix } from "./command-line.ts";
import { fix, look } from "./fix-and-roll-back.ts";
import { copyOf, corpus, hasCorpus, repositoryFrom, scratchFolder, ScratchRepository } from "./scratch-repository.ts";

const workflows = ".github/workflows";
const ids = ["M03-R01", "M03-R02", "M03-R03", "M03-R04", "M03-R05"] as const;
const files = ["pick-tests", "gauge-index", "main", "tools-tests", "supply-chain"].map(
  (name) => `${workflows}/${name}.yml`,
);

interface Claim {
  readonly name: string;
  readonly verdict: string;
  readonly reason?: string;
}
interface Certificate {
  readonly before: string;
  readonly after: string;
  readonly claims: readonly Claim[];
  readonly cases: readonly { readonly choices: readonly unknown[]; readonly seen: readonly Seen[] }[];
  readonly caveats: readonly { readonly kind: string }[];
  readonly evidence: { readonly observable: string; readonly here?: { readonly bites: boolean } };
}
interface Seen {
  readonly observable: string;
  readonly before: string;
  readonly after: string;
}
interface Proved {
  readonly risk: string;
  readonly certificates: readonly { readonly digest: string; readonly certificate: Certificate }[];
}

/** What `ci-fix prove --format json` says of some risks. */
function proveJson({ folder }: ScratchRepository, ...args: readonly string[]): readonly Proved[] {
  const { code, stdout, stderr } = ciFix(folder, ["prove", ...args, "--format", "json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return (JSON.parse(stdout) as { risks: readonly Proved[] }).risks;
}

/** The one certificate of one risk. */
function certificateOf(proved: readonly Proved[], id: string): Certificate {
  const certificates = proved.find(({ risk }) => risk === id)?.certificates ?? [];
  expect(certificates, id).toHaveLength(1);
  return certificates[0]!.certificate;
}

function verdictsOf({ claims }: Certificate): Record<string, string> {
  return Object.fromEntries(claims.map(({ name, verdict }) => [name, verdict]));
}

const bites = { "never-weaker": "proved", "same-when-all-is-well": "proved", bites: "proved", "no-change": "refuted" };
const changesNothing = { ...bites, bites: "refuted", "no-change": "proved" };

/** The five risks as they are claimed: what each proves, and where it can be seen. */
function checkFive(proved: readonly Proved[]): void {
  expect(proved.map(({ risk }) => risk)).toEqual(ids);
  for (const id of ids) {
    const certificate = certificateOf(proved, id);
    expect(verdictsOf(certificate), id).toEqual(id === "M03-R03" ? changesNothing : bites);
    expect(certificate.evidence.observable, id).toBe(id === "M03-R03" ? "nowhere" : "upstream-only");
  }
}

let untouched: ScratchRepository;
let landed: ScratchRepository;
let proved: readonly Proved[];
let provedAfter: readonly Proved[];

beforeAll(async () => {
  untouched = repositoryFrom("fixtures/audit-m04");
  landed = copyOf(untouched);
  await fix(landed, ids);
  proved = proveJson(untouched, ids.join(","));
  provedAfter = proveJson(landed, ids.join(","));
});

/** What is shown, but for bytes: a note holds the day on which it was made, and a file that is looked into has a fix of its own. */
function timeless(risks: readonly Proved[]): unknown {
  return risks.map(({ risk, certificates }) => ({
    risk,
    certificates: certificates.map(({ certificate }) => ({ ...certificate, after: "", loaded: [] })),
  }));
}

describe("the proof of five fixes", () => {
  it("says of each what is claimed of it", () => {
    checkFive(proved);
  });

  it("is the same after they landed as before", () => {
    expect(timeless(provedAfter)).toEqual(timeless(proved));
  });

  it("is named in the commit that lands it", async () => {
    const trailer = (repository: ScratchRepository, commit: string): string =>
      repository.git("log", "-1", "--format=%(trailers:key=Ci-Fix-Proof,valueonly)", commit).trim();
    const digestOf = (risks: readonly Proved[], id: string): string =>
      `sha256:${risks.find(({ risk }) => risk === id)?.certificates[0]?.digest ?? ""}`;
    for (const [index, id] of ids.entries()) {
      if (id !== "M03-R03") expect(trailer(landed, `HEAD~${4 - index}`), id).toBe(digestOf(proved, id));
    }
    const alone = copyOf(untouched);
    await fix(alone, ["M03-R03"]);
    expect(trailer(alone, "HEAD")).toBe(digestOf(proveJson(alone, "M03-R03"), "M03-R03"));
  });

  it.each(ids)("%s is a table in text, before it lands and after", (id) => {
    const { code, stdout, stderr } = ciFix(untouched.folder, ["prove", id]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.startsWith(`${id} `)).toBe(true);
    expect(stdout).toContain("✓ never weaker   ✓ same when all is well");
    for (const { seen } of certificateOf(proved, id).cases)
      for (const { observable, before, after } of seen)
        expect(stdout).toMatch(new RegExp(`^ +${observable} +[✓✗–] ${before} +→ [✓✗–] ${after}$`, "mu"));
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(ciFix(landed.folder, ["prove", id]).stdout).toBe(stdout);
  });

  it("is a table in Markdown, with the digest", () => {
    const { code, stdout } = ciFix(untouched.folder, ["prove", "M03-R04", "--format", "markdown"]);
    expect(code).toBe(0);
    expect(stdout).toContain("### M03-R04 ");
    expect(stdout).toContain("| if | what | before | after |");
    expect(stdout).toMatch(/\| oldest-python \/ Run tests fails.*\| run \| success \| failure \|/);
    expect(stdout).toContain(`certificate \`${proved[3]?.certificates[0]?.digest ?? ""}\``);
  });

  it("stands under the diff of a preview, at 80 columns", () => {
    const { code, stdout } = ciFix(untouched.folder, ["--risk", "M03-R01"]);
    expect(code).toBe(0);
    const order = ["-        continue-on-error: true", "\nproof  what was green can be red now\n", "\nland it: ci-fix"];
    const at = order.map((text) => stdout.indexOf(text));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((left, right) => left - right));
    expect(stdout).toContain("  pick / Pick tests fails\n  and github.repository_owner is tidewright\n");
    expect(stdout).toMatch(/^ {4}check of pick +✓ success → ✗ failure$/m);
    const proof = stdout.slice(at[1]);
    expect(proof.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("tells that the restored condition is seen upstream only, not in a fork", () => {
    const of = (repository: string): Certificate["evidence"] =>
      certificateOf(proveJson(untouched, "M03-R05", "--repository", repository), "M03-R05").evidence;
    expect(of("me/fork")).toMatchObject({ observable: "upstream-only", here: { bites: false } });
    expect(of("tidewright/tidewright").here?.bites).toBe(true);
    const { stdout } = ciFix(untouched.folder, ["prove", "M03-R05", "--repository", "me/fork"]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "seen upstream only: github.repository is tidewright/tidewright; does not bite in me/fork",
    );
  });

  it("is short where there is nothing to prove", () => {
    expect(ciFix(untouched.folder, ["prove", "M03-R99"]).code).toBe(2);
    expect(ciFix(untouched.folder, ["prove"]).code).toBe(2);
  });
});

describe("checking a certificate", () => {
  let folder: string;
  /** Writes a certificate, and checks it against the files before and after the fix of the first risk. */
  const check = (certificate: unknown, order: readonly string[] = ["before.yml", "after.yml"]): string => {
    const repository = new ScratchRepository(folder);
    repository.write("proof.json", JSON.stringify(certificate));
    const { code, stdout, stderr } = ciFix(folder, ["prove", "--check", "proof.json", ...order]);
    expect(code).toBe(stdout === "" ? 3 : 0);
    return stdout + stderr;
  };

  beforeAll(() => {
    folder = scratchFolder();
    const repository = new ScratchRepository(folder);
    repository.write("README.md", "checks\n");
    repository.commitAll("Start");
    repository.write("before.yml", untouched.read(files[0]!));
    repository.write("after.yml", landed.read(files[0]!));
  });

  it("holds, alone and as it is printed", () => {
    const certificate = certificateOf(proved, "M03-R01");
    expect(check(certificate)).toMatch(/^holds: every case was run, \d+ cases on both sides\n$/);
    expect(check({ version: 1, risks: provedAfter })).toMatch(/^holds: /);
  });

  it.each(ids.map((id, index) => [id, files[index]!] as const))("holds of %s", (id, file) => {
    const repository = copyOf(landed);
    repository.write("before.txt", untouched.read(file));
    repository.write("after.txt", landed.read(file));
    repository.write("proof.json", JSON.stringify(certificateOf(provedAfter, id)));
    const args = ["prove", "--check", "proof.json", "before.txt", "after.txt"];
    expect(ciFix(repository.folder, args)).toMatchObject({ code: 0, stderr: "" });
  });

  it("fails for swapped files", () => {
    expect(check(certificateOf(proved, "M03-R01"), ["after.yml", "before.yml"])).toContain(
      "the file before the fix is another one",
    );
  });

  it.each(["never-weaker", "same-when-all-is-well", "bites", "no-change"])(
    "fails for another verdict of %s",
    (name) => {
      const certificate = certificateOf(proved, "M03-R01");
      const turned = (verdict: string): string => (verdict === "proved" ? "refuted" : "proved");
      const claims = certificate.claims.map((claim) =>
        claim.name === name ? { ...claim, verdict: turned(claim.verdict) } : claim,
      );
      expect(check({ ...certificate, claims })).toContain("error[CI_FIX_CERTIFICATE]");
    },
  );

  it("fails for a case that does not come about", () => {
    const certificate = certificateOf(proved, "M03-R01");
    const cases = certificate.cases.map(({ choices, seen }) => ({ choices: choices.slice(1), seen }));
    expect(check({ ...certificate, cases })).toContain("case 1 is another one when it is run");
  });

  it("fails for another digest of a file", () => {
    const certificate = certificateOf(proved, "M03-R01");
    const other = `${certificate.after.startsWith("0") ? "1" : "0"}${certificate.after.slice(1)}`;
    expect(check({ ...certificate, after: other })).toContain("the file after the fix is another one");
  });

  it("fails for a certificate that is not the one of the digest beside it", () => {
    const [{ digest, certificate } = {}] = proved[0]?.certificates ?? [];
    const caveats = [{ kind: "runs-more", jobs: ["pick"], message: "pick can run where it did not before" }];
    expect(check({ digest, certificate: { ...certificate, caveats } })).toContain(
      "the certificate is not the one of its digest",
    );
  });

  it("fails for what is no certificate", () => {
    expect(check({})).toContain("the file holds no certificate");
  });
});

/** A risk whose fix is these edits, whatever they are. */
async function riskOf(repository: ScratchRepository, file: string, edits: readonly Edit[]): Promise<SelectedRisk> {
  const { match } = await look(repository);
  const known = match.risks.flatMap(({ findings }) => findings).find((finding) => finding.file === file);
  if (known === undefined) throw new Error(`nothing is found in ${file}`);
  const codemod = defineCodemod({
    ...known.codemod,
    meta: { ...known.codemod.meta, id: "made-up", classes: [{ id: "made-up", severity: "high", summary: "made up" }] },
  });
  const outcome = { kind: "fix", title: "Change it", safety: "safe", effect: "reveals-failure", edits } as const;
  const finding: LocatedFinding = {
    ...known,
    codemod,
    fingerprint: "0123456789abcdef",
    finding: { ...known.finding, class: "made-up", change: "It is changed.", outcome },
  };
  return { risk: undefined, findings: [finding], held: [] };
}

describe("a fix that is none", () => {
  it("is refused where it adds a soft-fail to a step that matters, and changes nothing", async () => {
    const path: Path = [0, "jobs", "reference-tables", "steps", 2];
    const risk = await riskOf(untouched, files[2]!, [
      { kind: "insert-key", path, key: "continue-on-error", value: true, after: "name" },
    ]);
    const found = await look(untouched);
    const plan = planRisk(risk, found.policy, found);
    expect(plan.refusals.map(({ code, file }) => [code, file])).toEqual([["CI_FIX_WEAKENS", files[2]]]);
    expect({ changes: plan.changes, proofs: plan.proofs }).toEqual({ changes: [], proofs: [] });
    const yaml = risk.findings[0]!.workflow.file.yaml;
    const outcome = risk.findings[0]!.finding.outcome;
    expect(outcome.kind === "fix" && applyEdits(yaml, outcome.edits).ok, "the edit itself is fine").toBe(true);
  });

  it("that drops only the job which others wait for is never made, and says why", async () => {
    const risk = await riskOf(untouched, files[2]!, [{ kind: "delete", path: [0, "jobs", "armv7-buildroot-build"] }]);
    const found = await look(untouched);
    const plan = planRisk(risk, found.policy, found);
    expect(plan.changes).toHaveLength(0);
    expect(plan.refusals.map(({ code }) => code)).toEqual(["CI_FIX_BREAKS"]);
    expect(plan.refusals[0]?.message).toContain("a job that is not there");
  });

  it("that names only the first of two dead jobs takes both", async () => {
    const found = await look(untouched);
    const [plan] = selectRisks(found.match, { ids: ["M03-R03"] }).map((each) => planRisk(each, found.policy, found));
    const [change] = plan?.changes ?? [];
    expect(Buffer.from(change?.after ?? []).toString()).not.toMatch(/^ {2}armv7-buildroot-(?:build|test):/m);
    const certificate = certificateOf(proved, "M03-R03");
    expect(certificate.caveats.map(({ kind }) => kind)).toEqual(["check-gone"]);
    expect(certificate.claims.find(({ name }) => name === "bites")?.reason).toBe(
      "job armv7-buildroot-build could never run; job armv7-buildroot-test could never run",
    );
  });
});

const register = `version: 1
risks:
  - { id: M03-R01, file: ${workflows}/target_determination.yml, job: target-determination, step: Do TD }
  - { id: M03-R02, file: ${workflows}/llm_td_retrieval.yml, job: llm-retrieval }
  - { id: M03-R03, file: ${workflows}/trunk.yml, job: linux-jammy-py3-clang18-executorch-build }
  - id: M03-R04
    targets:
      - { file: ${workflows}/tools-unit-tests.yml, job: lumen-cli-unit-tests-python312, step: Run tests }
      - { file: ${workflows}/tools-unit-tests.yml, job: lumen-cli-compatible-python39, step: Run tests }
  - { id: M03-R05, severity: medium, file: ${workflows}/scorecards.yml, job: analysis }
`;

describe.runIf(hasCorpus)("the proof of the five fixes as they really were", () => {
  it("says the same of them, before they land and after, and where they can be seen", async () => {
    const repository = repositoryFrom(join(corpus, "pytorch-five"));
    repository.write(".ci-fix.yml", "milestone: M04\n");
    repository.write(".ci-fix/register.yml", register);
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--message=Audit");
    const real = proveJson(repository, ids.join(","));
    checkFive(real);
    const fork = certificateOf(proveJson(repository, "M03-R05", "--repository", "me/pytorch"), "M03-R05");
    expect(fork.evidence.here?.bites).toBe(false);
    const upstream = certificateOf(proveJson(repository, "M03-R05", "--repository", "pytorch/pytorch"), "M03-R05");
    expect(upstream.evidence.here?.bites).toBe(true);
    await fix(repository, ids);
    expect(timeless(proveJson(repository, ids.join(",")))).toEqual(timeless(real));
  });
});
