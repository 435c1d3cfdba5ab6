import { chmodSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRepository } from "../src/index.ts";
import { ODD_NAMES, repositoryWith } from "./repository.ts";

describe("dirty paths", () => {
  it("sees every way in which a file can differ from HEAD", async () => {
    const sandbox = repositoryWith(
      Object.fromEntries(
        ["clean", "touched", "edited", "staged", "deleted", "removed", "both", "mode"].map((name) => [
          `ci/${name}.yml`,
          `name: ${name}\n`,
        ]),
      ),
    );
    const past = new Date(1_000_000_000_000);
    utimesSync(join(sandbox.root, "ci/touched.yml"), past, past);
    sandbox.write("ci/edited.yml", "name: new\n");
    sandbox.write("ci/staged.yml", "name: new\n");
    sandbox.git("add", "ci/staged.yml");
    sandbox.write("ci/both.yml", "name: new\n");
    sandbox.git("add", "ci/both.yml");
    sandbox.write("ci/both.yml", "name: both\n");
    rmSync(join(sandbox.root, "ci/deleted.yml"));
    sandbox.git("rm", "--quiet", "--cached", "ci/removed.yml");
    chmodSync(join(sandbox.root, "ci/mode.yml"), 0o755);
    sandbox.write("ci/untracked.yml", "name: untracked\n");
    sandbox.write(".git/info/exclude", "ignored.yml\n");
    sandbox.write("ci/ignored.yml", "name: ignored\n");
    sandbox.write("ci/intended.yml", "name: intended\n");
    sandbox.git("add", "--intent-to-add", "ci/intended.yml");
    const names = [
      "clean",
      "touched",
      "edited",
      "staged",
      "deleted",
      "removed",
      "both",
      "mode",
      "untracked",
      "ignored",
      "intended",
      "absent",
    ];
    const repository = await openRepository(sandbox.root);
    const dirty = await repository.dirtyPaths(names.map((name) => `ci/${name}.yml`));
    const clean = new Set(["clean", "touched", "absent"]);
    expect(dirty).toEqual(names.filter((name) => !clean.has(name)).map((name) => `ci/${name}.yml`));
    expect(await repository.dirtyPaths(["ci", "nowhere"])).toEqual(["ci"]);
  });

  it("is not fooled by a file that git was told not to look at", async () => {
    const sandbox = repositoryWith({ "same.yml": "a: 1\n", "other.yml": "a: 1\n", "sparse.yml": "a: 1\n" });
    sandbox.git("update-index", "--assume-unchanged", "same.yml", "other.yml");
    sandbox.git("update-index", "--skip-worktree", "sparse.yml");
    sandbox.write("other.yml", "a: 2\n");
    rmSync(join(sandbox.root, "sparse.yml"));
    const repository = await openRepository(sandbox.root);
    expect(await repository.dirtyPaths(["same.yml", "other.yml", "sparse.yml"])).toEqual(["other.yml"]);
  });

  it("tells odd names apart", async () => {
    const sandbox = repositoryWith(Object.fromEntries(ODD_NAMES.map((name) => [name, "a: 1\n"])));
    const repository = await openRepository(sandbox.root);
    expect(await repository.dirtyPaths(ODD_NAMES)).toEqual([]);
    for (const name of ODD_NAMES) {
      sandbox.write(name, "a: 2\n");
      expect(await repository.dirtyPaths(ODD_NAMES)).toEqual([name]);
      sandbox.write(name, "a: 1\n");
    }
  });
});
