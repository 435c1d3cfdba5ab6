import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { tidyMessage } from "../src/commit/message.ts";
import { openRepository, type CommitOptions, type CommitSpec } from "../src/index.ts";
import { repositoryWith, Sandbox, temporaryFolder } from "./repository.ts";

const DATE = "1770508800 +0130";

function change(path: string, text: string, message = `ci: change ${path}`): CommitSpec {
  return { message, changes: [{ path, bytes: Buffer.from(text) }] };
}

async function commit(
  sandbox: Sandbox,
  specs: CommitSpec[],
  options: CommitOptions = { date: DATE },
): Promise<string[]> {
  return (await openRepository(sandbox.root)).commitSeries(specs, options);
}

/** The same commits made the way everybody makes them. */
function commitByHand(sandbox: Sandbox, specs: CommitSpec[], ...flags: string[]): string[] {
  return specs.map((spec) => {
    for (const { path, bytes } of spec.changes) sandbox.write(path, bytes);
    sandbox.git("add", "--", ...spec.changes.map(({ path }) => `:(literal)${path}`));
    const env = { GIT_AUTHOR_DATE: DATE, GIT_COMMITTER_DATE: DATE };
    sandbox.gitWith(env, "commit", "--quiet", ...flags, "-m", spec.message);
    return sandbox.head();
  });
}

/** A second repository with the same objects, to do by hand what the first one does. */
function twin(sandbox: Sandbox): Sandbox {
  const other = new Sandbox(join(temporaryFolder(), "twin"));
  sandbox.git("clone", "--quiet", sandbox.root, other.root);
  other.git("config", "user.name", "Ada Lovelace");
  other.git("config", "user.email", "ada@example.org");
  return other;
}

const WORKFLOWS = {
  ".github/workflows/build.yml": "name: Build\non: push\n",
  ".github/workflows/test.yml": "name: Test\r\non: push\r\n",
  ".github/workflows/no end.yml": "name: No end",
  "README.md": "# Read\n",
};
const SERIES: CommitSpec[] = [
  change(
    ".github/workflows/build.yml",
    "name: Build\n",
    "ci(M03-R01): strip\n\nBody, ünïcode.\n\nCi-Fix-Risk: M03-R01\n",
  ),
  change(".github/workflows/test.yml", "name: Test\r\n"),
  {
    message: "ci: both at once  \n\n\n\nTwo files.\n\n",
    changes: [
      { path: ".github/workflows/build.yml", bytes: Buffer.from("") },
      { path: ".github/workflows/no end.yml", bytes: Buffer.from([0x80, 0, 0xff]) },
    ],
  },
  change(".ci-fix/register.yml", "version: 1\n", "ci: begin a register"),
];

describe("the same commits as by hand", () => {
  it.each(["sha1", "sha256"])("in a %s repository, in every way of making them", async (format) => {
    const sandbox = repositoryWith(WORKFLOWS, `--object-format=${format}`);
    const begin = sandbox.head();
    const expected = commitByHand(twin(sandbox), SERIES);
    expect(await commit(sandbox, SERIES)).toEqual(expected);
    expect(sandbox.head()).toBe(expected.at(-1));
    expect(sandbox.git("status", "--porcelain")).toBe("");
    expect(sandbox.git("fsck", "--strict")).toBe("");

    sandbox.git("reset", "--quiet", "--hard", begin);
    expect(await commit(sandbox, SERIES, { date: DATE, runHooks: true })).toEqual(expected);
    expect(sandbox.head()).toBe(expected.at(-1));
    expect(sandbox.git("status", "--porcelain")).toBe("");
    expect(sandbox.git("for-each-ref", "refs/ci-fix")).toBe("");
  });

  it("with odd names of files and branches", async () => {
    const names = [
      "with space.yml",
      "-dash.yml",
      'quo"te\\.yml',
      "line\nend.yml",
      "*.yml",
      ":(top)x.yml",
      "ünï.yml",
      "a\tb.yml",
    ];
    const sandbox = repositoryWith(Object.fromEntries(names.map((name) => [`ci/${name}`, "a: 1\n"])));
    sandbox.git("checkout", "--quiet", "-b", "feature/ünï-%@x'\"$(id)");
    const specs = names.map((name) => change(`ci/${name}`, "a: 2\n", "Change"));
    const expected = commitByHand(twin(sandbox), specs);
    expect(await commit(sandbox, specs)).toEqual(expected);
    expect(sandbox.git("symbolic-ref", "HEAD").trim()).toBe("refs/heads/feature/ünï-%@x'\"$(id)");
    expect(sandbox.git("status", "--porcelain")).toBe("");
  });

  it("with the identity of the environment", async () => {
    const sandbox = repositoryWith(WORKFLOWS);
    const specs = [change("README.md", "# New\n")];
    const env = {
      GIT_AUTHOR_NAME: "Grace Höpper",
      GIT_AUTHOR_EMAIL: "grace@example.org",
      GIT_AUTHOR_DATE: DATE,
      GIT_COMMITTER_DATE: "1770508999 -0800",
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const other = twin(sandbox);
    other.write("README.md", "# New\n");
    other.gitWith(env, "commit", "--quiet", "-a", "-m", specs[0]?.message ?? "");
    expect(await commit(sandbox, specs, {})).toEqual([other.head()]);
  });

  it("with messages of every shape", () => {
    const sandbox = repositoryWith({});
    const texts = fc.array(fc.constantFrom("\n", "\n\n", " ", "\t", "\r\n", "word", "# not a comment", "ü"), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(texts, (parts) => {
        sandbox.write("message", parts.join(""));
        const stripped = sandbox.shell("git stripspace < message");
        if (stripped === "") expect(() => tidyMessage(parts.join(""))).toThrow("needs a message");
        else expect(tidyMessage(parts.join(""))).toBe(stripped);
      }),
      { numRuns: 60 },
    );
  });

  it("without a hook, a filter of the work tree or a ref in between", async () => {
    const sandbox = repositoryWith(WORKFLOWS);
    const hooks = [
      "pre-commit",
      "commit-msg",
      "prepare-commit-msg",
      "post-commit",
      "post-merge",
      "post-checkout",
      "reference-transaction",
      "post-index-change",
      "pre-merge-commit",
    ];
    for (const hook of hooks) sandbox.hook(hook, "exit 1");
    const made = await commit(sandbox, SERIES);
    expect(sandbox.head()).toBe(made.at(-1));
    expect(sandbox.marks()).toEqual([]);
    expect(sandbox.git("reflog", "-1", "--format=%gs").trim()).toBe("ci-fix: fast-forward");
    expect(existsSync(join(sandbox.root, ".git/refs/ci-fix"))).toBe(false);
  });
});

describe("where commits land", () => {
  it("moves a detached HEAD and no branch", async () => {
    const sandbox = repositoryWith(WORKFLOWS);
    sandbox.git("checkout", "--quiet", "--detach");
    const main = sandbox.git("rev-parse", "main");
    const made = await commit(sandbox, SERIES);
    expect(sandbox.head()).toBe(made.at(-1));
    expect(sandbox.git("rev-parse", "main")).toBe(main);
    expect(sandbox.git("rev-parse", "--abbrev-ref", "HEAD").trim()).toBe("HEAD");
  });

  it("moves the branch of a linked work tree alone", async () => {
    const sandbox = repositoryWith(WORKFLOWS);
    const linked = new Sandbox(join(temporaryFolder(), "linked"));
    sandbox.git("worktree", "add", "--quiet", "-b", "side", linked.root);
    const before = sandbox.state()["files"];
    const repository = await openRepository(join(linked.root, ".github"));
    expect(repository.root).toBe(linked.root);
    for (const options of [{ date: DATE }, { date: DATE, runHooks: true }]) {
      const made = await repository.commitSeries([change("README.md", `# ${JSON.stringify(options)}\n`)], options);
      expect(linked.head()).toBe(made[0]);
      expect(linked.git("status", "--porcelain")).toBe("");
    }
    expect(sandbox.git("rev-list", "--count", "main").trim()).toBe("1");
    expect(sandbox.state()["files"]).toEqual(before);
  });

  it.each([[[]], [["--detach"]]])("moves HEAD of a bare repository (%j)", async (flags) => {
    const sandbox = repositoryWith(WORKFLOWS);
    const bare = new Sandbox(join(temporaryFolder(), "bare.git"));
    sandbox.git("clone", "--quiet", "--bare", sandbox.root, bare.root);
    if (flags.length > 0) bare.git("update-ref", "--no-deref", "HEAD", bare.head());
    bare.git("config", "user.name", "Ada Lovelace");
    bare.git("config", "user.email", "ada@example.org");
    const repository = await openRepository(bare.root);
    expect(repository).toMatchObject({ bare: true, root: bare.root, gitDir: bare.root });
    expect(await repository.dirtyPaths(["README.md"])).toEqual([]);
    expect(await repository.commitSeries(SERIES, { date: DATE })).toEqual(commitByHand(sandbox, SERIES));
    expect(bare.head()).toBe(sandbox.head());
    expect(bare.git("rev-list", "--count", "main").trim()).toBe(flags.length > 0 ? "1" : "5");
    await expect(repository.commitSeries([change("README.md", "x")], { runHooks: true })).rejects.toMatchObject({
      code: "CI_FIX_BARE",
    });
  });

  it("does nothing for no commits", async () => {
    const sandbox = repositoryWith(WORKFLOWS);
    const before = sandbox.state();
    expect(await commit(sandbox, [])).toEqual([]);
    expect(sandbox.state()).toEqual(before);
  });
});

describe("exact bytes", () => {
  it.each([
    ["core.autocrlf=true", ""],
    ["core.autocrlf=input", ""],
    ["core.eol=crlf", "* text=auto\n"],
    ["core.autocrlf=false", "*.yml text eol=crlf\n"],
    ["core.autocrlf=false", "*.yml ident\n"],
  ])("go into the blob with %s and attributes %j", async (setting, attributes) => {
    const sandbox = repositoryWith({
      ".gitattributes": attributes,
      "lf.yml": "a: 1\nb: $Id$\n",
      "crlf.yml": "a: 1\r\n",
    });
    const [key = "", value = ""] = setting.split("=");
    sandbox.git("config", key, value);
    sandbox.git("rm", "--quiet", "-r", "--cached", ".");
    sandbox.git("reset", "--quiet", "--hard");
    const specs = [
      change("lf.yml", "a: 2\nb: $Id$\n"),
      change("lf.yml", "a: 3\n"),
      change("crlf.yml", "a: 2\r\nb: 3\n"),
    ];
    const begin = sandbox.head();
    for (const options of [{ date: DATE }, { date: DATE, runHooks: true }]) {
      const made = await commit(sandbox, specs, options);
      expect(sandbox.git("cat-file", "blob", `${made[0]}:lf.yml`)).toBe("a: 2\nb: $Id$\n");
      expect(sandbox.git("cat-file", "blob", `${made[2]}:lf.yml`)).toBe("a: 3\n");
      expect(sandbox.git("cat-file", "blob", `${made[2]}:crlf.yml`)).toBe("a: 2\r\nb: 3\n");
      expect(sandbox.git("show", "--stat", "--format=", "HEAD")).toContain("1 file changed");
      sandbox.git("reset", "--quiet", "--hard", begin);
    }
  });

  it("keep the mode of a file", async () => {
    const sandbox = repositoryWith({ "run.sh": "false || true\n", "plain.sh": "true\n" });
    chmodSync(join(sandbox.root, "run.sh"), 0o755);
    sandbox.commit("Make it executable");
    await commit(sandbox, [change("run.sh", "false\n"), change("plain.sh", "false\n"), change("run.sh", "exit 1\n")]);
    const modes = sandbox.git("ls-tree", "--format=%(path) %(objectmode)", "HEAD");
    expect(modes).toBe("plain.sh 100644\nrun.sh 100755\n");
    expect(sandbox.git("status", "--porcelain")).toBe("");
  });
});

describe("the work of the user beside it", () => {
  it.each([{ date: DATE }, { date: DATE, runHooks: true }])(
    "stays byte for byte and entry for entry (%j)",
    async (options) => {
      const files = Object.fromEntries(
        ["staged", "dirty", "both", "deleted", "removed", "renamed"].map((name) => [`src/${name}.ts`, `// ${name}\n`]),
      );
      const sandbox = repositoryWith({ ...WORKFLOWS, ...files });
      sandbox.write("src/staged.ts", "// staged new\n");
      sandbox.write("src/both.ts", "// both staged\n");
      sandbox.write("src/added.ts", "// added\n");
      sandbox.git("add", "src");
      sandbox.git("mv", "src/renamed.ts", "src/new-name.ts");
      sandbox.git("rm", "--quiet", "src/removed.ts");
      sandbox.write("src/both.ts", "// both dirty\n");
      sandbox.write("src/dirty.ts", "// dirty new\n");
      sandbox.shell("rm src/deleted.ts");
      sandbox.write("src/intended.ts", "// intended\n");
      sandbox.git("add", "--intent-to-add", "src/intended.ts");
      sandbox.write("untracked.txt", "untracked\n");
      sandbox.git("update-index", "--assume-unchanged", "README.md");
      const mine = (): unknown => ({
        status: sandbox.git("status", "--porcelain=v2", "--untracked-files=all"),
        index: sandbox.git("ls-files", "--stage", "-v", "--", "src", "README.md"),
        files: readdirSync(join(sandbox.root, "src")).map((name) => [
          name,
          readFileSync(join(sandbox.root, "src", name), "utf8"),
        ]),
      });
      const before = mine();
      const made = await commit(sandbox, SERIES, options);
      expect(sandbox.head()).toBe(made.at(-1));
      expect(mine()).toEqual(before);
      expect(sandbox.read(".github/workflows/build.yml")).toBe("");
      expect(sandbox.git("diff", "--name-only", "HEAD~4", "HEAD")).not.toContain("src/");
    },
  );
});
