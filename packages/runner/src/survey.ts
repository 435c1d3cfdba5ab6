import { resolve } from "node:path";
import { CiFixError, type Policy } from "@ci-fix/codemod";
import { GitError, type ObjectId, openRepository, type Repository } from "@ci-fix/git";
import {
  aboutPolicy,
  type Config,
  matchRegister,
  type Register,
  type RegisterMatch,
  withAccepted,
  type WithAccepted,
} from "@ci-fix/register";
import { asPolicySays } from "./classes.ts";
import { loadConfig, type LoadedConfig, loadRegister } from "./load.ts";
import { ignoredBy, policyFrom, proofContextOf } from "./policy.ts";
import type { ProofContext } from "./prove.ts";
import { scan, type ScanOptions } from "./scan.ts";
import { commitSource } from "./source/commit.ts";
import { overlaid } from "./source/overlay.ts";
import { workTreeSource } from "./source/work-tree.ts";
import type { FileSource, ScanResult } from "./types.ts";

export interface SurveyOptions {
  /** Where to look; its repository's root is the root of all paths. Default: the current folder. */
  readonly directory?: string;
  /** `work-tree` – files as they are on disk; `head` – as the last commit holds them, which is what a commit is planned on. */
  readonly at: "work-tree" | "head";
  /** Only with `head`: this commit instead of the last one. Policy and register are those of the work tree all the same. */
  readonly commit?: ObjectId;
  /** Relative to the root; only with `work-tree`. */
  readonly paths?: readonly string[];
  /** Texts that stand for files on disk, by path relative to the root: what an editor has open. Only with `work-tree`. */
  readonly overlay?: ReadonlyMap<string, Uint8Array>;
  /** Wins over the policy file. */
  readonly milestone?: string;
  /** `YYYY-MM-DD`; default today (UTC). */
  readonly date?: string;
  readonly onFile?: ScanOptions["onFile"];
}

/** All that is known about a repository before anything is changed. It holds what a proof is made under. */
export interface Survey extends ProofContext {
  readonly root: string;
  /** Undefined where the folder is in no git repository. */
  readonly repository: Repository | undefined;
  readonly policy: Policy;
  readonly config: Config;
  readonly register: { readonly register: Register; readonly bytes: Uint8Array } | undefined;
  readonly result: ScanResult;
  /** The bytes of every file that was read, by path. */
  readonly contents: ProofContext["contents"];
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
  const settings = repository?.bare === true ? source : overlaid(workTreeSource(root), undefined, options.overlay);
  const [loaded, register] = [await loadConfig(settings), await loadRegister(settings)];
  const policy = policyOf(loaded.config, register?.register, options);
  const contents = new Map<string, Uint8Array>();
  const scanned = await scan(source, {
    policy,
    ignored: ignoredBy(loaded.config),
    onRead: (path, bytes) => contents.set(path, bytes),
    ...(options.onFile === undefined ? {} : { onFile: options.onFile }),
  });
  const complete = (options.paths ?? []).length === 0;
  const { findings, match } = settle(scanned, { policy, loaded, register, complete });
  const context = { contents, ...proofContextOf(loaded.config) };
  const result = { ...scanned, findings };
  return { root, repository, policy, config: loaded.config, register, result, match, ...context };
}

/** What was found as register and policy except it. `complete`: false where only some files were looked at. */
export function settle(
  { findings, errors }: Pick<ScanResult, "findings" | "errors">,
  {
    policy,
    loaded: { config, file },
    register,
    complete,
  }: Pick<Survey, "policy" | "register"> & { readonly loaded: LoadedConfig; readonly complete: boolean },
): WithAccepted {
  const { date } = policy;
  const match = matchRegister(register?.register ?? { risks: [] }, findings, {
    unread: errors.map((error) => error.file),
    renames: complete,
  });
  const settled =
    register === undefined
      ? { findings, match }
      : withAccepted(findings, match, { bytes: register.bytes, date, complete });
  const about = file === undefined ? [] : aboutPolicy(findings, config.exceptions, { ...file, date, complete });
  return { findings: asPolicySays([...settled.findings, ...about], policy), match: settled.match };
}

function policyOf(config: Config, register: Register | undefined, { milestone, date }: SurveyOptions): Policy {
  return policyFrom(config, {
    milestone: milestone ?? config.milestone ?? newestMilestone(register) ?? firstMilestone,
    date: date ?? new Date().toISOString().slice(0, 10),
  });
}

async function sourceOf(
  root: string,
  repository: Repository | undefined,
  { at, paths, overlay, commit: given }: SurveyOptions,
): Promise<FileSource> {
  if (at === "work-tree" && repository?.bare !== true) return overlaid(workTreeSource(root, paths), paths, overlay);
  if (repository === undefined) {
    throw new CiFixError("CI_FIX_NOT_A_REPOSITORY", `${root} is not in a git repository`, {
      exitCode: 4,
      hint: "run `git init` and commit the files first, or use --write to change the files alone",
    });
  }
  const commit = given ?? (await repository.head()).oid;
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
