import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { branchesOf } from "../src/source/branches.ts";

const folder = mkdtempSync(join(tmpdir(), "ci-fix-branches-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): void {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "pipe" });
}

it("knows the branches of a clone, packed or not, and only where none can be missing", () => {
  git("init", "-q", "-b", "main", "origin");
  git("-C", "origin", "commit", "-q", "--allow-empty", "-m", "a");
  git("-C", "origin", "branch", "release/1.x");
  expect(branchesOf(join(folder, "origin"))).toEqual({ names: new Set(["main", "release/1.x"]), main: "main" });
  git("-C", "origin", "pack-refs", "--all");
  expect(branchesOf(join(folder, "origin"))?.names).toEqual(new Set(["main", "release/1.x"]));
  git("clone", "-q", "origin", "whole");
  expect(branchesOf(join(folder, "whole"))).toEqual({ names: new Set(["main", "release/1.x"]), main: "main" });
  git("clone", "-q", "--single-branch", "origin", "single");
  expect(branchesOf(join(folder, "single"))).toBeUndefined();
  git("clone", "-q", "--depth=1", "--no-single-branch", `file://${join(folder, "origin")}`, "shallow");
  expect(branchesOf(join(folder, "shallow"))).toBeUndefined();
  expect(branchesOf(folder)).toBeUndefined();
});
