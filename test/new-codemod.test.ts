import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root, scratchFolder } from "./scratch-repository.ts";

const id = "harden-curl";
const folder = `codemods/${id}`;
let copy: string;

/** A copy of this repository with the same packages installed, but with links of its own between the workspaces. */
function copyRepository(): string {
  const target = scratchFolder();
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const path of listed.toString().split("\0")) {
    const isTest = path.startsWith("test/") && path !== "test/property-runs.ts";
    const wanted = path !== "" && !isTest && existsSync(join(root, path));
    if (wanted) cpSync(join(root, path), join(target, path), { force: true });
  }
  const modules = join(target, "node_modules");
  mkdirSync(join(modules, "@ci-fix"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "@ci-fix") symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  for (const name of readdirSync(join(root, "node_modules", "@ci-fix"))) {
    symlinkSync(readlinkSync(join(root, "node_modules", "@ci-fix", name)), join(modules, "@ci-fix", name));
  }
  return target;
}

function run(program: string, ...args: readonly string[]): { code: number | null; output: string } {
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, VITEST: undefined };
  const path = join("node_modules", ".bin", program);
  const result =
    program === "node" ? spawnSync(program, args, { cwd: copy, env }) : spawnSync(path, args, { cwd: copy, env });
  return { code: result.status, output: `${String(result.stdout)}${String(result.stderr)}` };
}

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(join(copy, path), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(copy, path), text.replace(from, to));
}

describe("a new codemod", () => {
  beforeAll(() => {
    copy = copyRepository();
  });

  it("is started with one command, without the network", () => {
    const { code, output } = run("node", "scripts/new-codemod.mjs", id, "Makes curl fail on an HTTP error");
    expect(output).toContain(`npx vitest run ${folder}`);
    expect(code).toBe(0);
  });

  it("is registered wherever codemods are known", () => {
    for (const path of [
      "README.md",
      "tsconfig.json",
      "package-lock.json",
      "packages/runner/package.json",
      "packages/runner/tsconfig.json",
      "packages/runner/src/codemods.ts",
      `docs/classes/${id}.md`,
    ]) {
      expect(readFileSync(join(copy, path), "utf8"), path).toContain(id);
    }
    expect(readlinkSync(join(copy, "node_modules", "@ci-fix", id))).toBe(join("..", "..", folder));
  });

  it("passes lint and format as it is, and all that is generated is in step", () => {
    expect(run("oxlint", "--deny-warnings", folder)).toMatchObject({ code: 0 });
    expect(run("oxfmt", "--check", folder, "packages/runner", "tsconfig.json")).toMatchObject({ code: 0 });
    expect(run("node", "scripts/generate.mjs", "--check")).toMatchObject({ code: 0 });
  });

  it("fails its tests until its rule is written, and passes them then", () => {
    expect(run("vitest", "run", folder).code).toBe(1);
    edit(
      `${folder}/src/find.ts`,
      'step.script?.text === "the rule is not written yet"',
      'step.script?.text.endsWith("|| true") === true',
    );
    expect(run("vitest", "run", folder)).toMatchObject({ code: 0 });
  });

  it("compiles", () => {
    expect(run("tsc", "-b", folder)).toMatchObject({ code: 0 });
  });

  it("is refused under a name that is taken or says nothing, and without a line on what it does", () => {
    for (const args of [
      [id, "Again"],
      ["curl", "One word"],
      ["Harden-Curl", "Upper case"],
      ["drop-curl"],
      ["../../oops", "Out of the folder"],
    ]) {
      expect(run("node", "scripts/new-codemod.mjs", ...args).code, args.join(" ")).toBe(1);
    }
  });
});
