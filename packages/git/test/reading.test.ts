import { chmodSync, existsSync, mkdirSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openRepository } from "../src/index.ts";
import { ODD_NAMES, repositoryWith, Sandbox, temporaryFolder } from "./repository.ts";

describe("opening", () => {
  it("finds the root from a folder inside", async () => {
    const sandbox = repositoryWith({ "docs/guide/start.md": "# Start\n" });
    const repository = await openRepository(join(sandbox.root, "docs/guide"));
    expect(repository).toMatchObject({ root: sandbox.root, gitDir: join(sandbox.root, ".git"), bare: false });
  });

  it("refuses a folder outside of any repository, and one that does not exist", async () => {
    const folder = temporaryFolder();
    await expect(openRepository(folder)).rejects.toMatchObject({ code: "CI_FIX_NOT_A_REPOSITORY" });
    await expect(openRepository(join(folder, "gone"))).rejects.toMatchObject({ code: "CI_FIX_NOT_A_REPOSITORY" });
  });

  it("refuses the git directory of a work tree", async () => {
    const sandbox = repositoryWith({});
    await expect(openRepository(join(sandbox.root, ".git"))).rejects.toMatchObject({ code: "CI_FIX_NOT_A_REPOSITORY" });
  });

  it("says when there is no git", async () => {
    const sandbox = repositoryWith({});
    vi.stubEnv("PATH", temporaryFolder());
    await expect(openRepository(sandbox.root)).rejects.toMatchObject({ code: "CI_FIX_NO_GIT" });
  });

  it("refuses a repository that belongs to somebody else", async () => {
    const sandbox = repositoryWith({});
    vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    await expect(openRepository(sandbox.root)).rejects.toMatchObject({
      code: "CI_FIX_UNSAFE_OWNER",
      hint: expect.stringContaining("safe.directory"),
    });
  });

  it("is not led elsewhere by variables that a hook or an alias has set", async () => {
    const here = repositoryWith({ "here.txt": "here\n" });
    const elsewhere = repositoryWith({ "elsewhere.txt": "elsewhere\n" });
    vi.stubEnv("GIT_DIR", join(elsewhere.root, ".git"));
    vi.stubEnv("GIT_WORK_TREE", elsewhere.root);
    vi.stubEnv("GIT_INDEX_FILE", join(elsewhere.root, ".git/index"));
    const repository = await openRepository(here.root);
    expect(repository.root).toBe(here.root);
    expect(await repository.head()).toEqual({ ref: "refs/heads/main", oid: here.head() });
    expect(await repository.dirtyPaths(["here.txt"])).toEqual([]);
  });

  it("opens a repository in a folder whose name ends a line", async () => {
    const sandbox = new Sandbox(join(temporaryFolder(), "two\nlines"));
    mkdirSync(sandbox.root);
    sandbox.git("init", "--quiet");
    expect(await openRepository(sandbox.root)).toMatchObject({
      root: sandbox.root,
      gitDir: join(sandbox.root, ".git"),
    });
  });
});

describe("head and revisions", () => {
  it("tells a branch, a detached HEAD and a repository without a commit", async () => {
    const sandbox = repositoryWith({});
    const repository = await openRepository(sandbox.root);
    expect(await repository.head()).toEqual({ ref: "refs/heads/main", oid: sandbox.head() });
    sandbox.git("checkout", "--quiet", "--detach");
    expect(await repository.head()).toEqual({ ref: undefined, oid: sandbox.head() });
    sandbox.git("checkout", "--quiet", "--orphan", "fresh");
    expect(await repository.head()).toEqual({ ref: "refs/heads/fresh", oid: undefined });
  });

  it("resolves branches, tags of tags and searches, and nothing that looks like an option", async () => {
    const sandbox = repositoryWith({ "a.txt": "a\n" });
    sandbox.git("tag", "-a", "v1", "-m", "one");
    sandbox.git("tag", "-a", "release", "-m", "again", "v1");
    const repository = await openRepository(sandbox.root);
    for (const revision of ["HEAD", "main", "v1", "release", ":/Begin", sandbox.head()]) {
      expect(await repository.resolve(revision)).toBe(sandbox.head());
    }
    for (const revision of ["", "--all", "nowhere", "HEAD~1", "HEAD:a.txt", "f".repeat(40)]) {
      expect(await repository.resolve(revision)).toBeUndefined();
    }
  });
});

describe("trees and blobs", () => {
  it("lists files with odd names, below folders and as they are", async () => {
    const files = Object.fromEntries(ODD_NAMES.map((name) => [`ci/${name}`, `name: ${name.length}\n`]));
    const sandbox = repositoryWith({ ...files, "README.md": "# Read\n" });
    const repository = await openRepository(sandbox.root);
    const below = await repository.listTree(sandbox.head(), ["ci/"]);
    expect(below.map((entry) => entry.path).sort()).toEqual(Object.keys(files).sort());
    for (const path of Object.keys(files)) {
      expect(await repository.listTree(sandbox.head(), [path])).toMatchObject([{ path, mode: "100644" }]);
    }
    expect(await repository.listTree(sandbox.head(), ["nowhere"])).toEqual([]);
    expect(await repository.listTree(sandbox.head())).toHaveLength(ODD_NAMES.length + 1);
  });

  it("tells symbolic links, executables and submodules by their mode", async () => {
    const sandbox = repositoryWith({ "run.sh": "echo\n", "ci.yml": "on: push\n" });
    chmodSync(join(sandbox.root, "run.sh"), 0o755);
    symlinkSync("ci.yml", join(sandbox.root, "link.yml"));
    sandbox.git("update-index", "--add", "--cacheinfo", `160000,${sandbox.head()},module`);
    sandbox.git("add", "run.sh", "link.yml");
    sandbox.git("commit", "--quiet", "-m", "Modes");
    const repository = await openRepository(sandbox.root);
    const modes = (await repository.listTree(sandbox.head())).map((entry) => [entry.path, entry.mode]);
    expect(Object.fromEntries(modes)).toEqual({
      "ci.yml": "100644",
      "link.yml": "120000",
      module: "160000",
      "run.sh": "100755",
    });
  });

  it("tells a name that is not UTF-8 instead of passing another name off as it", async () => {
    const sandbox = repositoryWith({ "a.txt": "a\n" });
    const blob = sandbox.git("rev-parse", "HEAD:a.txt").trim();
    const odd = join(sandbox.root, "tree");
    sandbox.write(
      "tree",
      Buffer.concat([Buffer.from(`100644 blob ${blob}\tcaf`), Buffer.from([0xe9]), Buffer.from(".yml\0")]),
    );
    const tree = sandbox.shell(`git mktree -z < "${odd}"`).trim();
    const commit = sandbox.git("commit-tree", tree, "-m", "Latin").trim();
    const repository = await openRepository(sandbox.root);
    expect(await repository.listTree(commit)).toEqual([
      { path: "caf\uFFFD.yml", mode: "100644", oid: blob, inexact: true },
    ]);
  });

  it("reads blobs of all sizes exactly and leaves out what is missing or no blob", async () => {
    const bytes = {
      empty: Buffer.alloc(0),
      nul: Buffer.from([0, 10, 0, 13, 255]),
      large: Buffer.alloc(3_000_000, "missing\n"),
    };
    const sandbox = repositoryWith(bytes);
    const repository = await openRepository(sandbox.root);
    const entries = await repository.listTree(sandbox.head());
    const absent = "1".repeat(40);
    const blobs = await repository.readBlobs([
      ...entries.map((entry) => entry.oid),
      absent,
      sandbox.head(),
      sandbox.git("rev-parse", "HEAD:nul").trim(),
    ]);
    expect(blobs.size).toBe(3);
    for (const entry of entries) {
      expect(Buffer.compare(blobs.get(entry.oid)!, bytes[entry.path as keyof typeof bytes])).toBe(0);
    }
    expect(await repository.readBlobs([])).toEqual(new Map());
    await expect(repository.readBlobs(["HEAD"])).rejects.toMatchObject({ code: "CI_FIX_GIT_FAILED" });
  });

  it("reads a sha256 repository", async () => {
    const sandbox = repositoryWith({ "ci.yml": "on: push\n" }, "--object-format=sha256");
    const repository = await openRepository(sandbox.root);
    const oids = (await repository.listTree(sandbox.head())).map((entry) => entry.oid);
    expect(oids).toEqual([sandbox.git("rev-parse", "HEAD:ci.yml").trim()]);
    expect([...(await repository.readBlobs(oids)).values()].map(String)).toEqual(["on: push\n"]);
  });
});

describe("the log", () => {
  it("gives whole messages, newest first, of all of the history or of paths", async () => {
    const sandbox = repositoryWith({ "a.yml": "a: 1\n" });
    sandbox.write("a.yml", "a: 2\n");
    const message = "ci: change a\n\nBody with ünïcode.\n\nCi-Fix-Risk: M03-R04\n";
    sandbox.gitWith({ GIT_AUTHOR_DATE: "1770508800 +0100" }, "commit", "--quiet", "-a", "-m", message);
    const change = sandbox.head();
    sandbox.write("b.yml", "b: 1\n");
    sandbox.commit("Add b");
    const repository = await openRepository(sandbox.root);
    expect((await repository.log({})).map((entry) => entry.subject)).toEqual(["Add b", "ci: change a", "Begin"]);
    expect((await repository.log({ paths: ["a.yml"], limit: 1 }))[0]).toEqual({
      oid: change,
      parents: [sandbox.git("rev-parse", "HEAD~2").trim()],
      authorTime: 1_770_508_800,
      subject: "ci: change a",
      message,
    });
    expect(await repository.log({ from: change, limit: 1 })).toMatchObject([{ oid: change }]);
    expect(await repository.log({ without: change })).toMatchObject([{ subject: "Add b" }]);
    await expect(repository.log({ from: "nowhere" })).rejects.toMatchObject({ code: "CI_FIX_NO_COMMIT" });
  });

  it("finds commits by words of their message, taken literally", async () => {
    const sandbox = repositoryWith({});
    const wanted = sandbox.commit("ci: one\n\nCi-Fix-Risk: M03-R04 (a.b)");
    sandbox.commit("ci: two\n\nCi-Fix-Risk: M03-R04 (aXb)");
    const repository = await openRepository(sandbox.root);
    expect((await repository.log({ containing: "R04 (a.b)" })).map((entry) => entry.oid)).toEqual([wanted]);
    expect(await repository.log({ containing: "--all" })).toEqual([]);
  });

  it("finds a commit on a side branch although the merge dropped what it did", async () => {
    const sandbox = repositoryWith({ "a.yml": "a: 1\n" });
    sandbox.git("checkout", "--quiet", "-b", "side");
    sandbox.write("a.yml", "a: 2\n");
    const side = sandbox.commit("Side");
    sandbox.git("checkout", "--quiet", "main");
    sandbox.git("merge", "--quiet", "--no-ff", "-s", "ours", "-m", "Merge", "side");
    const repository = await openRepository(sandbox.root);
    expect((await repository.log({ paths: ["a.yml"] })).map((entry) => entry.oid)).toContain(side);
  });

  it("reads the encoding that a commit names", async () => {
    const sandbox = repositoryWith({});
    sandbox.write("message", Buffer.from("Caf\u00e9\n", "latin1"));
    sandbox.git("-c", "i18n.commitEncoding=ISO-8859-1", "commit", "--quiet", "--allow-empty", "-F", "message");
    const repository = await openRepository(sandbox.root);
    expect((await repository.log({ limit: 1 }))[0]?.subject).toBe("Café");
  });
});

describe("reading leaves nothing behind and runs nothing", () => {
  it("runs no hook, filter, monitor, pager or diff program, and writes no index", async () => {
    const sandbox = repositoryWith({ "ci.yml": "on: push\n", ".gitattributes": "*.yml filter=loud diff=loud\n" });
    const program = join(sandbox.root, ".git/loud");
    sandbox.write(".git/loud", `#!/bin/sh\ntouch "${sandbox.root}/.git/mark-loud"\ncat\n`, 0o755);
    for (const key of [
      "filter.loud.clean",
      "filter.loud.smudge",
      "diff.external",
      "diff.loud.textconv",
      "core.fsmonitor",
      "core.pager",
    ]) {
      sandbox.git("config", key, program);
    }
    for (const hook of ["post-index-change", "reference-transaction", "pre-commit", "post-checkout"])
      sandbox.hook(hook);
    utimesSync(join(sandbox.root, "ci.yml"), new Date(0), new Date(0));
    const index = sandbox.read(".git/index");
    const repository = await openRepository(sandbox.root);
    const entries = await repository.listTree(sandbox.head());
    await repository.readBlobs(entries.map((entry) => entry.oid));
    await repository.dirtyPaths(["ci.yml"]);
    await repository.log({ paths: ["ci.yml"] });
    await repository.operation();
    expect(existsSync(join(sandbox.root, ".git/mark-loud"))).toBe(false);
    expect(sandbox.read(".git/index")).toBe(index);
    expect(sandbox.marks()).toEqual([]);
  });
});
