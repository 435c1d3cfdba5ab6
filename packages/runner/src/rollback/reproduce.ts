import type { Policy } from "@ci-fix/codemod";
import type { LogEntry, Repository } from "@ci-fix/git";
import { type LocatedFinding, matchRegister, type Risk } from "@ci-fix/register";
import { applyEdits } from "@ci-fix/yaml-editor";
import { readEvents } from "../message.ts";
import { placeInverse } from "../place/index.ts";
import { editsOf } from "../plan.ts";
import { scanBytes } from "../scan.ts";
import type { FoundLanding } from "./landing.ts";

/** One file as it was before the fix, and with nothing but this fix applied. */
export interface ReproducedFix {
  readonly file: string;
  readonly before: string;
  readonly fixed: string;
}

/** A file at a commit and at its first parent. */
interface Versions {
  readonly file: string;
  readonly before: Uint8Array;
  readonly committed: Uint8Array;
}

/**
 * Runs the codemods on the parent of the landing again, to get the edit of this risk alone out of whatever else the commit holds.
 * Undefined where the result is not found in the commit. A commit that landed nothing else gives its own content then.
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
  const wanted = landing === undefined ? undefined : new Set(landing.targets.map(({ fingerprint }) => fingerprint));
  const belongs = (found: readonly LocatedFinding[]): readonly LocatedFinding[] =>
    wanted !== undefined ? found.filter(({ fingerprint }) => wanted.has(fingerprint)) : ofRisk(found, risk);
  const fixes: ReproducedFix[] = [];
  for (const version of versions) {
    const policies = landing === undefined ? candidatePolicies(version, policy) : [{ ...policy, ...pick(landing) }];
    const fixed = firstThatFits(version, policies, belongs) ?? ownContent(commit, version);
    if (fixed === undefined) return undefined;
    fixes.push({ file: version.file, before: text(version.before), fixed });
  }
  return fixes;
}

/** The file with only this risk's edits, under the first policy whose result is found in the commit. */
function firstThatFits(
  { file, before, committed }: Versions,
  policies: readonly Policy[],
  belongs: (found: readonly LocatedFinding[]) => readonly LocatedFinding[],
): string | undefined {
  for (const policy of policies) {
    const findings = belongs(scanBytes(file, before, { policy }).findings);
    const yaml = findings[0]?.workflow.file.yaml;
    const applied = yaml === undefined ? undefined : applyEdits(yaml, editsOf(findings));
    if (applied?.ok !== true) continue;
    const fixed = text(applied.bytes);
    if (placeInverse({ before: text(before), fixed, today: text(committed), origin: text(before) }).ok) return fixed;
  }
  return undefined;
}

/** For a landing made by a version of ci-fix that judged differently: its commit holds this fix and nothing else. */
function ownContent(commit: LogEntry, { committed }: Versions): string | undefined {
  return readEvents(commit.message).length === 1 ? text(committed) : undefined;
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
  const [before, after] = await Promise.all([
    readFiles(repository, parent, files),
    readFiles(repository, commit.oid, files),
  ]);
  return files.flatMap((file) => {
    const [old, committed] = [before.get(file), after.get(file)];
    return old === undefined || committed === undefined ? [] : [{ file, before: old, committed }];
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

function pick({ milestone, date }: { milestone: string; date: string }): { milestone: string; date: string } {
  return { milestone, date };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
