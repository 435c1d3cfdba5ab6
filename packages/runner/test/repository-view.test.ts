import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { defineCodemod } from "@ci-fix/codemod";
import { openRepository } from "@ci-fix/git";
import { commitSource, scan, workTreeSource } from "@ci-fix/runner";
import type { RepositoryView } from "@ci-fix/workflow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let root: string;

const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], {
    cwd: root,
    encoding: "utf8",
  });

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "ci-fix-view-"));
  write(".github/workflows/ci.yml", "on: push\njobs:\n  unit:\n    runs-on: x\n    steps:\n      - run: ci/test.sh\n");
  write("ci/test.sh", "make test\n");
  write("large.sh", "#".repeat(1024 * 1024 + 1));
  symlinkSync("ci/test.sh", join(root, "link.sh"));
  symlinkSync("ci", join(root, "linked"));
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message=start");
  write("ci/test.sh", "make check\n");
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const sources = {
  "work tree": async () => workTreeSource(root),
  commit: async () => {
    const repository = await openRepository(root);
    return commitSource(repository, (await repository.head()).oid ?? "");
  },
};

describe.each(Object.entries(sources))("the view into the files of a %s", (name, open) => {
  const testScript = name === "commit" ? "make test\n" : "make check\n";

  it("reads regular files of that tree and follows no link", async () => {
    const view = await (await open()).repository();
    expect(view.text("ci/test.sh")).toBe(testScript);
    const unseen = ["link.sh", "linked/test.sh", "ci", "gone", "large.sh", "../x", ".git/../../x"];
    expect(unseen.filter((path) => view.bytes(path) !== undefined)).toEqual([]);
  });

  it("is what codemods see of a workflow's repository", async () => {
    const seen: (string | undefined)[] = [];
    const spy = defineCodemod({
      meta: {
        id: "x-y",
        classes: [],
        summary: "",
        invariant: "",
        runsAfter: [],
        startsFrom: ["run"],
        subject: () => "",
      },
      find: ({ repository }: { readonly repository: RepositoryView }) => {
        seen.push(repository.text("ci/test.sh"));
        return [];
      },
    });
    const policy = { milestone: "M01", date: "2026-02-08", critical: [], bestEffort: [] };
    await scan(await open(), { policy, codemods: [spy] });
    expect(seen).toEqual([testScript]);
  });
});
