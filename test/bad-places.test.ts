import { cpSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codesOf } from "./command-line.ts";
import { runInside, scanInside } from "./in-process.ts";
import { ScratchRepository, copyOf, repositoryFrom, scratchFolder } from "./scratch-repository.ts";
import { repositoryWith, sound, workflows } from "./sound-repository.ts";

const register = ".ci-fix/register.yml";

describe("a place without anything to do", () => {
  it("no workflows at all", async () => {
    const repository = new ScratchRepository(scratchFolder());
    repository.write("README.md", "# Nothing\n");
    repository.commitAll("Start");
    const run = await runInside(repository.folder, ["scan"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("no CI files here");
  });

  it("a path that is not there, and a mistyped command", async () => {
    const { folder: here } = repositoryWith({});
    const missing = await runInside(here, ["scan", "workflows/absent.yml"]);
    expect([missing.code, codesOf(missing)]).toEqual([2, ["CI_FIX_USAGE"]]);
    const typo = await runInside(here, ["rolback", "M01-R01"]);
    expect([typo.code, codesOf(typo)]).toEqual([2, ["CI_FIX_USAGE"]]);
    expect(typo.stderr).toContain("ci-fix rollback");
  });
});

describe("a repository in which no commit can be made", () => {
  const commit = ["--all", "--include-review", "--commit"];

  /** With a register, so that nothing but the state under test stands in the way. */
  async function ready(): Promise<ScratchRepository> {
    const repository = repositoryWith({});
    expect((await runInside(repository.folder, ["register", "update", "--milestone", "M03"])).code).toBe(0);
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--message=Register");
    return repository;
  }

  /** The command says why it refuses, and changes neither files nor history. */
  async function expectRefusal(
    repository: ScratchRepository,
    codes: readonly string[],
    exitCode: number,
  ): Promise<void> {
    const before = { files: repository.files(), refs: refsOf(repository) };
    const run = await runInside(repository.folder, commit);
    expect([codesOf(run), run.code]).toEqual([codes, exitCode]);
    expect({ files: repository.files(), refs: refsOf(repository) }).toEqual(before);
  }

  function refsOf(repository: ScratchRepository): string {
    return repository.git("for-each-ref") + repository.git("status", "--porcelain", "--branch");
  }

  it("is fixed where nothing stands in the way", async () => {
    const repository = await ready();
    expect(await runInside(repository.folder, commit)).toMatchObject({ code: 0 });
    expect(repository.git("log", "-1", "--format=%s")).toMatch(/^ci\(M03-R01\): /);
  });

  it("outside of any git repository: the scan works, --write works, --commit is refused", async () => {
    const here = scratchFolder();
    new ScratchRepository(here).write(`${workflows}/sound.yml`, sound);
    expect(await scanInside(here)).toMatchObject({ code: 1, errors: [] });
    const run = await runInside(here, commit);
    expect([codesOf(run), run.code]).toEqual([["CI_FIX_NOT_A_REPOSITORY"], 4]);
    expect(new ScratchRepository(here).read(`${workflows}/sound.yml`)).toBe(sound);
    expect((await runInside(here, ["--all", "--include-review", "--write"])).code).toBe(0);
    expect(new ScratchRepository(here).read(`${workflows}/sound.yml`)).not.toContain("continue-on-error");
  });

  it("a bare repository", async () => {
    const bare = scratchFolder();
    (await ready()).git("clone", "--quiet", "--bare", ".", bare);
    expect(await scanInside(bare)).toMatchObject({ code: 1, errors: [] });
    const before = new ScratchRepository(bare).git("for-each-ref");
    const run = await runInside(bare, commit);
    expect(run.code).toBe(4);
    expect(codesOf(run)).toHaveLength(1);
    expect(new ScratchRepository(bare).git("for-each-ref")).toBe(before);
  });

  it("a repository without a commit", async () => {
    const repository = new ScratchRepository(scratchFolder());
    repository.git("init", "--quiet", "--initial-branch=main");
    repository.write(`${workflows}/sound.yml`, sound);
    expect(await scanInside(repository.folder)).toMatchObject({ code: 1, errors: [] });
    const run = await runInside(repository.folder, commit);
    expect([codesOf(run), run.code]).toEqual([["CI_FIX_NO_COMMIT"], 4]);
    expect(repository.read(`${workflows}/sound.yml`)).toBe(sound);
  });

  it("in the middle of a rebase", async () => {
    const repository = await ready();
    repository.git("config", "sequence.editor", "sed -i s/^pick/edit/");
    repository.git("rebase", "--quiet", "--interactive", "HEAD~1");
    await expectRefusal(repository, ["CI_FIX_OPERATION_IN_PROGRESS"], 4);
  });

  it("in the middle of a merge", async () => {
    const repository = await ready();
    repository.git("checkout", "--quiet", "-b", "other", "HEAD~1");
    repository.write("notes.md", "other\n");
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--message=Notes");
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "main");
    await expectRefusal(repository, ["CI_FIX_OPERATION_IN_PROGRESS"], 4);
  });

  it.each<[string, (repository: ScratchRepository) => void]>([
    ["changed", () => {}],
    ["staged", (repository) => repository.git("add", "--all")],
  ])("a file to be fixed that is %s", async (_, also) => {
    const repository = await ready();
    repository.write(`${workflows}/sound.yml`, `${sound}# mine\n`);
    also(repository);
    await expectRefusal(repository, ["CI_FIX_DIRTY_FILE"], 4);
  });

  it("a repository that was copied, so that git takes every file for changed until it looks", async () => {
    const copied = scratchFolder();
    cpSync((await ready()).folder, copied, { recursive: true });
    expect(await runInside(copied, commit)).toMatchObject({ code: 0 });
    expect(new ScratchRepository(copied).git("status", "--porcelain")).toBe("");
  });

  it("a detached HEAD is moved; the branch it came from is not", async () => {
    const repository = await ready();
    const main = repository.head();
    repository.git("checkout", "--quiet", "--detach");
    expect((await runInside(repository.folder, commit)).code).toBe(0);
    expect(repository.git("log", "-1", "--format=%s")).toMatch(/^ci\(M03-R01\): /);
    expect(repository.git("rev-parse", "main").trim()).toBe(main);
  });
});

describe("a register or policy that cannot be used", () => {
  it.each<[string, string, string, number | undefined]>([
    ["a register that does not parse", register, "version: 1\nrisks: [\n", undefined],
    ["an id twice", register, "version: 1\nrisks:\n  - { id: M03-R01, file: a }\n  - { id: M03-R01, file: b }\n", 4],
    ["a key that does not exist", register, "version: 1\nrisks:\n  - id: M03-R01\n    flie: a\n", 4],
    ["a policy that does not parse", ".ci-fix.yml", "milestone: [\n", undefined],
    ["a milestone without a shape", ".ci-fix.yml", "milestone: soon\n", 1],
  ])("%s", async (_, path, content, line) => {
    const repository = repositoryWith({ [path]: content });
    for (const args of [["scan"], ["register", "update"], ["--all", "--write"], ["--all", "--commit"]]) {
      const run = await runInside(repository.folder, args);
      expect(codesOf(run)).toEqual([path === register ? "CI_FIX_REGISTER_INVALID" : "CI_FIX_CONFIG_INVALID"]);
      expect(run.code).toBe(3);
      expect(run.stderr).toContain(line === undefined ? path : `${path}:${line}`);
    }
    expect(repository.git("status", "--porcelain")).toBe("");
    expect(repository.git("rev-list", "--count", "HEAD").trim()).toBe("1");
  });

  it("an unknown risk is refused with the nearest ones; nothing is done for the known one beside it", async () => {
    const repository = copyOf(repositoryFrom("fixtures/audit-m04"));
    const run = await runInside(repository.folder, ["--risk", "M03-R04,M03-R40", "--commit"]);
    expect(codesOf(run)).toEqual(["CI_FIX_UNKNOWN_RISK"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("M03-R04");
    expect(repository.git("rev-list", "--count", "HEAD").trim()).toBe("1");
  });

  it("taking back what never landed is refused", async () => {
    const repository = repositoryFrom("fixtures/audit-m04");
    for (const id of ["M03-R04", "M99-R01"]) {
      const run = await runInside(repository.folder, ["rollback", id, "--commit"]);
      expect([codesOf(run), run.code]).toEqual([["CI_FIX_NOT_LANDED"], 4]);
    }
    expect(repository.git("rev-list", "--count", "HEAD").trim()).toBe("1");
  });
});

describe("a risk for which nothing is found", () => {
  const risk = (job: string): Record<string, string> => ({
    ".ci-fix/register.yml": `version: 1\nrisks:\n  - { id: M01-R01, file: ${workflows}/sound.yml, job: ${job} }\n`,
  });

  it("because its job is mistyped is refused, and no fix", async () => {
    const result = await runInside(repositoryWith(risk("nosuch")).folder, ["--risk", "M01-R01"]);
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toContain("CI_FIX_NOT_FOUND");
  });

  it("that a tool can make is refused: only a person can settle it", async () => {
    const idle = sound.replace("        continue-on-error: true\n", "").replace("npm test", "npm ci");
    const entry = `{ id: M01-R01, file: ${workflows}/sound.yml, job: unit, step: Run tests, class: fake-test }`;
    const repository = repositoryWith({
      [`${workflows}/sound.yml`]: idle,
      ".ci-fix/register.yml": `version: 1\nrisks:\n  - ${entry}\n`,
    });
    for (const more of [[], ["--commit"], ["--write"]]) {
      const run = await runInside(repository.folder, ["--risk", "M01-R01", ...more]);
      expect([run.code, codesOf(run)]).toEqual([4, ["CI_FIX_FOR_A_PERSON"]]);
    }
  });

  it("in the last commit, but in the work tree, is refused with --commit", async () => {
    const repository = repositoryWith(risk("late"));
    repository.write(
      `${workflows}/sound.yml`,
      sound.replace("jobs:\n", "jobs:\n  late:\n    if: false\n    runs-on: x\n    steps:\n      - run: make late\n"),
    );
    const result = await runInside(repository.folder, ["--risk", "M01-R01", "--commit"]);
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toContain("CI_FIX_NOT_COMMITTED");
  });

  it("in a bare repository the register of the last commit counts, and --write is refused", async () => {
    const repository = repositoryWith(risk("nosuch"));
    const bare = scratchFolder();
    repository.git("clone", "--quiet", "--bare", repository.folder, bare);
    expect((await runInside(bare, ["--risk", "M01-R01"])).stderr).toContain("CI_FIX_NOT_FOUND");
    expect(await runInside(bare, ["--all", "--include-review", "--write"])).toMatchObject({ code: 4 });
  });
});
