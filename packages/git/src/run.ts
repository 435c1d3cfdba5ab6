import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import type { Readable } from "node:stream";
import { GitError } from "./errors.ts";
import { type Budget, currentBudget, exceeded } from "./limits.ts";

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
  /** Protocols through which it may reach another repository, as `GIT_ALLOW_PROTOCOL` lists them. Default: under limits none, else as the user's settings say. */
  readonly protocols?: string;
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
  const protocols = options.protocols ?? (currentBudget() === undefined ? undefined : "none");
  if (protocols !== undefined) env["GIT_ALLOW_PROTOCOL"] = protocols;
  // A blob that a partial clone lacks is missing; it is not fetched behind the back of the limits.
  if (protocols === "none") env["GIT_NO_LAZY_FETCH"] = "1";
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

/** Ends a command and all that it has started, when the budget of its repository is spent. */
function watch(child: ChildProcess, budget: Budget | undefined): () => void {
  const end = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  if (budget?.signal.aborted === true) end();
  budget?.signal.addEventListener("abort", end, { once: true });
  return () => budget?.signal.removeEventListener("abort", end);
}

/** Keeps what a stream prints, up to the limit; beyond it the repository is given up. */
function collect(stream: Readable, budget: Budget | undefined): Buffer[] {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= (budget?.limits.outputBytes ?? Infinity)) chunks.push(chunk);
    else
      budget?.stop(exceeded("CI_FIX_TOO_LARGE", `A git command printed more than ${budget.limits.outputBytes} bytes.`));
  });
  return chunks;
}

/** Runs one git command in a folder, never through a shell. Resolves whatever its exit code is. */
export async function runGit(
  directory: string,
  command: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const budget = currentBudget();
  const argv = [...globalArguments(options), "-C", directory, ...command];
  // In a session of its own no command finds a terminal to ask at, and all that it starts can be ended with it.
  const detached = budget !== undefined;
  const child = spawn("git", argv, { env: safeEnvironment(options), stdio: "pipe", windowsHide: true, detached });
  const ended = watch(child, budget);
  const [out, err] = [collect(child.stdout, budget), collect(child.stderr, budget)];
  // A command that ends early closes its input: its exit code tells why.
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const code = await once(child, "close").then(
    ([first]: unknown[]) => first,
    (error: unknown) => {
      throw cannotStart(error);
    },
  );
  ended();
  if (budget?.signal.aborted === true) throw budget.signal.reason as GitError;
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
