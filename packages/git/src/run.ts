import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import { GitError } from "./errors.ts";

/** What a git command left behind. `code` is -1 when a signal ended it. */
export interface Outcome {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly pid: number | undefined;
}

export interface RunOptions {
  readonly input?: Uint8Array | string;
  /** Added to the safe environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further `-c name=value` settings. */
  readonly settings?: readonly string[];
  /** Lets the hooks of the repository run, in the language of the user. */
  readonly hooks?: boolean;
  /** The command writes: it may take locks. */
  readonly writes?: boolean;
}

/** Variables of git that name the user or how git is installed. All others point a command at another repository, or change what it prints. */
const KEPT =
  /^GIT_(?:AUTHOR|COMMITTER)_|^GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)$|^GIT_(?:EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|TEST_ASSUME_DIFFERENT_OWNER)$/u;

const SAFE_SETTINGS = [
  "core.fsmonitor=false",
  "diff.external=",
  "gc.auto=0",
  "maintenance.auto=false",
  "submodule.recurse=false",
  "i18n.commitEncoding=UTF-8",
  "advice.statusHints=false",
];

function safeEnvironment(options: RunOptions): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && (!name.startsWith("GIT_") || KEPT.test(name))) env[name] = value;
  }
  Object.assign(env, { GIT_TERMINAL_PROMPT: "0", GIT_PAGER: "cat", GIT_EDITOR: ":", GIT_SEQUENCE_EDITOR: ":" });
  if (options.hooks !== true) env["LC_ALL"] = "C";
  if (options.writes !== true) env["GIT_OPTIONAL_LOCKS"] = "0";
  return Object.assign(env, options.env);
}

/** Hooks inherit these options: with hooks on, only what the commit itself needs is set. */
function globalArguments(options: RunOptions): string[] {
  if (options.hooks === true) return ["-c", "i18n.commitEncoding=UTF-8", "-c", "gc.auto=0"];
  const settings = [...SAFE_SETTINGS, `core.hooksPath=${devNull}`, ...(options.settings ?? [])];
  return ["--no-pager", "--literal-pathspecs", ...settings.flatMap((setting) => ["-c", setting])];
}

function cannotStart(cause: unknown): GitError {
  return new GitError("CI_FIX_NO_GIT", "git cannot be started.", {
    hint: "Install git (2.30 or newer) and make sure that it is found through PATH.",
    cause,
  });
}

/** Runs one git command in a folder, never through a shell. Resolves whatever its exit code is. */
export async function runGit(
  directory: string,
  command: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const argv = [...globalArguments(options), "-C", directory, ...command];
  const child = spawn("git", argv, { env: safeEnvironment(options), stdio: "pipe", windowsHide: true });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  // A command that ends early closes its input: its exit code tells why.
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const code = await once(child, "close").then(
    (ended: unknown[]) => ended[0],
    (error: unknown) => {
      throw cannotStart(error);
    },
  );
  return {
    code: typeof code === "number" ? code : -1,
    stdout: Buffer.concat(out),
    stderr: Buffer.concat(err).toString("utf8"),
    pid: child.pid,
  };
}

/** The same for a command that only reads, at once. Undefined where it fails or prints more than `limit` bytes. */
export function runGitNow(directory: string, command: readonly string[], limit: number): Buffer | undefined {
  // Blobs that a partial clone left out stay out: fetching them one by one is no reading.
  const env = safeEnvironment({ env: { GIT_NO_LAZY_FETCH: "1" } });
  const argv = [...globalArguments({}), "-C", directory, ...command];
  const { status, stdout, error } = spawnSync("git", argv, { env, maxBuffer: limit, windowsHide: true });
  return status === 0 && error === undefined ? stdout : undefined;
}
