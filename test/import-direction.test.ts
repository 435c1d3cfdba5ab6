import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Folders in the order in which data walks; each may import those before it that stand in its list. */
const may: Record<string, readonly string[]> = {
  "packages/yaml-editor": ["yaml"],
  "packages/workflow": ["@ci-fix/yaml-editor", "@ci-fix/expression"],
  "packages/shell-script": ["@ci-fix/workflow", "unbash"],
  "packages/codemod": ["@ci-fix/yaml-editor", "@ci-fix/workflow", "node:fs"],
  "packages/js-script": ["@ci-fix/expression", "jscodeshift", "node:module"],
  "packages/judgement": ["@ci-fix/yaml-editor", "@ci-fix/expression", "@ci-fix/workflow", "@ci-fix/codemod"],
  "codemods/strip-soft-fail": [
    "@ci-fix/expression",
    "@ci-fix/workflow",
    "@ci-fix/proof",
    "@ci-fix/codemod",
    "@ci-fix/judgement",
  ],
  "packages/proof": ["@ci-fix/expression", "@ci-fix/workflow", "node:crypto"],
  "packages/register": ["@ci-fix/yaml-editor", "@ci-fix/workflow", "@ci-fix/codemod", "node:crypto"],
  "packages/git": ["node:fs", "node:child_process"],
  "packages/runner": ["@ci-fix/git", "@ci-fix/register", "@ci-fix/codemod", "@ci-fix/strip-soft-fail", "node:fs"],
  "packages/audit": ["@ci-fix/runner", "@ci-fix/proof", "@ci-fix/judgement", "node:fs/promises"],
  "packages/report": ["@ci-fix/register", "@ci-fix/runner", "@ci-fix/audit", "node:util"],
  "packages/forge": ["node:child_process"],
  "packages/batch": ["@ci-fix/git", "@ci-fix/runner", "@ci-fix/report", "@ci-fix/forge", "node:fs"],
  "packages/language-server": ["@ci-fix/report/text", "@ci-fix/runner", "@ci-fix/git", "node:fs/promises"],
  "packages/ci-fix": [
    "@ci-fix/language-server",
    "@ci-fix/report",
    "@ci-fix/audit",
    "@ci-fix/runner",
    "@ci-fix/git",
    "node:fs",
  ],
};

const mayNot: Record<string, readonly string[]> = {
  "packages/yaml-editor": ["@ci-fix/expression", "@ci-fix/workflow", "node:fs"],
  "packages/expression": ["yaml", "@ci-fix/yaml-editor", "node:fs"],
  "packages/workflow": ["yaml", "@ci-fix/codemod", "@ci-fix/runner", "node:fs"],
  "packages/shell-script": ["yaml", "@ci-fix/codemod", "@ci-fix/judgement", "node:child_process"],
  "packages/codemod": ["yaml", "unbash", "@ci-fix/register", "@ci-fix/strip-soft-fail", "@ci-fix/git"],
  "packages/js-script": ["yaml", "@ci-fix/workflow", "node:fs"],
  "packages/judgement": ["yaml", "@ci-fix/strip-soft-fail", "@ci-fix/proof", "node:fs"],
  "codemods/strip-soft-fail": [
    "yaml",
    "@ci-fix/git",
    "@ci-fix/register",
    "@ci-fix/drop-dead-jobs",
    "node:fs",
    "node:path",
  ],
  "packages/proof": ["yaml", "@ci-fix/codemod", "@ci-fix/runner", "@ci-fix/strip-soft-fail", "node:fs"],
  "packages/register": ["yaml", "@ci-fix/runner", "@ci-fix/git", "node:fs/promises", "node:child_process"],
  "packages/git": ["yaml", "@ci-fix/workflow", "@ci-fix/codemod", "@ci-fix/yaml-editor"],
  "packages/runner": ["yaml", "@ci-fix/report", "@ci-fix/audit", "ci-fix"],
  "packages/audit": ["yaml", "@ci-fix/report", "@ci-fix/report/audit", "node:child_process", "ci-fix"],
  "packages/report": ["yaml", "@ci-fix/git", "node:fs", "ci-fix"],
  "packages/forge": ["yaml", "@ci-fix/batch", "@ci-fix/git"],
  "packages/batch": ["yaml", "ci-fix"],
  "packages/language-server": [
    "yaml",
    "@ci-fix/yaml-editor",
    "@ci-fix/strip-soft-fail",
    "node:child_process",
    "ci-fix",
  ],
  "packages/ci-fix": ["yaml"],
};

let folder: string;
let refused: Set<string>;

/** A repository of the same shape, in which each file imports one thing. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ci-fix-imports-"));
  const config = JSON.parse(await readFile(join(root, ".oxlintrc.json"), "utf8")) as Record<string, unknown>;
  await writeFile(join(folder, ".oxlintrc.json"), JSON.stringify({ ...config, options: {} }));
  for (const list of [may, mayNot]) {
    for (const [place, names] of Object.entries(list)) {
      for (const name of names) {
        const path = join(folder, fileFor(place, name));
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, `import * as imported from "${name}";\nexport const used: unknown = imported;\n`);
      }
    }
  }
  refused = new Set(await lint());
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function fileFor(place: string, name: string): string {
  return `${place}/src/imports-${name.replaceAll(/[^a-z]+/g, "-")}.ts`;
}

/** Files in which an import is refused. */
function lint(): Promise<string[]> {
  return new Promise((resolve) => {
    const program = join(root, "node_modules", ".bin", "oxlint");
    execFile(program, ["--format=json"], { cwd: folder, maxBuffer: 1 << 24 }, (_, stdout) => {
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
      resolve(diagnostics.filter(({ code }) => code.includes("no-restricted-imports")).map(({ filename }) => filename));
    });
  });
}

describe("imports go one way", () => {
  for (const [place, names] of Object.entries(mayNot)) {
    it(`${place} may not import ${names.join(", ")}`, () => {
      expect(names.filter((name) => !refused.has(fileFor(place, name)))).toEqual([]);
    });
  }
  for (const [place, names] of Object.entries(may)) {
    it(`${place} may import ${names.join(", ")}`, () => {
      expect(names.filter((name) => refused.has(fileFor(place, name)))).toEqual([]);
    });
  }
});
