import { resolve } from "node:path";
import { CiFixError, type Policy } from "@ci-fix/codemod";
import { GitError, openRepository, type Repository } from "@ci-fix/git";
import { type Config, matchRegister, type Register, type RegisterMatch, withAccepted } from "@ci-fix/register";
import picomatch from "picomatch";
import { loadConfig, loadRegister } from "./load.ts";
import { scan, type ScanOptions } from "./scan.ts";
import { commitSource } from "./source/commit.ts";
import { workTreeSource } from "./source/work-tree.ts";
import type { FileSource, ScanResult } from "./types.ts";

export interface SurveyOptions {
  /** Where to look; its repository's root is the root of all paths. Default: the current folder. */
  readonly directory?: string;
  /** `work-tree` – files as they are on disk; `head` – as the last commit holds them, which is what a commit is planned on. */
  readonly at: "work-tree" | "head";
  /** Relative to the root; only with `work-tree`. */
  readonly paths?: readonly string[];
  /** Wins over the policy file. */
  readonly milestone?: string;
  /** `YYYY-MM-DD`; default today (UTC). */
  readonly date?: string;
  readonly onFile?: ScanOptions["onFile"];
}

/** All that is known about a repository before anything is changed. */
export interface Survey {
  readonly root: string;
  /** Undefined where the folder is in no git repository. */
  readonly repository: Repository | undefined;
  readonly policy: Policy;
  readonly config: Config;
  readonly register: { readonly register: Register; readonly bytes: Uint8Array } | undefined;
  readonly result: ScanResult;
  /** The bytes of every file that was read, by path. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly match: RegisterMatch;
}

/** Used where neither the command line, the policy file nor the register names a milestone. */
export const firstMilestone = "M01";

/** Reads policy and register, scans, and matches both. */
export async function survey(options: SurveyOptions): Promise<Survey> {
  const directory = resolve(options.directory ?? ".");
  const repository = await openIfThere(directory);
  const root = repository?.root ?? directory;
  const source = await sourceOf(root, repository, options);
  const settings = repository?.bare === true ? source : root;
  const [config, register] = [await loadConfig(settings), await loadRegister(settings)];
  const policy = policyOf(config, register?.register, options);
  const ignored = picomatch([...config.ignore], { dot: true });
  const contents = new Map<string, Uint8Array>();
  const result = await scan(source, {
    policy,
    ignored,
    onRead: (path, bytes) => contents.set(path, bytes),
    ...(options.onFile === undefined ? {} : { onFile: options.onFile }),
  });
  const unread = result.errors.map(({ file }) => file);
  const match = matchRegister(register?.register ?? { risks: [] }, result.findings, {
    unread,
    renames: (options.paths ?? []).length === 0,
  });
  if (register === undefined) return { root, repository, policy, config, register, result, contents, match };
  const settled = withAccepted(result.findings, match, {
    bytes: register.bytes,
    date: policy.date,
    complete: (options.paths ?? []).length === 0,
  });
  return {
    root,
    repository,
    policy,
    config,
    register,
    result: { ...result, findings: settled.findings },
    contents,
    match: settled.match,
  };
}

function policyOf(config: Config, register: Register | undefined, { milestone, date }: SurveyOptions): Policy {
  return {
    milestone: milestone ?? config.milestone ?? newestMilestone(register) ?? firstMilestone,
    date: date ?? new Date().toISOString().slice(0, 10),
    critical: config.critical,
    bestEffort: config.bestEffort,
  };
}

async function sourceOf(
  root: string,
  repository: Repository | undefined,
  { at, paths }: SurveyOptions,
): Promise<FileSource> {
  if (at === "work-tree" && repository?.bare !== true) return workTreeSource(root, paths);
  if (repository === undefined) {
    throw new CiFixError("CI_FIX_NOT_A_REPOSITORY", `${root} is not in a git repository`, {
      exitCode: 4,
      hint: "run `git init` and commit the files first, or use --write to change the files alone",
    });
  }
  const commit = (await repository.head()).oid;
  if (commit !== undefined) return commitSource(repository, commit);
  throw new CiFixError("CI_FIX_NO_COMMIT", "this repository has no commit yet", {
    exitCode: 4,
    hint: "commit the files first",
  });
}

async function openIfThere(directory: string): Promise<Repository | undefined> {
  return openRepository(directory).catch((error: unknown) => {
    if (error instanceof GitError && error.code === "CI_FIX_NOT_A_REPOSITORY") return undefined;
    throw error;
  });
}

function newestMilestone(register: Register | undefined): string | undefined {
  const milestones = register?.risks.map(({ id }) => id.split("-R", 1)[0] ?? "") ?? [];
  return milestones.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).at(-1);
}
