import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { GitError, openRepository, type CommitOptions, type CommitSpec, type GitErrorCode } from "../src/index.ts";
import { repositoryWith, Sandbox, temporaryFolder } from "./repository.ts";

const FILES = {
  ".github/workflows/build.yml": "name: Build\n",
  ".github/workflows/test.yml": "name: Test\n",
  "README.md": "# Read\n",
};
const BUILD = ".github/workflows/build.yml";
const TEST = ".github/workflows/test.yml";
const SPECS: CommitSpec[] = [
  { message: "ci: build", changes: [{ path: BUILD, bytes: Buffer.from("name: Built\n") }] },
  { message: "ci: test", changes: [{ path: TEST, bytes: Buffer.from("name: Tested\n") }] },
];

/** Tries to commit, and checks that it is refused and that the user notices nothing of the attempt. */
async function refused(sandbox: Sandbox, specs: CommitSpec[] = SPECS, options: CommitOptions = {}): Promise<GitError> {
  const repository = await openRepository(sandbox.root);
  const before = sandbox.state();
  const error: unknown = await repository.commitSeries(specs, options).then(
    () => "commits were made",
    (reason: unknown) => reason,
  );
  expect(sandbox.state()).toEqual(before);
  expect(error).toBeInstanceOf(GitError);
  return error as GitError;
}

function changing(path: string): CommitSpec[] {
  return [{ message: "ci: change", changes: [{ path, bytes: Buffer.from("name: Changed\n") }] }];
}

describe("a touched file with work of the user in it", () => {
  const ways: Record<string, (sandbox: Sandbox) => void> = {
    edited: (sandbox) => sandbox.write(TEST, "name: Mine\n"),
    staged: (sandbox) => {
      sandbox.write(TEST, "name: Mine\n");
      sandbox.git("add", TEST);
    },
    "staged, then put back in the work tree": (sandbox) => {
      sandbox.write(TEST, "name: Mine\n");
      sandbox.git("add", TEST);
      sandbox.write(TEST, "name: Test\n");
    },
    deleted: (sandbox) => rmSync(join(sandbox.root, TEST)),
    "removed from the index": (sandbox) => sandbox.git("rm", "--quiet", "--cached", TEST),
    "edited behind assume-unchanged": (sandbox) => {
      sandbox.git("update-index", "--assume-unchanged", TEST);
      sandbox.write(TEST, "name: Mine\n");
    },
    "made executable": (sandbox) => sandbox.shell(`chmod +x ${TEST}`),
    "a link now": (sandbox) => {
      rmSync(join(sandbox.root, TEST));
      symlinkSync("build.yml", join(sandbox.root, TEST));
    },
  };
  it.each(Object.entries(ways))("%s", async (_, prepare) => {
    const sandbox = repositoryWith(FILES);
    prepare(sandbox);
    for (const runHooks of [false, true]) {
      const error = await refused(sandbox, SPECS, { runHooks });
      expect(error.code).toBe("CI_FIX_DIRTY_FILE");
      expect(error.message).toContain(TEST);
      expect(error.message).not.toContain(BUILD);
    }
  });

  it("in the place of a new one, ignored or not", async () => {
    const sandbox = repositoryWith({ ...FILES, ".gitignore": "ignored/\n" });
    for (const path of ["ignored/new.yml", "new.yml", "folder/new.yml"]) {
      sandbox.write(path, "mine\n");
      expect(await refused(sandbox, changing(path))).toMatchObject({ code: "CI_FIX_DIRTY_FILE" });
    }
    expect(await refused(sandbox, changing("new.yml/below.yml"))).toMatchObject({ code: "CI_FIX_DIRTY_FILE" });
    expect(await refused(sandbox, changing("folder"))).toMatchObject({ code: "CI_FIX_DIRTY_FILE" });
  });
});

describe("links and folders are not followed", () => {
  it("refuses symbolic links and submodules, as the file or on the way to it", async () => {
    const sandbox = repositoryWith({ ...FILES, "module/.keep": "" });
    symlinkSync("README.md", join(sandbox.root, "link.yml"));
    symlinkSync(temporaryFolder(), join(sandbox.root, "outside"));
    sandbox.commit("Link");
    rmSync(join(sandbox.root, "module"), { recursive: true });
    sandbox.git("rm", "--quiet", "-r", "--cached", "module");
    sandbox.git("update-index", "--add", "--cacheinfo", `160000,${sandbox.head()},module`);
    sandbox.git("commit", "--quiet", "-m", "Module");
    mkdirSync(join(sandbox.root, "module"));
    for (const path of ["link.yml", "outside/new.yml", "module", "module/new.yml"]) {
      expect(await refused(sandbox, changing(path))).toMatchObject({ code: "CI_FIX_SYMLINK" });
    }
  });

  it("refuses a folder that became a link in the work tree", async () => {
    const sandbox = repositoryWith(FILES);
    const outside = join(temporaryFolder(), "moved");
    renameSync(join(sandbox.root, ".github"), outside);
    symlinkSync(outside, join(sandbox.root, ".github"));
    expect(await refused(sandbox)).toMatchObject({ code: "CI_FIX_SYMLINK" });
    expect(await refused(sandbox, changing(".github/workflows/new.yml"))).toMatchObject({ code: "CI_FIX_SYMLINK" });
  });

  it.each([
    "",
    ".",
    "..",
    "../outside.yml",
    "/etc/passwd",
    "a//b",
    "a/",
    "./a",
    "a/../../b",
    ".git/config",
    "a/.GIT/hooks/pre-commit",
    "README.md/below",
    ".github",
    "nul\0",
    "caf\uFFFD.yml",
    "lone\uD800.yml",
  ])("refuses the path %j", async (path) => {
    const sandbox = repositoryWith(FILES);
    expect(await refused(sandbox, changing(path))).toMatchObject({
      code: expect.stringMatching(/GIT_FAILED|DIRTY_FILE/u),
    });
  });

  it("refuses a commit without a message or without a change", async () => {
    const sandbox = repositoryWith(FILES);
    const same = { message: "ci: same", changes: [{ path: BUILD, bytes: Buffer.from("name: Build\n") }] };
    for (const specs of [
      [{ ...SPECS[0]!, message: " \n" }],
      [{ ...SPECS[0]!, message: "a\0b" }],
      [same],
      [{ message: "ci: none", changes: [] }],
      [SPECS[0]!, SPECS[0]!],
    ]) {
      expect(await refused(sandbox, specs)).toMatchObject({ code: "CI_FIX_GIT_FAILED" });
    }
  });
});

describe("git is in the middle of something", () => {
  /** Two branches that changed the README in two ways. */
  function diverged(): Sandbox {
    const sandbox = repositoryWith(FILES);
    sandbox.git("checkout", "--quiet", "-b", "side");
    sandbox.write("README.md", "# Side\n");
    sandbox.commit("Side");
    sandbox.write("README.md", "# Side again\n");
    sandbox.commit("Side again");
    sandbox.git("checkout", "--quiet", "main");
    sandbox.write("README.md", "# Main\n");
    sandbox.commit("Main");
    return sandbox;
  }

  const ways: Record<string, (sandbox: Sandbox) => void> = {
    merge: (sandbox) => sandbox.gitFails("merge", "side"),
    rebase: (sandbox) => sandbox.gitFails("rebase", "side"),
    "rebase of the older kind": (sandbox) => sandbox.gitFails("rebase", "--apply", "side"),
    "cherry-pick": (sandbox) => sandbox.gitFails("cherry-pick", "side"),
    "cherry-pick between two picks": (sandbox) => {
      sandbox.gitFails("cherry-pick", "main..side");
      sandbox.write("README.md", "# Both\n");
      sandbox.commit("Resolved");
    },
    revert: (sandbox) => sandbox.gitFails("revert", "--no-edit", "side"),
    bisect: (sandbox) => {
      sandbox.git("bisect", "start");
    },
    am: (sandbox) => {
      sandbox.write(".git/side.patch", sandbox.git("format-patch", "--stdout", "main~1..side"));
      sandbox.gitFails("am", ".git/side.patch");
    },
  };
  it.each(Object.entries(ways))("%s", async (name, begin) => {
    const sandbox = diverged();
    begin(sandbox);
    const operation = name.split(" ", 1)[0];
    expect(await (await openRepository(sandbox.root)).operation()).toBe(operation);
    const error = await refused(sandbox);
    expect(error).toMatchObject({
      code: "CI_FIX_OPERATION_IN_PROGRESS",
      message: expect.stringContaining(`a ${operation}`),
    });
    // The hint is right: doing what it says clears the way.
    const command = /git (?:[a-z-]+ --abort|bisect reset)$/u.exec(error.hint ?? "")?.[0] ?? "";
    sandbox.git(...command.split(" ").slice(1));
    expect(await (await openRepository(sandbox.root)).commitSeries(SPECS, {})).toHaveLength(2);
  });

  it("files with conflicts, but no operation", async () => {
    const sandbox = diverged();
    sandbox.gitFails("merge", "side");
    rmSync(join(sandbox.root, ".git/MERGE_HEAD"));
    expect(await refused(sandbox)).toMatchObject({ message: expect.stringContaining("conflicts") });
  });
});

describe("the repository cannot take a commit", () => {
  it("has none yet", async () => {
    const sandbox = new Sandbox(temporaryFolder());
    sandbox.git("init", "--quiet");
    const repository = await openRepository(sandbox.root);
    await expect(repository.commitSeries(SPECS, {})).rejects.toMatchObject({ code: "CI_FIX_NO_COMMIT" });
    expect(await repository.log({})).toEqual([]);
  });

  it("does not know who commits", async () => {
    const sandbox = repositoryWith(FILES);
    sandbox.git("config", "--unset", "user.name");
    sandbox.git("config", "--unset", "user.email");
    sandbox.git("config", "user.useConfigOnly", "true");
    expect(await refused(sandbox)).toMatchObject({
      code: "CI_FIX_NO_IDENTITY",
      hint: expect.stringContaining("git config"),
    });
  });

  it.each(["yesterday", "1770508800", "1770508800 0000", "1770508800 +0000\nfrom x"])(
    "is given the date %j",
    async (date) => {
      expect(await refused(repositoryWith(FILES), SPECS, { date })).toMatchObject({
        code: "CI_FIX_GIT_FAILED",
        message: expect.stringContaining("date"),
      });
    },
  );

  it("has the branch checked out twice", async () => {
    const sandbox = repositoryWith(FILES);
    const other = join(temporaryFolder(), "other");
    sandbox.git("worktree", "add", "--quiet", "--force", other, "main");
    expect(await refused(sandbox)).toMatchObject({
      code: "CI_FIX_BRANCH_CHECKED_OUT_ELSEWHERE",
      hint: expect.stringContaining(other),
    });
    rmSync(other, { recursive: true });
    expect(await (await openRepository(sandbox.root)).commitSeries(SPECS, {})).toHaveLength(2);
  });

  it.each([["index.lock"], ["HEAD.lock"], ["refs/heads/main.lock"]])("is locked by %s", async (lock) => {
    const sandbox = repositoryWith({ ...FILES, "new.txt": "old\n" });
    sandbox.write("new.txt", "mine\n");
    sandbox.git("add", "new.txt");
    writeFileSync(join(sandbox.root, ".git", lock), "");
    for (const runHooks of [false, true]) {
      const error = await refused(sandbox, SPECS, { runHooks });
      expect(error).toMatchObject({ code: "CI_FIX_GIT_FAILED", message: expect.stringContaining(` ${lock} exists`) });
      expect(error.message).not.toContain(sandbox.root);
    }
  });
});

describe("HEAD moves meanwhile", () => {
  /** A program that git runs while the commits are built lets somebody else commit at that moment. */
  function interrupted(sandbox: Sandbox, script: string): void {
    const bin = temporaryFolder();
    const real = sandbox.shell("command -v git").trim();
    const run = `#!/bin/sh\ncase " $* " in *" fast-import "*) ( cd "${sandbox.root}" && PATH="${process.env["PATH"] ?? ""}" && ${script} ) >&2;; esac\nexec "${real}" "$@"\n`;
    writeFileSync(join(bin, "git"), run, { mode: 0o755 });
    vi.stubEnv("PATH", `${bin}:${process.env["PATH"] ?? ""}`);
  }

  const ways: Record<string, [string, GitErrorCode]> = {
    "by a commit": ["git commit --quiet --allow-empty -m Meanwhile", "CI_FIX_MOVED"],
    "back by a reset": ["git reset --quiet --hard HEAD~1", "CI_FIX_MOVED"],
    "to another branch": ["git checkout --quiet -b other", "CI_FIX_MOVED"],
    "or a touched file is edited": ["echo mine > .github/workflows/test.yml", "CI_FIX_DIRTY_FILE"],
  };
  it.each(Object.entries(ways))("%s", async (_, [script, code]) => {
    const sandbox = repositoryWith({ "README.md": "# First\n" });
    for (const [path, text] of Object.entries(FILES)) sandbox.write(path, text);
    sandbox.commit("Second");
    const expected = repositoryStateAfter(sandbox, script);
    interrupted(sandbox, script);
    const repository = await openRepository(sandbox.root);
    await expect(repository.commitSeries(SPECS, {})).rejects.toMatchObject({ code });
    expect(sandbox.git("log", "--all", "--format=%s")).toBe(expected.log);
    expect(sandbox.git("status", "--porcelain")).toBe(expected.status);
  });

  function repositoryStateAfter(sandbox: Sandbox, script: string): { log: string; status: string } {
    const copy = new Sandbox(join(temporaryFolder(), "copy"));
    sandbox.shell(`cp -a "${sandbox.root}" "${copy.root}"`);
    copy.shell(script);
    return { log: copy.git("log", "--all", "--format=%s"), status: copy.git("status", "--porcelain") };
  }
});
