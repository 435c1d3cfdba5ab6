import { join } from "node:path";
import { planRegisterUpdate, readRegister } from "@ci-fix/register";
import { beforeAll, describe, expect, it } from "vitest";
import { ciFix } from "./command-line.ts";
import { fix, look } from "./fix-and-roll-back.ts";
import { corpus, hasCorpus, repositoryFrom, type ScratchRepository } from "./scratch-repository.ts";

const workflows = ".github/workflows";
const ids = ["M03-R01", "M03-R02", "M03-R03", "M03-R04", "M03-R05"] as const;

/** As an auditor writes it by hand: file, job and step, no fingerprints. */
const register = `version: 1
risks:
  - { id: M03-R01, severity: high, file: ${workflows}/target_determination.yml, job: target-determination, step: Do TD }
  - id: M03-R02
    targets:
      - { file: ${workflows}/llm_td_retrieval.yml, job: llm-retrieval }
      - { file: ${workflows}/llm_td_retrieval.yml, job: llm-retrieval, step: Run Retriever, action: document }
  - { id: M03-R03, file: ${workflows}/trunk.yml, job: linux-jammy-py3-clang18-executorch-build }
  - id: M03-R04
    targets:
      - { file: ${workflows}/tools-unit-tests.yml, job: lumen-cli-unit-tests-python312, step: Run tests }
      - { file: ${workflows}/tools-unit-tests.yml, job: lumen-cli-compatible-python39, step: Run tests }
  - { id: M03-R05, severity: medium, file: ${workflows}/scorecards.yml, job: analysis }
`;

/** One changed line: its number in the file before (for a removed one) and its text. */
interface Change {
  readonly sign: "-" | "+";
  readonly text: string;
}

describe.runIf(hasCorpus)("the five workflows of the audit, as they really were", () => {
  let repository: ScratchRepository;

  beforeAll(async () => {
    repository = repositoryFrom(join(corpus, "pytorch-five"));
    repository.write(".ci-fix.yml", "milestone: M04\n");
    repository.write(".ci-fix/register.yml", register);
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--message=Audit");
    await fix(repository, ids);
  });

  /** What the commit of one risk changes in its one file. */
  function changesOf(id: (typeof ids)[number], file: string): Change[] {
    const commit = `HEAD~${ids.length - 1 - ids.indexOf(id)}`;
    expect(repository.git("diff-tree", "-r", "--name-only", "--no-commit-id", commit).trim()).toBe(
      `${workflows}/${file}`,
    );
    const lines = repository.git("show", "-U0", "--format=", commit).split("\n");
    return lines
      .filter((line) => /^[-+](?![-+]{2} )/.test(line))
      .map((line) => ({ sign: line[0] as "-" | "+", text: line.slice(1) }));
  }

  it("M03-R01: one line goes", () => {
    expect(changesOf("M03-R01", "target_determination.yml")).toEqual([
      { sign: "-", text: "        continue-on-error: true" },
    ]);
    expect(repository.read(`${workflows}/target_determination.yml`)).toContain("        id: td\n        env:\n");
  });

  it("M03-R02: the job's soft-fail goes; the step's stays, with its reason above it", () => {
    const [job, old, ...added] = changesOf("M03-R02", "llm_td_retrieval.yml");
    expect(job).toEqual({ sign: "-", text: "    continue-on-error: true" });
    expect(old?.text).toMatch(/^ {8}continue-on-error: true {2}# ghstack not currently supported/);
    expect(added.map(({ sign }) => sign)).toEqual(added.map(() => "+"));
    expect(added.at(-1)?.text).toBe("        continue-on-error: true");
    const comment = added.slice(0, -1).map(({ text }) => text);
    expect(comment.every((text) => text.startsWith("        # "))).toBe(true);
    expect(comment.join(" ").replaceAll(/ +# /g, " ")).toContain(
      "ghstack not currently supported due to problems getting git diff",
    );
  });

  it("M03-R03: both jobs go, and a note in their place says so", () => {
    const changes = changesOf("M03-R03", "trunk.yml");
    const before = repository.git("show", `HEAD~5:${workflows}/trunk.yml`).split("\n");
    const first = before.indexOf("  linux-jammy-py3-clang18-executorch-build:");
    const next = before.indexOf("  linux-jammy-py3_10-gcc11-full-debug-build-only:");
    const removed = changes.filter(({ sign }) => sign === "-").map(({ text }) => text);
    const jobs = before.slice(first, next).join("\n").trimEnd();
    expect(removed.join("\n").trim()).toBe(jobs.trim());
    expect(removed.filter((text) => text !== "")).toHaveLength(30);

    const added = changes.filter(({ sign, text }) => sign === "+" && text !== "").map(({ text }) => text);
    expect(added.every((text) => text.startsWith("  # "))).toBe(true);
    const note = added.join(" ").replaceAll(/ +# /g, " ");
    for (const word of ["executorch-build", "executorch-test", "M04", "2026-02-08", "Has been broken for a while"]) {
      expect(note).toContain(word);
    }
    expect(repository.read(`${workflows}/trunk.yml`)).not.toMatch(/^ {2}linux-jammy-py3-clang18-executorch-/m);
  });

  it("M03-R04: a line goes from each of the two test steps", () => {
    const line = { sign: "-", text: "        continue-on-error: true" };
    expect(changesOf("M03-R04", "tools-unit-tests.yml")).toEqual([line, line]);
  });

  it("M03-R05: the condition is restored, its comment stays", () => {
    expect(changesOf("M03-R05", "scorecards.yml")).toEqual([
      { sign: "-", text: "    if: false && github.repository == 'pytorch/pytorch'  # don't run on forks" },
      { sign: "+", text: "    if: github.repository == 'pytorch/pytorch'  # don't run on forks" },
    ]);
  });

  it("nothing is left to fix", () => {
    const before = repository.head();
    const again = ciFix(repository.folder, ["--risk", ids.join(","), "--commit"]);
    expect({ code: again.code, head: repository.head() }).toEqual({ code: 0, head: before });
  });

  it("the register learns class, action and fingerprint of every place", () => {
    const audited = repositoryFrom(join(corpus, "pytorch-five"));
    audited.write(".ci-fix/register.yml", register);
    expect(ciFix(audited.folder, ["register", "update"]).code).toBe(0);
    const read = readRegister(Buffer.from(audited.read(".ci-fix/register.yml")));
    const targets = read.ok
      ? read.register.risks.filter(({ id }) => ids.some((known) => known === id)).flatMap((risk) => risk.targets)
      : [];
    expect(targets).toHaveLength(7);
    expect(targets.every(({ fingerprint }) => fingerprint !== undefined)).toBe(true);
  });

  it("M03-R04 alone is one commit on one file", async () => {
    const alone = repositoryFrom(join(corpus, "pytorch-five"));
    alone.write(".ci-fix/register.yml", register);
    alone.git("add", "--all");
    alone.git("commit", "--quiet", "--message=Audit");
    expect(await fix(alone, ["M03-R04"])).toMatchObject([{ files: [`${workflows}/tools-unit-tests.yml`] }]);
    expect(alone.git("rev-list", "--count", "HEAD~1..").trim()).toBe("1");
  });

  it("a new register has the five risks, the most severe first, then by file", async () => {
    const fresh = repositoryFrom(join(corpus, "pytorch-five"));
    fresh.write(".ci-fix.yml", "milestone: M03\n");
    const { result, policy } = await look(fresh);
    const audited = ["strip-soft-fail", "drop-dead-jobs", "unguard-false-and"];
    const findings = result.findings.filter(({ codemod }) => audited.includes(codemod.meta.id));
    const update = planRegisterUpdate(undefined, findings, policy);
    const read = readRegister(update.bytes);
    expect(read.ok && read.register.risks.map(({ id, severity, targets }) => [id, severity, targets[0]?.file])).toEqual(
      [
        ["M03-R01", "high", `${workflows}/llm_td_retrieval.yml`],
        ["M03-R02", "high", `${workflows}/target_determination.yml`],
        ["M03-R03", "high", `${workflows}/tools-unit-tests.yml`],
        ["M03-R04", "high", `${workflows}/trunk.yml`],
        ["M03-R05", "medium", `${workflows}/scorecards.yml`],
      ],
    );
  });

  it("the job that the audit saw to run no test is found", async () => {
    const { result } = await look(repository);
    const fakes = result.findings.filter(({ finding }) => finding.class === "fake-test");
    expect(fakes.map(({ file, finding }) => [file, finding.message])).toEqual([
      [
        `${workflows}/tools-unit-tests.yml`,
        'step "Run tests" of job lumen-cli-compatible-python39 is called a test and runs none',
      ],
    ]);
  });

  it("the legitimate soft-fails are kept, each with a reason", async () => {
    const { result } = await look(repository);
    const kept = result.findings.flatMap(({ file, line, finding: { outcome } }) =>
      outcome.kind === "skip" ? [{ at: `${file}:${line}`, message: outcome.message }] : [],
    );
    expect(kept.filter(({ at }) => at.includes("target_determination.yml"))).toHaveLength(2);
    expect(kept.every(({ message }) => message !== "")).toBe(true);
  });
});
