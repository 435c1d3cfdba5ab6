import { createHash } from "node:crypto";
import { judge, type Judgement, type ScanError } from "@ci-fix/runner";
import type { Database } from "../database/types.ts";
import { digestOf, keepContents } from "../ledger/contents.ts";
import type { JudgementRef, Settings, StoredJudgement } from "../types.ts";
import type { OwnRules, Tree } from "./tree.ts";
import { type Needs, watch } from "./view.ts";

/** How often a worker judged, and how often it found a judgement in the ledger. */
export interface JudgingCounts {
  judged: number;
  found: number;
}

/** Judges the files of repositories, each content once for the whole fleet. */
export interface Judging {
  readonly counts: JudgingCounts;
  /** Judges these paths of a tree; together where they are given together. */
  judge(paths: readonly string[], tree: Tree, rules: OwnRules, settings: Settings): Promise<Judged>;
}

export interface Judged {
  readonly ref: JudgementRef;
  readonly body: StoredJudgement;
  readonly needs: Needs;
}

/** Bytes. The largest real CI file that was seen has 0.4 MB; one that is much larger would hold up all others. */
const LARGEST = 2 * 1024 * 1024;

/** More rounds would mean that files name each other without end. */
const MOST_ROUNDS = 12;

function sha(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

/** All that decides a judgement, except what it looks at on its way. */
function keyOf(
  paths: readonly string[],
  tree: Tree,
  { policy, loaded, register }: OwnRules,
  settings: Settings,
): string {
  const { version, classes, includeReview } = settings;
  const files = paths.map((path) => [path, tree.entries.get(path)?.oid]);
  const rules = [loaded.file, register].map((file) => (file === undefined ? null : digestOf(file.bytes)));
  return sha([version, policy, rules, classes, includeReview, files]);
}

function store({ errors, risks, commits, kept }: Judgement): { body: StoredJudgement; contents: Uint8Array[] } {
  const contents: Uint8Array[] = [];
  const keep = (bytes: Uint8Array): string => {
    contents.push(bytes);
    return digestOf(bytes);
  };
  const body = {
    errors,
    kept,
    risks: risks.map((risk) => ({
      ...risk,
      alone: risk.alone.map((change) => ({ ...change, before: keep(change.before), after: keep(change.after) })),
    })),
    commits: commits.map((commit) => ({
      ...commit,
      changes: commit.changes.map(({ path, bytes }) => ({ path, digest: keep(bytes) })),
    })),
  };
  return { body, contents };
}

interface Variant {
  readonly variant: string;
  readonly needs: Readonly<Record<string, string | null>>;
  readonly body: StoredJudgement;
}

/** The judgement that looked at the same things as it would here. */
async function find(database: Database, key: string, tree: Tree): Promise<Judged | undefined> {
  const variants = await database.query<Variant>("select variant, needs, body from ci_fix.judgement where key = $1", [
    key,
  ]);
  const fits = ({ needs }: Variant): boolean =>
    Object.entries(needs).every(([path, oid]) => {
      const entry = tree.entries.get(path);
      return (entry?.mode.startsWith("100") === true ? entry.oid : null) === oid;
    });
  const found = variants.find(fits);
  if (found === undefined) return undefined;
  const { variant, needs, body } = found;
  return { ref: { key, variant }, body, needs: new Map(Object.entries(needs)) };
}

function filesOf(paths: readonly string[], tree: Tree): { files: Map<string, Uint8Array>; tooLarge: ScanError[] } {
  const files = new Map<string, Uint8Array>();
  const tooLarge: ScanError[] = [];
  for (const path of paths) {
    const bytes = tree.blobs.get(tree.entries.get(path)?.oid ?? "");
    const say = (code: string, message: string): void =>
      void tooLarge.push({ file: path, code, message, line: undefined });
    if (bytes === undefined) say("CI_FIX_UNREADABLE", "its content is missing");
    else if (bytes.length > LARGEST) say("CI_FIX_TOO_LARGE", `${bytes.length} bytes; at most ${LARGEST} are read`);
    else files.set(path, bytes);
  }
  return { files, tooLarge };
}

async function judgeAnew(
  paths: readonly string[],
  tree: Tree,
  { policy, loaded, register }: OwnRules,
  { classes, includeReview }: Settings,
): Promise<{ readonly judgement: Judgement; readonly needs: Needs }> {
  await tree.read(paths.flatMap((path) => tree.entries.get(path)?.oid ?? []));
  for (let round = 0; ; round += 1) {
    const seen = watch(tree);
    const { files, tooLarge } = filesOf(paths, tree);
    const judged = judge({ files, ...seen, policy, loaded, register, classes: classes ?? undefined, includeReview });
    const missing = [...seen.missing];
    await tree.read(missing);
    // What the server does not have, although a tree names it, stays unseen.
    if (round === MOST_ROUNDS || !missing.some((oid) => tree.blobs.has(oid)))
      return { judgement: { ...judged, errors: [...judged.errors, ...tooLarge] }, needs: seen.needs };
  }
}

async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work]);
}

/** Judges with the ledger as the memory. Two repositories of this process that hold the same file wait for one judgement. */
export function createJudging(database: Database): Judging {
  const counts: JudgingCounts = { judged: 0, found: 0 };
  const running = new Map<string, Promise<void>>();
  const anew = async (key: string, ...args: Parameters<typeof judgeAnew>): Promise<Judged> => {
    const { judgement, needs } = await judgeAnew(...args);
    counts.judged += 1;
    const { body, contents } = store(judgement);
    const named = Object.fromEntries(needs);
    const variant = sha(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
    await database.transaction(async (queries) => {
      await keepContents(queries, contents);
      await queries.query(
        "insert into ci_fix.judgement (key, variant, needs, body) values ($1, $2, $3::jsonb, $4::jsonb) on conflict do nothing",
        [key, variant, JSON.stringify(named), JSON.stringify(body)],
      );
    });
    return { ref: { key, variant }, body, needs };
  };
  return {
    counts,
    async judge(paths, tree, rules, settings) {
      const key = keyOf(paths, tree, rules, settings);
      while (running.has(key)) await running.get(key);
      const work = (async () => {
        const found = await find(database, key, tree);
        if (found !== undefined) counts.found += 1;
        return found ?? anew(key, paths, tree, rules, settings);
      })();
      running.set(key, settled(work));
      try {
        return await work;
      } finally {
        running.delete(key);
      }
    },
  };
}
