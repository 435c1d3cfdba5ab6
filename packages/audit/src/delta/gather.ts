import { CiFixError, type Policy } from "@ci-fix/codemod";
import type { Repository } from "@ci-fix/git";
import {
  check,
  landedFix,
  landedIds,
  proveChange,
  survey,
  tellLandings,
  type ProofContext,
  type Survey,
  type ToldCommit,
} from "@ci-fix/runner";
import { repositoryOf } from "../facts/guards.ts";
import { surveyOptions } from "../full/audit.ts";
import { titleOf } from "../full/register.ts";
import { inventoryOf, judgedFindings } from "../inventory/inventory.ts";
import type { Judged } from "../inventory/workflow-facts.ts";
import type { AuditOptions } from "../options.ts";
import { loadRecords } from "../records/load.ts";
import { treeOf } from "../tree.ts";
import type { RiskProof, TouchedFile } from "../types.ts";
import { unique } from "../words.ts";
import { isCi, type Landed, type Range, type Side } from "./range.ts";
import { differences, hunksOf, type Difference } from "./touched.ts";

const UPSTREAM = ["origin/HEAD", "origin/main", "origin/master"];

/** Stands in the trailers of every landing and every rollback. */
const MARKER = "Ci-Fix-R";

/** Reads both ends of the range and all that lies between. Rejects with `CI_FIX_NO_BASE` where there is no such commit. */
export async function gatherRange(options: AuditOptions & { readonly base: string }): Promise<Range> {
  const found = await survey({ ...surveyOptions(options), at: "head" });
  const { repository, policy } = found;
  const head = (await repository?.head())?.oid;
  if (repository === undefined || head === undefined) {
    throw new CiFixError("CI_FIX_NOT_A_REPOSITORY", `${found.root} is not in a git repository`, { exitCode: 4 });
  }
  const gate = await check({ directory: found.root, at: "head", base: options.base, date: policy.date });
  const base = gate.base.oid;
  const after = await sideOf(found, repository, head, policy);
  const old = await survey({
    ...surveyOptions(options),
    date: policy.date,
    milestone: policy.milestone,
    at: "head",
    commit: base,
  });
  const before = await sideOf(old, repository, base, policy);
  const commits = tellLandings((await repository.log({ from: head, without: base })).toReversed());
  const history = await repository.log({ from: head, containing: MARKER });
  const context = contextOf(found, after, options);
  const landed = await landedIn(commits, { repository, found, before });
  const files = await touchedFiles(repository, { before, after, commits, landed }, base);
  return {
    survey: found,
    base: { commit: base, name: gate.base.name },
    before,
    after,
    commits,
    history: tellLandings(history),
    landed,
    standing: landedIds(history),
    files,
    proofs: landed.map((each) => proofOf(each, context)),
    check: gate,
    records: await loadRecords(found.root),
    recording: options.recording === true,
    context,
    isAncestor: (await repository.mergeBase(base, head)) === base,
    upstream: await upstreamOf(repository, head),
  };
}

async function sideOf(
  { contents, result, match }: Survey,
  repository: Repository,
  commit: string,
  { date }: Policy,
): Promise<Side> {
  const entries = new Map((await repository.listTree(commit)).map((entry) => [entry.path, entry]));
  const tree = treeOf({
    commit,
    contents,
    findings: result.findings,
    match,
    errors: result.errors,
    paths: new Set(entries.keys()),
  });
  const found = judgedFindings(tree, date);
  return { tree, found, inventory: inventoryOf(tree, found), entries };
}

/** What the command line says wins over the policy, and both over what the guards name. */
function contextOf(found: Survey, { tree }: Side, options: AuditOptions): ProofContext {
  const repository = options.repository ?? found.config.upstream ?? repositoryOf([...tree.workflows.values()]);
  const requiredChecks = options.requiredChecks ?? found.requiredChecks;
  return {
    contents: found.contents,
    ...(repository === null ? {} : { evidence: { repository } }),
    ...(requiredChecks === undefined ? {} : { requiredChecks }),
  };
}

/** Risks whose fix came within the range and stands at its end, in the order in which they landed. */
async function landedIn(
  commits: readonly ToldCommit[],
  { repository, found, before }: { repository: Repository; found: Survey; before: Side },
): Promise<readonly Landed[]> {
  const standing = landedIds(commits.map(({ commit }) => commit).toReversed());
  const ids = unique(commits.flatMap(({ landed }) => landed)).filter((id) => standing.has(id));
  const landed: Landed[] = [];
  for (const id of ids) {
    const risk = found.match.risks.find((each) => each.risk.id === id);
    const fix = await landedFix(repository, id, risk?.risk, found.policy);
    if (fix === undefined) continue;
    landed.push({ id, risk, settled: settledBy(id, before), fix });
  }
  return landed;
}

/** Those findings of the base that carry the risk's id and that a fix changes. */
function settledBy(id: string, { found }: Side): readonly Judged[] {
  return found.filter(
    ([
      {
        finding: { outcome },
      },
      facts,
    ]) => facts.id === id && outcome.kind !== "skip" && outcome.safety !== "report",
  );
}

function proofOf({ id, risk, settled, fix }: Landed, context: ProofContext): RiskProof {
  return {
    id,
    title: risk === undefined ? id : (risk.risk.title ?? settled[0]?.[1].message ?? titleOf(risk)),
    severity: risk?.risk.severity ?? "high",
    commit: fix.commit.oid,
    change: plainSubject(fix.commit.subject),
    effects: unique(settled.map(([{ finding }]) => finding.change).filter((change) => change !== "")),
    changes: fix.changes.map((change) => {
      const { judgement, certificate, digest } = proveChange(change, context);
      const [before, after] = [change.before, change.after].map((bytes) => Buffer.from(bytes).toString("utf8"));
      return { file: change.file, hunks: hunksOf(before ?? "", after ?? ""), judgement, certificate, digest };
    }),
  };
}

/** `ci(M03-R04): strip …` without its scope. */
export function plainSubject(subject: string): string {
  return subject.replace(/^\w+\([^)]*\): /u, "");
}

async function touchedFiles(
  repository: Repository,
  { before, after, commits, landed }: Pick<Range, "before" | "after" | "commits" | "landed">,
  base: string,
): Promise<readonly TouchedFile[]> {
  const files: TouchedFile[] = [];
  for (const difference of await differences(repository, before.entries, after.entries)) {
    const ids = landed
      .filter(({ fix }) => fix.changes.some(({ file }) => file === difference.file))
      .map(({ id }) => id);
    files.push({
      ...difference,
      ids,
      what: isCi(difference) ? await subjectsOn(repository, difference, commits, base) : [],
    });
  }
  return files;
}

async function subjectsOn(
  repository: Repository,
  { file }: Difference,
  commits: readonly ToldCommit[],
  base: string,
): Promise<readonly string[]> {
  if (commits.length === 0) return [];
  const log = await repository.log({ paths: [file], without: base });
  return unique(log.toReversed().map(({ subject }) => plainSubject(subject)));
}

async function upstreamOf(repository: Repository, head: string): Promise<Range["upstream"]> {
  for (const name of UPSTREAM) {
    const tip = await repository.resolve(name);
    if (tip !== undefined) return { name, merged: (await repository.mergeBase(tip, head)) === head };
  }
  return undefined;
}
