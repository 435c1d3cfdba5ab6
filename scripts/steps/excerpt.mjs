// What the README shows of the command line is what it prints: the commands between its markers are run anew.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { root } from "./run.mjs";

/** The lines `$ ci-fix …` of a page's excerpt, each with what it prints in the repository of fixtures/audit-m04. */
export async function excerpt(page) {
  const commands = [...page.matchAll(/^\$ ci-fix(.*)$/gm)].map(([, args]) => args.trim().split(" "));
  const folder = mkdtempSync(join(tmpdir(), "ci-fix-excerpt-"));
  try {
    const cli = await bundleTo(folder);
    const repository = scratchRepository(join(folder, "tidewright"));
    const shown = commands.map((args) => `$ ci-fix ${args.join(" ")}\n${output(cli, args, repository).trimEnd()}`);
    return `\`\`\`console\n${shown.join("\n\n")}\n\`\`\``;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A bundle of its own, so that the real one is not replaced while somebody runs it. */
async function bundleTo(folder) {
  const outfile = join(folder, "dist", "ci-fix.mjs");
  cpSync(join(root, "packages", "ci-fix", "package.json"), join(folder, "package.json"));
  await bundle({
    entryPoints: [join(root, "packages/ci-fix/src/main.ts")],
    outfile,
  });
  return outfile;
}

const env = {
  ...process.env,
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: "1",
};

function scratchRepository(folder) {
  cpSync(join(root, "fixtures", "audit-m04"), folder, { recursive: true });
  const git = (...args) => execFileSync("git", args, { cwd: folder, env });
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("-c", "user.name=Ada Audit", "-c", "user.email=ada@example.org", "commit", "--quiet", "--message=Start");
  return folder;
}

function output(cli, args, cwd) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], { cwd, env, encoding: "utf8" });
  if (stdout === "") throw new Error(`ci-fix ${args.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}
