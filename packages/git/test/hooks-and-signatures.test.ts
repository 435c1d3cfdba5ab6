import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRepository, type CommitSpec } from "../src/index.ts";
import { repositoryWith, type Sandbox, temporaryFolder } from "./repository.ts";

const FILES = { "ci/build.yml": "name: Build\n", "ci/test.yml": "name: Test\n", "README.md": "# Read\n" };
const SPECS: CommitSpec[] = [
  {
    message: "ci: build\n\nCi-Fix-Risk: M03-R01\n",
    changes: [{ path: "ci/build.yml", bytes: Buffer.from("name: Built\n") }],
  },
  { message: "ci: test", changes: [{ path: "ci/test.yml", bytes: Buffer.from("name: Tested\n") }] },
  { message: "ci: new", changes: [{ path: "ci/new.yml", bytes: Buffer.from("name: New\n") }] },
];

/** A repository with work of the user in it, staged and not. */
function busyRepository(): Sandbox {
  const sandbox = repositoryWith({ ...FILES, "src/staged.ts": "1\n", "src/dirty.ts": "1\n" });
  sandbox.write("src/staged.ts", "2\n");
  sandbox.git("add", "src/staged.ts");
  sandbox.write("src/dirty.ts", "2\n");
  sandbox.write("untracked.txt", "mine\n");
  return sandbox;
}

describe("with hooks", () => {
  it("shows each hook this change alone, in the index, the work tree and the message", async () => {
    const sandbox = busyRepository();
    sandbox.hook(
      "pre-commit",
      `git diff --cached --name-status >> .git/seen; cat ci/*.yml >> .git/seen; git diff --name-only -- 'ci/*.yml' >> .git/seen`,
    );
    sandbox.hook("commit-msg", 'head -n 1 "$1" >> .git/seen');
    sandbox.hook("post-commit", "exit 1");
    await (await openRepository(join(sandbox.root, "src"))).commitSeries(SPECS, { runHooks: true });
    expect(sandbox.read(".git/seen").split("\n")).toEqual([
      "M\tci/build.yml",
      "name: Built",
      "name: Test",
      "ci: build",
      "M\tci/test.yml",
      "name: Built",
      "name: Tested",
      "ci: test",
      "A\tci/new.yml",
      "name: Built",
      "name: New",
      "name: Tested",
      "ci: new",
      "",
    ]);
    expect(sandbox.marks()).toEqual(["commit-msg", "post-commit", "pre-commit"]);
    expect(sandbox.git("status", "--porcelain")).toBe(" M src/dirty.ts\nM  src/staged.ts\n?? untracked.txt\n");
  });

  it("keeps what a hook adds to the message", async () => {
    const sandbox = repositoryWith(FILES);
    sandbox.hook("commit-msg", 'echo "Change-Id: I123" >> "$1"');
    const [oid = ""] = await (await openRepository(sandbox.root)).commitSeries(SPECS, { runHooks: true });
    expect(sandbox.git("show", "-s", "--format=%B", oid)).toContain("Ci-Fix-Risk: M03-R01\nChange-Id: I123\n");
  });

  const refusals: Record<string, [hook: string, script: string, words: string]> = {
    "pre-commit says no to the second": [
      "pre-commit",
      "grep -q Built ci/build.yml && grep -q Tested ci/test.yml && { echo 'no \x1b[31mtests'; exit 1; }; exit 0",
      "no \\x1b[31mtests",
    ],
    "pre-commit says no to the third": [
      "pre-commit",
      "test ! -e ci/new.yml || { echo nothing new >&2; exit 1; }",
      "nothing new",
    ],
    "commit-msg says no": ["commit-msg", "echo too short; exit 1", "too short"],
    "prepare-commit-msg says no": ["prepare-commit-msg", "exit 7", "it said nothing"],
    "a formatter rewrites the files and says no": [
      "pre-commit",
      "for f in ci/*.yml; do echo '# formatted' >> $f; done; rm -f ci/build.yml; exit 1",
      "it said nothing",
    ],
    "a formatter rewrites and adds the files": [
      "pre-commit",
      "for f in ci/*.yml; do echo '# formatted' >> $f; git add $f; done",
      "changed what the commit holds",
    ],
    "a hook adds a file of the user": ["pre-commit", "git add untracked.txt", "changed what the commit holds"],
  };
  it.each(Object.entries(refusals))("%s: everything is as before", async (_, [hook, script, words]) => {
    const sandbox = busyRepository();
    sandbox.hook(hook, script);
    const { reflog: reflogBefore, ...before } = sandbox.state();
    const repository = await openRepository(sandbox.root);
    await expect(repository.commitSeries(SPECS, { runHooks: true })).rejects.toMatchObject({
      code: "CI_FIX_HOOK_REFUSED",
      message: expect.stringContaining(words),
    });
    const { reflog, ...after } = sandbox.state();
    expect(after).toEqual(before);
    expect(String(reflog).endsWith(String(reflogBefore))).toBe(true);
    expect(await repository.commitSeries(SPECS, {})).toHaveLength(3);
  });

  it("leaves the commit of somebody else on the branch", async () => {
    const sandbox = repositoryWith(FILES);
    sandbox.hook(
      "post-commit",
      'test -e .git/once || { touch .git/once; unset GIT_INDEX_FILE; git commit --quiet --allow-empty -m "Somebody else"; }',
    );
    const repository = await openRepository(sandbox.root);
    await expect(repository.commitSeries(SPECS, { runHooks: true })).rejects.toMatchObject({ code: "CI_FIX_MOVED" });
    expect(sandbox.git("log", "--format=%s")).toContain("Somebody else\n");
  });
});

/** A repository that signs with a key of its own, by ssh, which needs no agent. */
function signingRepository(): Sandbox {
  const sandbox = busyRepository();
  const key = join(temporaryFolder(), "key");
  sandbox.shell(`ssh-keygen -q -t ed25519 -N '' -C ada@example.org -f "${key}"`);
  sandbox.write(".git/allowed", `ada@example.org ${readFileSync(`${key}.pub`, "utf8")}`);
  sandbox.git("config", "gpg.format", "ssh");
  sandbox.git("config", "user.signingKey", key);
  sandbox.git("config", "gpg.ssh.allowedSignersFile", join(sandbox.root, ".git/allowed"));
  return sandbox;
}

describe("with signatures", () => {
  it.each([
    ["asked for", undefined, { sign: true }, "GGG"],
    ["of the setting", "true", {}, "GGG"],
    ["of the setting, with hooks", "true", { runHooks: true }, "GGG"],
    ["asked for, with hooks", undefined, { sign: true, runHooks: true }, "GGG"],
    ["not asked for", undefined, {}, "NNN"],
    ["turned down", "true", { sign: false }, "NNN"],
    ["turned down, with hooks", "true", { sign: false, runHooks: true }, "NNN"],
  ])("%s", async (_, setting, options, signatures) => {
    const sandbox = signingRepository();
    if (setting !== undefined) sandbox.git("config", "commit.gpgSign", setting);
    const made = await (await openRepository(sandbox.root)).commitSeries(SPECS, options);
    expect(sandbox.git("log", "-3", "--reverse", "--format=%H").trim().split("\n")).toEqual(made);
    expect(sandbox.git("log", "-3", "--format=%G?").replaceAll("\n", "")).toBe(signatures);
    expect(sandbox.git("status", "--porcelain")).toBe(" M src/dirty.ts\nM  src/staged.ts\n?? untracked.txt\n");
  });

  it.each([{ sign: true }, { sign: true, runHooks: true }])(
    "a key that is gone stops the series (%j)",
    async (options) => {
      const sandbox = busyRepository();
      sandbox.git("config", "gpg.format", "ssh");
      sandbox.git("config", "user.signingKey", join(sandbox.root, "gone"));
      const before = sandbox.state();
      const repository = await openRepository(sandbox.root);
      await expect(repository.commitSeries(SPECS, options)).rejects.toMatchObject({
        code: "CI_FIX_GIT_FAILED",
        message: expect.stringContaining("cannot be signed"),
      });
      expect(sandbox.state()).toEqual(before);
    },
  );
});
