import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { serveGit } from "../../../test/git-server.mjs";
import { cloneRemote, DEFAULT_LIMITS, openRepository, readAddress, withLimits } from "../src/index.ts";
import { repositoryWith, temporaryFolder } from "./repository.ts";

/** Ten folders in ten folders in ten folders …: 10^depth files out of a few objects. */
function treeBomb(depth: number): ReturnType<typeof repositoryWith> {
  const sandbox = repositoryWith({ "README.md": "hello" });
  let entry = `100644 blob ${sandbox.shell("echo bomb | git hash-object -w --stdin").trim()}`;
  for (let level = 0; level < depth; level += 1) {
    sandbox.write("tree", Array.from({ length: 10 }, (_, index) => `${entry}\tf${index}\n`).join(""));
    entry = `040000 tree ${sandbox.shell("git mktree < tree").trim()}`;
  }
  const commit = sandbox.shell(`git commit-tree -m bomb ${entry.slice(-40)}`).trim();
  sandbox.git("update-ref", "HEAD", commit);
  return sandbox;
}

it("gives up a repository whose tree unfolds without end", async () => {
  const sandbox = treeBomb(9);
  const started = process.memoryUsage().rss;
  const limits = { ...DEFAULT_LIMITS, outputBytes: 4_000_000 };
  const list = withLimits(limits, async () => {
    const repository = await openRepository(sandbox.root);
    return repository.listTree((await repository.head()).oid!);
  });
  await expect(list).rejects.toMatchObject({ code: "CI_FIX_TOO_LARGE" });
  expect(process.memoryUsage().rss - started).toBeLessThan(200_000_000);
});

it("gives up a server that does not end, and leaves no part of a copy", async () => {
  const folder = temporaryFolder();
  const server = await serveGit(folder);
  server.intercept = () => true;
  const copies = temporaryFolder();
  const clone = withLimits({ ...DEFAULT_LIMITS, milliseconds: 700 }, () =>
    cloneRemote(readAddress(`${server.url}/slow.git`), join(copies, "copy")),
  );
  await expect(clone).rejects.toMatchObject({ code: "CI_FIX_TOO_SLOW" });
  expect(readdirSync(copies)).toEqual([]);
  await server.close();
});

it("gives up a repository that fills the disk", async () => {
  const folder = temporaryFolder();
  const server = await serveGit(folder);
  // Names that do not compress: a large tree without any content.
  const names = Array.from({ length: 30_000 }, (_, index) =>
    createHash("sha256").update(`${index}`).digest("base64url"),
  );
  const sandbox = repositoryWith({ "README.md": "hello" });
  const blob = sandbox.shell("echo x | git hash-object -w --stdin").trim();
  sandbox.write("tree", names.map((name) => `100644 blob ${blob}\t${name}\n`).join(""));
  const tree = sandbox.shell("git mktree < tree").trim();
  sandbox.git("update-ref", "HEAD", sandbox.shell(`git commit-tree -m big ${tree}`).trim());
  sandbox.git("clone", "--quiet", "--bare", sandbox.root, join(folder, "big.git"));
  const copy = join(temporaryFolder(), "copy");
  const clone = withLimits({ ...DEFAULT_LIMITS, diskBytes: 300_000 }, () =>
    cloneRemote(readAddress(`${server.url}/big.git`), copy),
  );
  await expect(clone).rejects.toMatchObject({ code: "CI_FIX_TOO_LARGE" });
  expect(existsSync(copy)).toBe(false);
  await server.close();
});
