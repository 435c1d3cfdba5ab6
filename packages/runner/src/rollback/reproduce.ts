import { CiFixError, type Policy } from "@ci-fix/codemod";
import type { LogEntry, Repository } from "@ci-fix/git";
import { type LocatedFinding, matchRegister, type Risk } from "@ci-fix/register";
import type { RepositoryView } from "@ci-fix/workflow";
import { type Applied, applyEdits, type ByteSplice } from "@ci-fix/yaml-editor";
import type { Landing } from "../message.ts";
import { placeInverse } from "../place/index.ts";
import { editsOf } from "../plan.ts";
import { commitView } from "../source/commit.ts";
import type { FoundLanding } from "./landing.ts";
import { lookAt } from "./look.ts";

/** One file as it was before the fix, and with nothing but this fix applied. */
export interface ReproducedFix {
  readonly file: string;
  readonly before: string;
  readonly fixed: string;
  /** From the one to the other; byte offsets in `before`. */
  readonly splices: readonly ByteSplice[];
  /** The tree in which it was found. */
  readonly repository: RepositoryView;
}

/** A file at a commit and at its first parent. */
export interface Versions {
  readonly file: string;
  readonly before: Uint8Array;
  readonly committed: Uint8Array;
  /** The tree of the parent. */
  readonly repository: RepositoryView;
}

/**
 * Runs the codemods on the parent of the landing again, to get the edit of this risk alone out of whatever else the commit holds.
 * Undefined where they do not find there what the commit says it fixed.
 */
export async function reproduceFix(
  repository: Repository,
  { commit, landing }: FoundLanding,
  risk: Risk | undefined,
  policy: Policy,
): Promise<ReproducedFix[] | undefined> {
  const files = [...new Set((landing?.targets ?? risk?.targets ?? []).map(({ file }) => file))];
  const versions = await readVersions(repository, commit, files);
  if (versions.length === 0 || versions.length < files.length) return undefined;
  const fixes: ReproducedFix[] = [];
  for (const version of versions) {
    const made = landing === undefined ? ofRegister(version, risk, policy) : ofTrailers(version, landing, policy);
    if (made === undefined) return undefined;
    const { file, before, repository: view } = version;
    fixes.push({ file, before: text(before), fixed: made.text, splices: made.splices, repository: view });
  }
  return fixes;
}

/** The file with the edits that the trailers name, made under their milestone and date. */
function ofTrailers({ file, before, repository }: Versions, landing: Landing, policy: Policy): Applied | undefined {
  const wanted = new Set(
    landing.targets.filter((target) => target.file === file).map(({ fingerprint }) => fingerprint),
  );
  const then = { ...policy, milestone: landing.milestone, date: landing.date };
  const found = lookAt(file, before, then, repository).filter(({ fingerprint }) => wanted.has(fingerprint));
  return found.length === wanted.size ? applied(found) : undefined;
}

/** The file with the edits of the register's risk, under the first policy whose result is found in the commit. */
function ofRegister(version: Versions, risk: Risk | undefined, policy: Policy): Applied | undefined {
  const before = text(version.before);
  for (const candidate of candidatePolicies(version, policy)) {
    const findings = lookAt(version.file, version.before, candidate, version.repository);
    const made = applied(ofRisk(findings, risk));
    const today = text(version.committed);
    if (made !== undefined && placeInverse({ before, splices: made.splices, today, origin: before }).ok) return made;
  }
  return undefined;
}

function applied(findings: readonly LocatedFinding[]): Applied | undefined {
  const yaml = findings[0]?.workflow.file.yaml;
  const result = yaml === undefined ? undefined : applyEdits(yaml, editsOf(findings));
  return result?.ok === true ? result : undefined;
}

function ofRisk(found: readonly LocatedFinding[], risk: Risk | undefined): readonly LocatedFinding[] {
  if (risk === undefined) return [];
  return matchRegister({ risks: [risk] }, found, { renames: false }).risks[0]?.findings ?? [];
}

/** Without trailers, milestone and date of a note can only be read off the lines that the commit added. */
function candidatePolicies({ before, committed }: Versions, policy: Policy): Policy[] {
  const old = new Set(text(before).split("\n"));
  const added = text(committed)
    .split("\n")
    .filter((line) => !old.has(line))
    .join("\n");
  const milestones = unique([policy.milestone, ...(added.match(/\bM\d{2,}\b/g) ?? [])]);
  const dates = unique([policy.date, ...(added.match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? [])]);
  return milestones.flatMap((milestone) => dates.map((date) => ({ ...policy, milestone, date })));
}

export async function readVersions(
  repository: Repository,
  commit: LogEntry,
  files: readonly string[],
): Promise<Versions[]> {
  const [parent] = commit.parents;
  if (parent === undefined || files.length === 0) return [];
  if ((await repository.resolve(`${parent}^{commit}`)) === undefined) throw shallow(commit);
  const [before, after] = await Promise.all([
    readFiles(repository, parent, files),
    readFiles(repository, commit.oid, files),
  ]);
  const view = await commitView(repository, parent);
  return files.flatMap((file) => {
    const [old, committed] = [before.get(file), after.get(file)];
    return old === undefined || committed === undefined ? [] : [{ file, before: old, committed, repository: view }];
  });
}

function shallow({ oid }: LogEntry): CiFixError {
  return new CiFixError("CI_FIX_SHALLOW", `the commit before ${oid.slice(0, 12)} is not in this clone`, {
    exitCode: 4,
    hint: "git fetch --unshallow",
  });
}

/** Regular files of a commit by path; missing ones and links are absent. */
export async function readFiles(
  repository: Repository,
  commit: string,
  files: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const entries = (await repository.listTree(commit, files)).filter(({ mode }) => mode.startsWith("100"));
  const blobs = await repository.readBlobs(entries.map(({ oid }) => oid));
  return new Map(
    entries.flatMap(({ path, oid }) => {
      const bytes = blobs.get(oid);
      return bytes === undefined ? [] : [[path, bytes] as const];
    }),
  );
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
