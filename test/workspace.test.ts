import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./scratch-repository.ts";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

interface Lock {
  readonly packages: Record<string, Partial<Manifest>>;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
const manifestOf = (folder: string): Manifest => readJson(`${folder}/package.json`) as Manifest;

const folders = ["packages", "codemods"]
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .filter((folder) => existsSync(join(root, folder, "package.json")));
const folderOf = new Map(folders.map((folder) => [manifestOf(folder).name, folder]));
const all = (manifest: Partial<Manifest> = {}): Record<string, string> => ({
  ...manifest.dependencies,
  ...manifest.devDependencies,
});
/** What the sources import; a bundled package has it under devDependencies. */
const imported = ({ dependencies, devDependencies }: Manifest): string[] =>
  Object.keys(dependencies ?? devDependencies ?? {}).filter((name) => folderOf.has(name));

const referencesOf = (config: string): string[] => {
  const { references } = readJson(config) as { references?: { path: string }[] };
  return (references ?? []).map(({ path }) => posix.join(posix.dirname(config), path));
};

it("tsc -b at the root builds every package", () => {
  expect(new Set(referencesOf("tsconfig.json"))).toEqual(new Set(folders));
});

describe.each(folders)("%s", (folder) => {
  const manifest = manifestOf(folder);

  it("is in the lock with the dependencies that it has", () => {
    const { packages } = readJson("package-lock.json") as Lock;
    expect(all(packages[folder])).toEqual(all(manifest));
  });

  it("is compiled after what it depends on", () => {
    const references = referencesOf(`${folder}/tsconfig.json`);
    expect(imported(manifest).filter((name) => !references.includes(folderOf.get(name) ?? ""))).toEqual([]);
  });

  it("names its dependencies by exact version", () => {
    const versions = Object.values(all(manifest));
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it("says what it runs on and under which licence", () => {
    expect(manifest).toMatchObject({ license: "MIT", engines: { node: ">=20.19" } });
  });
});
