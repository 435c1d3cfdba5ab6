import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The bundle, as users run it. */
export const bundle: string = fileURLToPath(new URL("../dist/ci-fix.mjs", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What of the environment may decide about colour is taken out, so that each test says it. */
export function ciFix(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  if (!existsSync(bundle)) throw new Error("there is no bundle yet: npm run build");
  const { NO_COLOR: _none, FORCE_COLOR: _forced, CI: _ci, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...rest, ...env },
  });
  return { code: status, stdout, stderr };
}

/** Written at once: four calls of git take their time. */
const CONFIG = "[user]\n name = Ada\n email = ada@example.org\n[commit]\n gpgsign = false\n[core]\n autocrlf = false\n";

/** An empty folder whose path has no link in it. */
export function emptyFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "ci-fix-cli-")));
}

/** A git repository with these files in one commit. */
export function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = emptyFolder();
  git(folder, "init", "--quiet", "--initial-branch=main");
  appendFileSync(join(folder, ".git/config"), CONFIG);
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Start");
  return folder;
}

export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8" });
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A copy of a repository, so that a test can do with it what it likes. */
export function copyOf(repository: string): string {
  const folder = emptyFolder();
  cpSync(repository, folder, { recursive: true });
  git(folder, "update-index", "--refresh");
  return folder;
}
