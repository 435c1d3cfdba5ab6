import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";

/** Names that git quotes, and others that shells and globs would read otherwise. */
export const ODD_NAMES = [
  "with space.yml",
  "-dash.yml",
  'quo"te.yml',
  "line\nend.yml",
  "*.yml",
  ":(top)x.yml",
  "ünï.yml",
  "tab\t.yml",
];

const folders: string[] = [];

beforeEach(() => {
  const env = isolatedEnvironment();
  for (const name of Object.keys(process.env)) if (name.startsWith("GIT_")) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) if (name.startsWith("GIT_")) vi.stubEnv(name, value);
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that goes away after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ci-fix-git-")));
  folders.push(folder);
  return folder;
}

/** Settings of the machine must not decide a test: the only ones are those that a test writes. */
export function isolatedEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !name.startsWith("GIT_")) env[name] = value;
  }
  return { ...env, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: join(import.meta.dirname, "no-such-gitconfig") };
}

/** A real repository, driven by the real git. */
export class Sandbox {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  git(...command: string[]): string {
    return this.gitWith({}, ...command);
  }

  gitWith(env: Record<string, string>, ...command: string[]): string {
    const argv = ["-c", "init.defaultBranch=main", ...command];
    return execFileSync("git", argv, {
      cwd: this.root,
      env: { ...isolatedEnvironment(), ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1 << 28,
    });
  }

  /** What a failing command says; a command that succeeds is a mistake of the test. */
  gitFails(...command: string[]): string {
    try {
      this.git(...command);
    } catch (error) {
      return String(error);
    }
    throw new Error(`git ${command.join(" ")} did not fail`);
  }

  /** For what needs a redirection. */
  shell(script: string): string {
    return execFileSync("sh", ["-c", script], { cwd: this.root, env: isolatedEnvironment(), encoding: "utf8" });
  }

  write(path: string, content: string | Uint8Array, mode?: number): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (mode !== undefined) chmodSync(file, mode);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "-m", message);
    return this.head();
  }

  head(): string {
    return this.git("rev-parse", "HEAD").trim();
  }

  /** All that a user could notice: refs, HEAD and its reflog, the index, the status, and every file of the work tree. */
  state(): Record<string, unknown> {
    const files = readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !join(entry.parentPath, "/").startsWith(join(this.root, ".git/")))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    const show = (...command: string[]): string => this.gitWith({ GIT_OPTIONAL_LOCKS: "0" }, ...command);
    return {
      refs: show("for-each-ref"),
      head: this.read(".git/HEAD"),
      reflog: show("reflog", "--format=%H %gs"),
      index: show("ls-files", "--stage", "-v", "-t"),
      status: show("status", "--porcelain=v2", "--untracked-files=all", "--ignored"),
      gitDir: readdirSync(join(this.root, ".git"))
        .filter((name) => !/^(?:index|mark-.*|COMMIT_EDITMSG)$/u.test(name))
        .sort(),
      files: files.map((file) => [file, readFileSync(file, "latin1"), statSync(file).mode]),
    };
  }

  /** The hooks that ran. */
  marks(): string[] {
    return readdirSync(join(this.root, ".git"))
      .filter((name) => name.startsWith("mark-"))
      .map((name) => name.slice("mark-".length));
  }

  /** A hook that leaves a mark named after itself, then does what the script says. */
  hook(name: string, script = "exit 0"): void {
    this.write(`.git/hooks/${name}`, `#!/bin/sh\necho ran >> "${this.root}/.git/mark-${name}"\n${script}\n`, 0o755);
  }
}

/** A repository with an identity and one commit that holds the given files. */
export function repositoryWith(files: Record<string, string | Uint8Array>, ...init: string[]): Sandbox {
  const sandbox = new Sandbox(temporaryFolder());
  sandbox.git("init", "--quiet", ...init);
  sandbox.git("config", "user.name", "Ada Lovelace");
  sandbox.git("config", "user.email", "ada@example.org");
  for (const [path, content] of Object.entries(files)) sandbox.write(path, content);
  sandbox.commit("Begin");
  return sandbox;
}
