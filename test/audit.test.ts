import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { auditAll, auditDelta, type AuditFacts, type DeltaAudit } from "@ci-fix/audit";
import { renderAuditJson, renderAuditMarkdown } from "@ci-fix/report/audit";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { fix, rollBack } from "./fix-and-roll-back.ts";
import { copyOf, corpus, hasCorpus, repositoryFrom, root, type ScratchRepository } from "./scratch-repository.ts";

const ids = ["M03-R01", "M03-R02", "M03-R03", "M03-R04", "M03-R05"];
const date = "2026-02-08";

const schema = JSON.parse(readFileSync(join(root, "packages/audit/schema/audit.schema.json"), "utf8")) as object;
const isValid = new Ajv2020({ strict: true }).compile(schema);

const delta = (repository: ScratchRepository, base: string): Promise<DeltaAudit> =>
  auditDelta({ directory: repository.folder, base, date });

/** Titles of the second level, without their numbers. */
function sections(markdown: string): string[] {
  return markdown.split("\n").flatMap((line) => (line.startsWith("## ") ? [line.slice(3)] : []));
}

function expectValid(facts: AuditFacts): void {
  expect([isValid(JSON.parse(renderAuditJson(facts))), isValid.errors]).toEqual([true, null]);
}

describe("the audit of a milestone that fixed five risks", () => {
  let repository: ScratchRepository;
  let base: string;
  let facts: DeltaAudit;

  beforeAll(async () => {
    repository = repositoryFrom("fixtures/audit-m04");
    base = repository.head();
    await fix(repository, ids);
    facts = await delta(repository, base);
  });

  it("passes, with the constraint that a fork shows nothing of it", () => {
    expect(facts.verdict).toEqual({ color: "green", words: "PASS with evidence constraint" });
    expect(facts.evidence.type).toBe("fork_ci_guarded");
    expect(facts.repository).toBe("tidewright/tidewright");
    expect(facts.evidence.guards.filter(({ covers }) => covers).length).toBeGreaterThan(0);
  });

  it("has a proof of every risk: its commit, its hunk, its effect, its cases", () => {
    expect(facts.proofs.map(({ id }) => id)).toEqual(ids);
    for (const { commit, changes, effects } of facts.proofs) {
      expect(repository.git("cat-file", "-t", commit).trim()).toBe("commit");
      expect(effects.length).toBeGreaterThan(0);
      expect(changes.every(({ hunks, judgement }) => hunks.length > 0 && judgement !== "weaker")).toBe(true);
    }
    expect(facts.proofs.map(({ changes }) => changes[0]?.judgement)).toEqual([
      "bites",
      "bites",
      "no-change",
      "bites",
      "bites",
    ]);
  });

  it("counts lines as git does", () => {
    const counted = repository.git("diff", "--numstat", base, "HEAD").trim().split("\n");
    const told = facts.map.files.map(({ file, added, removed }) => `${added}\t${removed}\t${file}`);
    expect(new Set(told)).toEqual(new Set(counted));
    expect(facts.map.surfaces.filter(({ touched }) => touched).map(({ name }) => name)).toEqual(["CI workflows"]);
  });

  it("counts by the model what misled before, and what still does", () => {
    const files = (of: DeltaAudit["ci"]["before"]): ReadonlySet<string> =>
      new Set([...of.masking, ...of.disabled].map(({ file }) => file.split("/").at(-1) ?? ""));
    const risky = ["gauge-index.yml", "main.yml", "pick-tests.yml", "supply-chain.yml", "tools-tests.yml"];
    expect([...files(facts.ci.before)].sort()).toEqual(risky);
    expect([...files(facts.ci.after)]).toEqual([]);
    expect(facts.preExisting).toEqual([]);
  });

  it("proves that nothing is weaker, file by file", () => {
    const guardrail = facts.guardrails.find(({ name }) => name === "No silent CI weakening");
    expect(guardrail?.status).toBe("pass");
    expect(guardrail?.evidence).toContain("Proved for 5 of 5 touched CI files");
  });

  it("defers what only upstream can show, with what must be seen", () => {
    const entry = facts.deferred.find(({ id }) => id === "M04-V01");
    expect(entry).toMatchObject({ status: "open", isNew: true, deferredTo: "Upstream PR" });
    expect(entry?.exitCriteria).toContain("M03-R05");
  });

  it("scores both ends by the rubric, and no score falls", () => {
    const [before, now] = facts.scores.rows;
    expect([before?.from, now?.from]).toEqual(["base", "now"]);
    for (const { name, value } of facts.scores.working) {
      expect(value ?? 5).toBeGreaterThanOrEqual(before?.scores[name] ?? 0);
    }
  });

  it("has a score that its own numbers give", () => {
    for (const { value, numbers } of facts.scores.working.filter((term) => term.value !== null)) {
      expect(calculated(numbers)).toBeCloseTo(value ?? 0, 5);
    }
  });

  it("ends with the appendix that readers know", () => {
    const { appendix } = facts;
    expect(Object.keys(appendix)).toEqual(
      "milestone mode posture commit range verdict quality_gates issues deferred_registry_updates score_trend_update evidence_constraint".split(
        " ",
      ),
    );
    expect(Object.keys(appendix.quality_gates)).toEqual(
      "invariants compatibility ci tests coverage security dx_docs guardrails".split(" "),
    );
    expect(appendix).toMatchObject({ verdict: "green", posture: "preserve", quality_gates: { ci: "unknown" } });
  });

  it("is valid by its schema, and the same each time", async () => {
    expectValid(facts);
    expect(renderAuditJson(await delta(repository, base))).toBe(renderAuditJson(facts));
  });

  it("has every section in Markdown, and an appendix that parses", () => {
    const markdown = renderAuditMarkdown(facts);
    const titles = sections(markdown);
    expect(titles.slice(0, 16).map((title) => Number.parseInt(title, 10))).toEqual(
      Array.from({ length: 16 }, (_, index) => index + 1),
    );
    expect(titles.at(-1)).toBe("Machine-Readable Appendix");
    const json = /```json\n([\s\S]*?)\n```/u.exec(markdown)?.[1] ?? "";
    expect(JSON.parse(json)).toEqual(facts.appendix);
  });

  it("fails for a soft-fail that came in, and names it", async () => {
    const worse = copyOf(repository);
    const path = ".github/workflows/tools-tests.yml";
    worse.write(
      path,
      worse
        .read(path)
        .replace("      - name: Run tests\n", "      - name: Run tests\n        continue-on-error: true\n"),
    );
    worse.git("commit", "--quiet", "--all", "--message=Calm the tests");
    const { verdict, issues, guardrails, gates } = await delta(worse, repository.head());
    expect(verdict.color).toBe("red");
    expect(issues.map(({ id, finding }) => [id, finding.class])).toEqual([["NEW-001", "soft-fail-step"]]);
    const weakening = guardrails.find(({ name }) => name === "No silent CI weakening");
    expect([weakening?.status, weakening?.evidence]).toEqual(["fail", expect.stringContaining("not red any more")]);
    expect(gates.filter(({ status }) => status === "fail").every(({ fix: step }) => step !== "")).toBe(true);
  });

  it("tells a rollback in the log, and does not count the risk", async () => {
    const back = copyOf(repository);
    await rollBack(back, ["M03-R04"]);
    const { log, proofs, appendix } = await delta(back, base);
    expect(log).toMatchObject([{ item: "M03-R04 was rolled back", type: "regression", status: "open again" }]);
    expect(proofs.map(({ id }) => id)).toEqual(ids.filter((id) => id !== "M03-R04"));
    expect(appendix.verdict).toBe("green");
  });

  it("says so where nothing changed", async () => {
    const same = await delta(repository, "HEAD");
    expectValid(same);
    expect(same.map.blastSummary).toBe("Nothing differs between the two commits.");
    expect(sections(renderAuditMarkdown(same))).toHaveLength(17);
  });

  it("rejects a base that is not there", async () => {
    await expect(delta(repository, "nowhere")).rejects.toMatchObject({ code: "CI_FIX_NO_BASE", exitCode: 4 });
  });

  it("carries a record on, and closes what is gone", async () => {
    const next = copyOf(repository);
    next.write(
      ".ci-fix/milestones/M03.yml",
      'version: 1\nmilestone: M03\nscores: { ci: 2.5, overall: 2.5 }\ndeferred:\n  - { id: PRE-007, issue: old, deferred-to: x, reason: x, exit-criteria: x, fingerprint: "0123456789abcdef" }\ninvariants:\n  - { id: INV-050, title: Imports work, paths: ["src/**"] }\n',
    );
    const { scores, deferred, tests } = await delta(next, base);
    expect(scores.rows.map(({ milestone, from }) => [milestone, from])).toEqual([
      ["M03", "recorded"],
      ["base", "base"],
      ["M04", "now"],
    ]);
    expect(deferred.find(({ id }) => id === "PRE-007")).toMatchObject({ status: "closed", discovered: "M03" });
    expect(tests.invariants.map(({ id, status }) => [id, status])).toEqual([
      ["INV-060", "introduced"],
      ["INV-050", "untouched"],
    ]);
  });
});

describe("the full audit", () => {
  it("lists every workflow, judges every soft-fail, and names what files cannot tell", async () => {
    const repository = repositoryFrom("fixtures/audit-m04");
    const facts = await auditAll({ directory: repository.folder, date });
    expectValid(facts);
    expect(new Set(facts.inventory.list.map(({ file }) => file.split("/").at(-1)))).toEqual(
      new Set(["gauge-index.yml", "main.yml", "pick-tests.yml", "supply-chain.yml", "tools-tests.yml"]),
    );
    const written =
      Object.values(repository.files())
        .join("\n")
        .match(/^\s*(?:- )?continue-on-error: true\b/gmu) ?? [];
    expect(facts.softFails).toHaveLength(written.length);
    expect(facts.softFails.every(({ because }) => because !== "")).toBe(true);
    expect(facts.register.map(({ id, status }) => [id, status])).toEqual([
      ...ids.map((id) => [id, "open"]),
      ["M03-R06", "accepted"],
    ]);
    expect(facts.gaps.map(({ what }) => what)).toContain("Which checks are required");
    expect(sections(renderAuditMarkdown(facts))).toHaveLength(11);
  });
});

describe.runIf(hasCorpus)("the five workflows of PyTorch", () => {
  it("show the test job that runs no test as what was there before", async () => {
    const repository = repositoryFrom(join(corpus, "pytorch-five"));
    const facts = await delta(repository, "HEAD");
    expect(facts.preExisting.map(({ id, finding }) => [id, finding.class, finding.job])).toContainEqual([
      expect.stringMatching(/^PRE-/u),
      "fake-test",
      "lumen-cli-compatible-python39",
    ]);
  });
});

/** What `5 × (3 + ½ × 1) ÷ 4` comes to, rounded half up to one decimal. */
function calculated(numbers: string): number {
  const terms = numbers.replaceAll("×", "*").replaceAll("÷", "/").replaceAll("−", "-").replaceAll("½", "0.5");
  if (!/^[\d.*/+()\s-]+$/u.test(terms)) throw new Error(`"${numbers}" cannot be worked out by hand`);
  const value = Number(runInNewContext(terms));
  return Math.round((value + 1e-9) * 10) / 10;
}
