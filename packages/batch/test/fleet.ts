import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FindForge } from "@ci-fix/forge";
import { DEFAULT_LIMITS } from "@ci-fix/git";
import { afterAll, vi } from "vitest";
import {
  createWorker,
  type Batch,
  type Database,
  type Ledger,
  openBatch,
  openDatabase,
  openQueue,
  readSources,
  type Settings,
  startCampaign,
  type Worker,
  workerName,
} from "../src/index.ts";

// A database and a few dozen git processes take their time on a busy machine.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ci-fix-batch-")));
  folders.push(folder);
  return folder;
}

export const settings: Settings = {
  milestone: "M03",
  date: "2026-02-08",
  author: { name: "Ada Lovelace", email: "ada@example.org", date: "1770508800 +0000" },
  branch: "ci-fix/M03",
  classes: null,
  includeReview: true,
  limits: DEFAULT_LIMITS,
  perHost: 8,
  perOrganisation: 8,
  tries: 3,
  deaths: 5,
  pullRequest: { draft: false, labels: [], reviewers: [], template: null, title: "ci: repair {count}" },
};

export function git(folder: string, ...command: string[]): string {
  const { GIT_DIR: _dir, ...env } = process.env;
  return execFileSync("git", ["-c", "init.defaultBranch=main", "-c", "core.autocrlf=false", ...command], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...env,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_AUTHOR_NAME: "Grace",
      GIT_AUTHOR_EMAIL: "grace@example.org",
      GIT_COMMITTER_NAME: "Grace",
      GIT_COMMITTER_EMAIL: "grace@example.org",
      GIT_AUTHOR_DATE: "1700000000 +0000",
      GIT_COMMITTER_DATE: "1700000000 +0000",
    },
  });
}

export function write(folder: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A clone with these files in one commit. */
export function clone(folder: string, files: Readonly<Record<string, string | Uint8Array>>, ...init: string[]): string {
  mkdirSync(folder, { recursive: true });
  git(folder, "init", "--quiet", ...init);
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "Begin");
  return folder;
}

/** A bare repository of a server with these files. */
export function publish(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  ...init: string[]
): string {
  const source = clone(temporaryFolder(), files, ...init);
  mkdirSync(dirname(folder), { recursive: true });
  git(source, "clone", "--quiet", "--bare", source, folder);
  return folder;
}

/** A workflow whose tests fail without anyone seeing it. */
export function workflow(job = "unit", rest = ""): string {
  return `name: CI
on: push
jobs:
  ${job}:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Run tests
        continue-on-error: true
        run: pytest
${rest}`;
}

/** The same with the tests repaired. */
export function repaired(text: string): string {
  return text.replace("        continue-on-error: true\n        run: pytest\n", "        run: pytest\n");
}

let prepared: string | undefined;

/** A folder for a ledger; making the database is slow, so it is made once and copied. */
export async function stateFolder(): Promise<string> {
  if (prepared === undefined) {
    prepared = temporaryFolder();
    const database = await openDatabase({ state: prepared });
    await openQueue(database);
    await database.close();
  }
  const state = temporaryFolder();
  cpSync(prepared, state, { recursive: true });
  return state;
}

/** A campaign at work, as the command line drives it. */
export interface Fleet {
  readonly state: string;
  readonly database: Database;
  readonly ledger: Ledger;
  readonly worker: Worker;
  readonly batch: Batch;
  /** Plans these lines of a list. */
  plan(...lines: string[]): Promise<void>;
  /** `state`, or `state(reason)`, by name. */
  states(): Promise<Record<string, string>>;
  close(): Promise<void>;
}

export interface FleetOptions {
  readonly state?: string;
  readonly database?: string;
  readonly settings?: Partial<Settings>;
  readonly findForge?: FindForge;
  readonly jobs?: number;
  readonly version?: string;
}

export async function openFleet(options: FleetOptions = {}): Promise<Fleet> {
  const state = options.state ?? (options.database === undefined ? await stateFolder() : temporaryFolder());
  const database = await openDatabase({ state, database: options.database });
  const queue = await openQueue(database);
  const ledger = await startCampaign(database, queue, "test", { ...settings, ...options.settings });
  const worker = createWorker({
    database,
    queue,
    access: {},
    findForge: options.findForge ?? (() => undefined),
    state,
    version: options.version ?? "test",
    name: workerName(),
    jobs: options.jobs ?? 4,
  });
  const batch = openBatch(ledger, worker);
  return {
    state,
    database,
    ledger,
    worker,
    batch,
    plan: async (...lines) => batch.plan(await readSources(lines, "/", { include: [], exclude: [] })),
    async states() {
      const found: Record<string, string> = {};
      for await (const { name, state: at, reason } of ledger.entries())
        found[name] = reason === "" ? at : `${at}(${reason})`;
      return found;
    },
    close: () => database.close(),
  };
}
