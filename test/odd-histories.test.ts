import { beforeAll, describe, expect, it } from "vitest";
import { ciFix, codesOf } from "./command-line.ts";
import { fix, rollBack } from "./fix-and-roll-back.ts";
import { copyOf, repositoryFrom, type ScratchRepository } from "./scratch-repository.ts";

const workflows = ".github/workflows";
const ids = ["M03-R01", "M03-R02", "M03-R03", "M03-R04", "M03-R05"];
const tests = `${workflows}/tools-tests.yml`;

let start: ScratchRepository;
/** On `fix` all five are fixed; on `main` every workflow got a licence above it meanwhile. */
let forked: ScratchRepository;

beforeAll(async () => {
  start = repositoryFrom("fixtures/audit-m04");
  forked = copyOf(start);
  forked.git("switch", "--quiet", "--create", "fix");
  await fix(forked, ids);
  forked.git("switch", "--quiet", "main");
  for (const [path, text] of Object.entries(forked.files())) {
    if (path.startsWith(workflows)) forked.write(path, `# A licence\n${text}`);
  }
  forked.git("commit", "--quiet", "--all", "--message=Licence");
});

/** All risks are taken back, and the workflows are those of `main`. */
async function expectMain(repository: ScratchRepository): Promise<void> {
  await rollBack(repository, ids);
  expect(repository.git("diff", "--stat", "main", "--", workflows)).toBe("");
  expect(repository.git("status", "--porcelain")).toBe("");
}

describe("fixes come out again, to the bytes of never having been made", () => {
  it("of a merge", async () => {
    const repository = copyOf(forked);
    repository.git("switch", "--quiet", "--create", "merged");
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "fix");
    await expectMain(repository);
  });

  it("of commits that were rebased", async () => {
    const repository = copyOf(forked);
    repository.git("switch", "--quiet", "fix");
    repository.git("rebase", "--quiet", "main");
    await expectMain(repository);
  });

  it("of commits that were picked, with a line below their trailers", async () => {
    const repository = copyOf(forked);
    repository.git("switch", "--quiet", "--create", "picked");
    repository.git("cherry-pick", "-x", "main..fix");
    await expectMain(repository);
  });

  it("of a merge whose message repeats the trailers, as pull requests do", async () => {
    const repository = copyOf(forked);
    repository.git("switch", "--quiet", "--create", "merged");
    const said = repository.git("log", "--format=%B", "main..fix");
    repository.git("merge", "--quiet", "--no-ff", "--message", `Merge the fixes\n\n${said}`, "fix");
    await expectMain(repository);
  });
});

describe("a fix that git took back", () => {
  it("is not taken back twice, is open again, and can be fixed and taken back once more", async () => {
    const repository = copyOf(start);
    await fix(repository, ["M03-R04"]);
    repository.git("revert", "--no-edit", "HEAD");
    const again = ciFix(repository.folder, ["rollback", "M03-R04", "--commit"]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing to do") });
    expect(await fix(repository, ["M03-R04"])).toHaveLength(1);
    await rollBack(repository, ["M03-R04"]);
    expect(repository.read(tests)).toBe(start.read(tests));
  });
});

describe("a workflow that was renamed", () => {
  function renamed(from: ScratchRepository): ScratchRepository {
    const repository = copyOf(from);
    repository.git("mv", tests, `${workflows}/tools.yml`);
    repository.git("commit", "--quiet", "--message=Rename");
    return repository;
  }

  it("after its fix: the rollback is refused", async () => {
    const fixed = copyOf(start);
    await fix(fixed, ["M03-R04"]);
    const run = ciFix(renamed(fixed).folder, ["rollback", "M03-R04", "--commit"]);
    expect([run.code, codesOf(run)]).toEqual([4, ["CI_FIX_FILE_GONE"]]);
    expect(run.stderr).toContain("renamed");
  });

  it("before it: the register names no file, and says so", () => {
    const run = ciFix(renamed(start).folder, ["--risk", "M03-R04", "--commit"]);
    expect([run.code, codesOf(run)]).toEqual([4, ["CI_FIX_NOT_FOUND"]]);
    expect(run.stderr).toContain("no CI file is called so");
  });
});

describe("a checkout that is not as git has it", () => {
  it("without the workflows: says that they are not on disk", () => {
    const repository = copyOf(start);
    repository.git("sparse-checkout", "set", "--cone", "tools");
    const run = ciFix(repository.folder, []);
    expect(run.stdout).toContain("no CI files here");
    expect(run.stderr).toContain("5 CI files of the last commit are not on disk");
  });

  it.each<[string, (repository: ScratchRepository) => void]>([
    ["settings", (repository) => repository.git("config", "core.autocrlf", "true")],
    ["attributes", (repository) => repository.write(".gitattributes", "*.yml text eol=crlf\n")],
  ])("with line ends by %s: commits change their own lines, and leave it clean", async (_, convert) => {
    const repository = copyOf(start);
    convert(repository);
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--allow-empty", "--message=Line ends");
    repository.git("rm", "--quiet", "--cached", "-r", workflows);
    repository.git("reset", "--quiet", "--hard");
    const before = repository.read(tests);
    expect(before).toContain("\r\n");
    await fix(repository, ["M03-R04"]);
    expect(repository.git("show", "--shortstat", "--format=").trim()).toBe("1 file changed, 2 deletions(-)");
    expect(repository.git("status", "--porcelain")).toBe("");
    await rollBack(repository, ["M03-R04"]);
    expect(repository.read(tests)).toBe(before);
  });
});
