import { describe, expect, it } from "vitest";
import { changed, checkJson, commit, file, old, repositoryWith, soft, withUnit } from "./checked-repository.ts";
import { runInside } from "./in-process.ts";
import { scratchFolder } from "./scratch-repository.ts";

describe("what is the same under another name is not new", () => {
  it.each([
    ["lines have moved", old.replace("jobs:\n", "\n# the tests\n\njobs:\n")],
    ["the step is renamed", old.replace("Run slow tests", "Run the slow tests")],
    ["the step has lost its name", old.replace("- name: Run slow tests\n        continue", "- continue")],
    ["the job is renamed", old.replace("  unit:", "  units:")],
    ["a step is put before it", old.replace("      - name: Run slow", "      - run: make\n      - name: Run slow")],
  ])("%s", async (_what, after) => {
    expect(await changed(old, after)).toMatchObject({ code: 0, new: [], gone: [], tolerated: [{}] });
  });

  it("the file is renamed", async () => {
    const repository = repositoryWith({ [file]: old });
    repository.git("mv", file, ".github/workflows/tests.yml");
    repository.git("commit", "--quiet", "--message=Rename");
    expect(await checkJson(repository.folder)).toMatchObject({ code: 0, new: [], gone: [], tolerated: [{}] });
  });

  it("one of two alike is renamed, and makes room for no more", async () => {
    const step = old.slice(old.indexOf("      - name: Run slow"));
    const renamed = step.replace("Run slow tests", "Run the slow tests");
    const added = step.replace("Run slow tests", "Run more tests");
    expect(await changed(old + step, old + renamed)).toMatchObject({ code: 0, new: [], gone: [] });
    expect(await changed(old + step, old + renamed + added)).toMatchObject({ code: 1, new: [{}] });
  });

  it("but a soft-fail that goes from one step to another is", async () => {
    const found = await changed(old, withUnit(soft, old.replace(soft, "")));
    expect(found).toMatchObject({ code: 1, new: [{}], gone: [{ step: "Run slow tests" }] });
  });

  it("and so is a second one of the same name", async () => {
    const step = old.slice(old.indexOf("      - name: Run slow"));
    expect(await changed(old, old + step)).toMatchObject({ code: 1, new: [{}], tolerated: [{}] });
  });
});

describe("the base", () => {
  it("is where the branch parted, whatever came to the default branch since", async () => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, "README.md", "# Orchard\n");
    repository.git("switch", "--quiet", "main");
    commit(repository, file, old.replace(soft, ""));
    repository.git("switch", "--quiet", "topic");
    expect((await checkJson(repository.folder)).code).toBe(0);
    expect((await checkJson(repository.folder, "--base", "main")).code).toBe(1);
  });

  it.each(["main", "topic"])("is refused with a hint where a shallow clone does not have it (%s)", async (fallback) => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, file, withUnit(soft));
    repository.git("switch", "--quiet", fallback);
    const folder = scratchFolder();
    repository.git("clone", "--quiet", "--depth=1", "--branch=topic", `file://${repository.folder}`, folder);
    const { code, stdout, stderr } = await runInside(folder, ["check"]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toContain("error[CI_FIX_NO_BASE]");
    expect(stderr).toMatch(/shallow/);
    expect(stderr).toMatch(/fetch-depth: 0/);
  });

  it("is refused where there is no such revision", async () => {
    const repository = repositoryWith({ [file]: old });
    const { code, stderr } = await runInside(repository.folder, ["check", "--base", "no-such-branch"]);
    expect(code).toBe(4);
    expect(stderr).toContain('there is no commit "no-such-branch" here');
  });

  it("can be given by hand in a shallow clone", async () => {
    const repository = repositoryWith({ [file]: old });
    const folder = scratchFolder();
    repository.git("clone", "--quiet", "--depth=1", `file://${repository.folder}`, folder);
    expect((await runInside(folder, ["check", "--base", "HEAD"])).code).toBe(0);
  });

  it("is the branch that a pull request goes to", async () => {
    const repository = repositoryWith({ [file]: withUnit(soft) });
    repository.git("update-ref", "refs/remotes/origin/release", "HEAD");
    commit(repository, file, old);
    repository.git("branch", "--force", "main", "HEAD");
    commit(repository, file, withUnit(soft));
    expect((await runInside(repository.folder, ["check"])).code).toBe(1);
    expect((await runInside(repository.folder, ["check"], { GITHUB_BASE_REF: "release" })).code).toBe(0);
  });
});

it("annotations stay in their place, whatever a name holds", async () => {
  const repository = repositoryWith({ [file]: old });
  commit(repository, file, withUnit(soft).replace("Run unit tests", '"tests%0A::error::forged, \\n::error::again"'));
  const { code, stdout } = await runInside(repository.folder, ["check", "--format", "github"]);
  expect(code).toBe(1);
  expect(stdout.match(/^::\w+/gm)).toEqual(["::error", "::notice"]);
  expect(stdout).toContain("tests%250A::error");
  expect(stdout).toContain("INV-060 violated (1 new)");
});
