import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** Root of this repository. */
export const root: string = dirname(dirname(fileURLToPath(import.meta.url)));

/** `1770508800 +0000` is 2026-02-08. */
export const date = "1770508800 +0000";
const identity = { name: "Ada Audit", email: "ada@example.org" };

// Whatever the machine's own settings are (signing, line ends, hooks), the tests see none of them.
process.env["GIT_CONFIG_GLOBAL"] = devNull;
process.env["GIT_CONFIG_NOSYSTEM"] = "1";

/** A git repository in a temporary folder. */
export class ScratchRepository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Runs git and gives what it prints. */
  git(...args: readonly string[]): string {
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    return execFileSync("git", args, { cwd: this.folder, encoding: "utf8", env, stdio: ["ignore", "pipe", "pipe"] });
  }

  /** Starts a repository here and commits all that is there. */
  commitAll(message: string): void {
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("config", "user.name", identity.name);
    this.git("config", "user.email", identity.email);
    this.git("add", "--all");
    this.git("commit", "--quiet", `--message=${message}`);
  }

  head(): string {
    return this.git("rev-parse", "HEAD").trim();
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /** The content of every file on disk but git's own, by path. */
  files(): Record<string, string> {
    const paths = readdirSync(this.folder, { recursive: true, encoding: "utf8" }).map((path) =>
      path.replaceAll("\\", "/"),
    );
    const own = paths.filter((path) => !/^\.git(\/|$)/.test(path) && statSync(join(this.folder, path)).isFile());
    return Object.fromEntries(own.sort().map((path) => [path, this.read(path)]));
  }
}

/** Real CI files to try things on; only some machines have them beside the repository. */
export const corpus: string = join(root, "..", "shared", "corpus");
export const hasCorpus: boolean = existsSync(corpus);

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is gone when the test file is done. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ci-fix-"));
  folders.push(folder);
  return folder;
}

/** A repository with one commit that holds a copy of a folder; `source` is absolute, or relative to this repository's root. */
export function repositoryFrom(source: string): ScratchRepository {
  const folder = scratchFolder();
  cpSync(resolve(root, source), folder, { recursive: true });
  const repository = new ScratchRepository(folder);
  repository.commitAll("Start");
  return repository;
}

/** The same repository again, with its history. */
export function copyOf(repository: ScratchRepository): ScratchRepository {
  const folder = scratchFolder();
  cpSync(repository.folder, folder, { recursive: true });
  const copy = new ScratchRepository(folder);
  copy.git("update-index", "-q", "--refresh");
  return copy;
}
