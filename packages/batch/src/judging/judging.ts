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
  /** Judges groups of paths of a tree: each alone, and what is in a group together. */
  judge(groups: readonly (readonly string[])[], tree: Tree, rules: OwnRules, settings: Settings): Promise<Judged[]>;
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
  { classes, includeReview }: Settings,
  version: string,
): string {
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
  readonly key: string;
  readonly variant: string;
  readonly needs: Readonly<Record<string, string | null>>;
  readonly body: StoredJudgement;
}

/** By key, the judgements that looked at the same things as they would here. */
async function find(database: Database, keys: readonly string[], tree: Tree): Promise<Map<string, Judged>> {
  const variants = await database.query<Variant>(
    "select key, variant, needs, body from ci_fix.judgement where key = any($1)",
    [keys],
  );
  const fits = ({ needs }: Variant): boolean =>
    Object.entries(needs).every(([path, oid]) => {
      const entry = tree.entries.get(path);
      return (entry?.mode.startsWith("100") === true ? entry.oid : null) === oid;
    });
  return new Map(
    variants.filter(fits).map(({ key, variant, needs, body }) => {
      return [key, { ref: { key, variant }, body, needs: new Map(Object.entries(needs)) }];
    }),
  );
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
  // All CI files at once: the others are wanted next, and each reading is a request of its own.
  await tree.read(tree.files.map(({ oid }) => oid));
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

type Rest = [rules: OwnRules, settings: Settings];

async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work]);
}

/** Judges with the ledger as the memory, apart for each version of ci-fix. Two repositories of this process that hold the same file wait for one judgement. */
export function createJudging(database: Database, version: string): Judging {
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
  /** One at a time for a key: who comes second finds what the first one wrote. */
  const once = async (key: string, paths: readonly string[], tree: Tree, ...rest: Rest): Promise<Judged> => {
    while (running.has(key)) await running.get(key);
    const work = (async () => {
      const found = (await find(database, [key], tree)).get(key);
      if (found !== undefined) counts.found += 1;
      return found ?? anew(key, paths, tree, ...rest);
    })();
    running.set(key, settled(work));
    try {
      return await work;
    } finally {
      running.delete(key);
    }
  };
  return {
    counts,
    async judge(groups, tree, rules, settings) {
      const keyed = groups.map((paths) => [keyOf(paths, tree, rules, settings, version), paths] as const);
      const known = await find(
        database,
        keyed.map(([key]) => key),
        tree,
      );
      counts.found += keyed.filter(([key]) => known.has(key)).length;
      const judged: Judged[] = [];
      for (const [key, paths] of keyed) judged.push(known.get(key) ?? (await once(key, paths, tree, rules, settings)));
      return judged;
    },
  };
}
