import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { editsOf, type Codemod } from "@ci-fix/codemod";
import dropDeadJobs from "@ci-fix/drop-dead-jobs";
import stripSoftFail from "@ci-fix/strip-soft-fail";
import unguardFalseAnd from "@ci-fix/unguard-false-and";
import { isCiFile, readWorkflow } from "@ci-fix/workflow";
import { applyEdits } from "@ci-fix/yaml-editor";
import { describe, expect, it } from "vitest";
import { checkCertificate, proveFix, type Proof } from "../src/index.ts";
import { claim } from "./models.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const corpus = join(root, "..", "shared", "corpus");
const policy = { milestone: "M04", date: "2026-02-08", critical: [], bestEffort: [] };

interface Fix {
  readonly class: string;
  readonly file: string;
  readonly proof: Proof;
  readonly inverse: Proof;
  readonly problems: readonly string[];
}

/** Every fix that the codemods make in a folder, one finding at a time, proved in both directions and checked. */
function fixesIn(folder: string): readonly Fix[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(isCiFile).sort();
  const read = (path: string): Uint8Array | undefined =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : undefined;
  return files.flatMap((file) => {
    const before = readFileSync(join(folder, file));
    const opened = readWorkflow(file, before);
    if (!opened.ok || opened.workflow === undefined) return [];
    const { workflow } = opened;
    const codemods: readonly Codemod[] = [stripSoftFail, dropDeadJobs, unguardFalseAnd];
    return codemods.flatMap((codemod) =>
      [...codemod.find(workflow, policy)].flatMap((finding): Fix[] => {
        const applied = finding.outcome.kind === "fix" ? applyEdits(workflow.file.yaml, editsOf([finding])) : undefined;
        if (applied?.ok !== true) return [];
        const of = { file, load: read };
        const proof = proveFix({ ...of, before, after: applied.bytes, evidence: { repository: "someone/fork" } });
        const inverse = proveFix({ ...of, before: applied.bytes, after: before });
        const { problems } = checkCertificate(proof.certificate, before, applied.bytes, read, {
          most: 300,
          samples: 100,
        });
        return [{ class: finding.class, file, proof, inverse, problems }];
      }),
    );
  });
}

function checkFix({ file, proof, inverse, problems }: Fix): void {
  expect(problems, file).toEqual([]);
  expect(["bites", "no-change"], file).toContain(proof.judgement);
  expect(inverse.judgement, file).toBe(proof.judgement === "bites" ? "weaker" : "no-change");
  expect(claim(proof, "same-when-all-is-well").verdict, file).toBe("proved");
}

describe.each([
  ["the invented project", join(root, "fixtures", "audit-m04")],
  ["the real five files", join(corpus, "pytorch-five")],
])("the five fixes of the audit in %s", (_name, folder) => {
  const isThere = existsSync(folder);
  let found: readonly Fix[] | undefined;
  const fixes = (): readonly Fix[] => (found ??= fixesIn(folder));

  it.runIf(isThere)("are never weaker, and each inverse of one that bites is", () => {
    expect(new Set(fixes().map((fix) => fix.class))).toEqual(
      new Set(["soft-fail-step", "soft-fail-job", "dead-job", "dead-needs", "disabled-guard"]),
    );
    fixes().forEach(checkFix);
  });

  it.runIf(isThere)("bite upstream and not on a fork", () => {
    const biting = fixes().filter(({ proof }) => proof.judgement === "bites");
    expect(biting.length).toBeGreaterThanOrEqual(5);
    for (const { proof } of biting) {
      expect(proof.certificate.evidence.observable).toBe("upstream-only");
      expect(proof.certificate.evidence.here?.bites).toBe(false);
    }
  });

  it.runIf(isThere)("change nothing where dead jobs go, but for the checks that were always skipped", () => {
    const dead = fixes().filter((fix) => fix.class.startsWith("dead-"));
    expect(dead.length).toBe(2);
    for (const { proof } of dead) {
      expect(proof.judgement).toBe("no-change");
      expect(proof.certificate.caveats.map(({ kind }) => kind)).toEqual(["check-gone"]);
    }
  });
});

const every = Number(process.env["CI_FIX_CORPUS"] ?? 6);
const repositories = existsSync(corpus)
  ? readdirSync(join(corpus, "repos")).filter((_name, index) => index % every === 0)
  : [];

describe.runIf(repositories.length > 0)("fixes of real repositories", () => {
  it("hold what they promise", () => {
    for (const name of repositories) fixesIn(join(corpus, "repos", name)).forEach(checkFix);
    expect(repositories.length).toBeGreaterThan(10);
  });
});
