import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { findProgram } from "../src/program.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "ci-fix-vscode-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Manifest {
  readonly main: string;
  readonly engines: { readonly vscode: string };
  readonly scripts: { readonly bundle: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, unknown>> } };
}

const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

describe("the program that it starts", () => {
  const installed = join(scratch, "press", "node_modules", "ci-fix", "dist", "ci-fix.mjs");
  mkdirSync(dirname(installed), { recursive: true });
  writeFileSync(installed, "");
  const folders = [join(scratch, "other"), join(scratch, "press")];

  it("is what the settings say", () => {
    expect(findProgram("/opt/ci-fix", folders)).toEqual({ command: "/opt/ci-fix", args: ["lsp"] });
    expect(findProgram("my-ci-fix", folders)).toEqual({ command: "my-ci-fix", args: ["lsp"] });
    expect(findProgram("tools/ci-fix.mjs", folders)).toEqual({
      command: "node",
      args: [join(scratch, "other", "tools", "ci-fix.mjs"), "lsp"],
    });
  });

  it("else the one that a folder of the workspace has, else that of the PATH", () => {
    expect(findProgram("", folders)).toEqual({ command: "node", args: [installed, "lsp"] });
    expect(findProgram(" ", [join(scratch, "other")])).toEqual({ command: "ci-fix", args: ["lsp"] });
  });
});

describe("the package", () => {
  it("bundles to the file that it names, with nothing left to install but vscode itself", async () => {
    const outfile = join(scratch, "extension.cjs");
    const { metafile } = await build({
      entryPoints: [join(folder, "src", "extension.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["vscode"],
      metafile: true,
      logLevel: "silent",
    });
    const outside = Object.values(metafile.outputs)[0]!
      .imports.filter(({ external }) => external === true)
      .map(({ path }) => path);
    const builtin = new Set(createRequire(import.meta.url)("node:module").builtinModules as string[]);
    expect(outside.filter((path) => !builtin.has(path.replace(/^node:/, "")))).toEqual(
      outside.filter((path) => path === "vscode"),
    );
    expect(outside).toContain("vscode");
    execFileSync(process.execPath, ["--check", outfile]);
    expect(manifest.scripts.bundle).toContain(`--outfile=${manifest.main.slice(2)}`);
  });

  it("asks for the VS Code that its client and its types are made for", () => {
    const wanted = manifest.engines.vscode.slice(1);
    const client = JSON.parse(
      readFileSync(join(folder, "../../node_modules/vscode-languageclient/package.json"), "utf8"),
    ) as Manifest;
    expect(client.engines.vscode).toBe(`^${wanted}`);
    expect(manifest.devDependencies["@types/vscode"]).toBe(wanted);
  });

  it("has the settings that its code reads", () => {
    const code = readFileSync(join(folder, "src", "extension.ts"), "utf8");
    for (const name of Object.keys(manifest.contributes.configuration.properties)) expect(code).toContain(`"${name}"`);
  });
});
