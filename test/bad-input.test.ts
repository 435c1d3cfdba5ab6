import { chmodSync, chownSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ciFix, codesOf, scanJson } from "./command-line.ts";
import { ScratchRepository, copyOf, repositoryFrom, scratchFolder } from "./scratch-repository.ts";

const folder = ".github/workflows";
const register = ".ci-fix/register.yml";

/** A job with one risk in it, which must be found whatever stands beside its file. */
const sound = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run tests
        continue-on-error: true
        run: npm test
`;

function repositoryWith(files: Readonly<Record<string, string | Uint8Array>>): ScratchRepository {
  const repository = new ScratchRepository(scratchFolder());
  repository.write(`${folder}/sound.yml`, sound);
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.commitAll("Start");
  return repository;
}

const nested = (depth: number): string => `${sound}env: ${"[".repeat(depth)}${"]".repeat(depth)}\n`;
const laughs = `a: &a [x, x, x, x, x, x, x, x, x]
${Array.from("bcdefghijk", (name, index) => {
  const before = "abcdefghijk"[index] ?? "";
  return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]`;
}).join("\n")}
${sound}`;

describe("a file that cannot be used is one entry of errors, and the others go on", () => {
  it.each<[string, string | Uint8Array]>([
    ["broken YAML", `${sound}  - oops: [\n`],
    ["a tab for indentation", sound.replace("    steps:", "\tsteps:")],
    ["invalid UTF-8", Buffer.concat([Buffer.from(sound), Buffer.from([0x23, 0xff, 0xfe, 0x0a])])],
    ["10 MB that is no workflow", `${sound}# ${"x".repeat(10 * 1024 * 1024)}\n\t- [`],
    ["10,000 levels of nesting", nested(10_000)],
    ["an alias bomb", laughs],
  ])("%s", (_, content) => {
    const repository = repositoryWith({ [`${folder}/bad.yml`]: content });
    const before = repository.git("status", "--porcelain");
    const { code, errors, findings } = scanJson(repository.folder);
    expect(errors).toMatchObject([{ file: `${folder}/bad.yml` }]);
    expect(errors[0]?.code).toMatch(/^CI_FIX_[A-Z0-9_]+$/);
    expect(errors[0]?.message.length).toBeLessThan(300);
    expect(findings.map(({ file }) => file)).toEqual([`${folder}/sound.yml`]);
    expect(code).toBe(1);
    expect(repository.git("status", "--porcelain")).toBe(before);

    const fixed = ciFix(repository.folder, ["--all", "--include-review", "--write"]);
    expect(codesOf(fixed)).toContain(errors[0]?.code);
    expect(repository.git("diff", "--name-only").trim()).toBe(`${folder}/sound.yml`);
  });
});

describe("a file with nothing in it is told, and the others go on", () => {
  it.each([
    ["an empty file", ""],
    ["a file that is all comments", "# continue-on-error: true\n  # if: false\n\n"],
    ["the same with a byte order mark", "\uFEFF# if: false"],
  ])("%s", (_, content) => {
    const { errors, findings } = scanJson(repositoryWith({ [`${folder}/odd.yml`]: content }).folder);
    expect(errors).toMatchObject([{ file: `${folder}/odd.yml`, code: "CI_FIX_EMPTY_FILE" }]);
    expect(findings.map(({ file }) => file)).toEqual([`${folder}/sound.yml`]);
  });

  it("a file in another encoding", () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("on: push\n", "utf16le")]);
    const { errors } = scanJson(repositoryWith({ [`${folder}/odd.yml`]: utf16 }).folder);
    expect(errors).toMatchObject([{ file: `${folder}/odd.yml`, code: "CI_FIX_INVALID_UTF8" }]);
  });
});

describe("YAML that is no workflow is no error", () => {
  it.each([
    ["a file that is no workflow", "just: data\ncontinue-on-error: true\n"],
    ["a list", "- continue-on-error: true\n"],
    ["jobs that are no map", "on: push\njobs: 'if: false'\n"],
  ])("%s", (_, content) => {
    const { code, errors, findings } = scanJson(repositoryWith({ [`${folder}/odd.yml`]: content }).folder);
    expect({ errors, code }).toEqual({ errors: [], code: 1 });
    expect(findings.map(({ file }) => file)).toEqual([`${folder}/sound.yml`]);
  });
});

describe("an odd file is edited as exactly as any other", () => {
  it.each<[string, (text: string) => string]>([
    ["CRLF line ends", (text) => text.replaceAll("\n", "\r\n")],
    ["a byte order mark", (text) => `\uFEFF${text}`],
    ["no final newline", (text) => text.trimEnd()],
    ["10 MB of comments", (text) => `${`# ${"x".repeat(98)}\n`.repeat(100_000)}${text}`],
    ["a name with control characters", (text) => text.replace("Run tests", '"Run \\e[31mtests\\u202e"')],
  ])("%s", (_, change) => {
    const repository = repositoryWith({ [`${folder}/sound.yml`]: change(sound) });
    const fixed = ciFix(repository.folder, ["--all", "--include-review", "--write"]);
    expect(fixed.code).toBe(0);
    const expected = change(sound.replace("        continue-on-error: true\n", ""));
    expect(repository.read(`${folder}/sound.yml`) === expected).toBe(true);
  });

  it("control characters of a file never reach the terminal", () => {
    const name = "evil\u001b[2J";
    const hostile = sound.replace("Run tests", '"Run \\e]0;x\\a tests \\u202e"');
    const repository = repositoryWith({ [`${folder}/${name}.yml`]: hostile });
    for (const args of [
      ["scan"],
      ["scan", "--format", "json"],
      ["register", "update"],
      ["register"],
      ["--all", "--include-review"],
    ]) {
      const { stdout, stderr } = ciFix(repository.folder, args);
      expect(`${stdout}${stderr}`).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    }
  });
});

describe("what is no regular file is not followed", () => {
  it("a link to a file of the repository, to one outside of it, and to nothing", () => {
    const repository = repositoryWith({ "elsewhere.yml": sound });
    const outside = scratchFolder();
    new ScratchRepository(outside).write("secret.yml", sound);
    symlinkSync("../../elsewhere.yml", join(repository.folder, folder, "inside.yml"));
    symlinkSync(join(outside, "secret.yml"), join(repository.folder, folder, "outside.yml"));
    symlinkSync("nowhere.yml", join(repository.folder, folder, "dangling.yml"));
    const { errors, findings } = scanJson(repository.folder);
    expect(errors.map(({ file, code }) => [file, code])).toEqual([
      [`${folder}/dangling.yml`, "CI_FIX_SYMLINK"],
      [`${folder}/inside.yml`, "CI_FIX_SYMLINK"],
      [`${folder}/outside.yml`, "CI_FIX_SYMLINK"],
    ]);
    expect(findings).toHaveLength(1);
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--message=Links");
    ciFix(repository.folder, ["register", "update"]);
    ciFix(repository.folder, ["--all", "--include-review", "--commit"]);
    expect(repository.git("show", "--format=", "--name-only", "HEAD").trim()).toBe(`${folder}/sound.yml`);
    expect(new ScratchRepository(outside).read("secret.yml")).toBe(sound);
    expect(repository.read("elsewhere.yml")).toBe(sound);
  });

  it("a linked folder of workflows", () => {
    const repository = new ScratchRepository(scratchFolder());
    repository.write("templates/sound.yml", sound);
    mkdirSync(join(repository.folder, ".github"));
    symlinkSync("../templates", join(repository.folder, folder));
    repository.commitAll("Start");
    const { errors, findings } = scanJson(repository.folder);
    expect(errors).toMatchObject([{ file: folder, code: "CI_FIX_SYMLINK" }]);
    expect(findings).toEqual([]);
  });

  it.runIf(process.platform === "linux")(
    "a file whose name is not UTF-8: nobody could name it, and the others go on",
    () => {
      const repository = repositoryWith({});
      writeFileSync(
        Buffer.concat([Buffer.from(`${repository.folder}/${folder}/`), Buffer.from([0xff]), Buffer.from(".yml")]),
        sound,
      );
      repository.git("add", "--all");
      repository.git("commit", "--quiet", "--message=Odd name");
      expect(scanJson(repository.folder)).toMatchObject({ findings: [{ file: `${folder}/sound.yml` }] });
      expect(ciFix(repository.folder, ["register", "update"]).code).toBe(0);
      const run = ciFix(repository.folder, ["--all", "--include-review", "--commit"]);
      expect([run.code, codesOf(run)]).toEqual([0, ["CI_FIX_UNREADABLE"]]);
      expect(repository.git("show", "--format=", "--name-only").trim()).toBe(`${folder}/sound.yml`);
    },
  );

  it("a folder with the name of a workflow", () => {
    const repository = repositoryWith({ [`${folder}/folder.yml/inner.txt`]: "" });
    expect(scanJson(repository.folder)).toMatchObject({ errors: [], findings: [{ file: `${folder}/sound.yml` }] });
  });

  it("a file that may not be read", () => {
    const repository = repositoryWith({ [`${folder}/locked.yml`]: sound });
    chmodSync(repository.folder, 0o755);
    chmodSync(join(repository.folder, folder, "locked.yml"), 0);
    // The superuser may read everything, so somebody else asks.
    const nobody = process.getuid?.() === 0 ? 65534 : undefined;
    if (nobody !== undefined) chownSync(repository.folder, nobody, nobody);
    if (nobody !== undefined) chownSync(join(repository.folder, ".git"), nobody, nobody);
    const { code, errors, findings } = scanJson(repository.folder, nobody);
    expect(errors).toMatchObject([{ file: `${folder}/locked.yml`, code: "CI_FIX_UNREADABLE" }]);
    expect(findings).toHaveLength(1);
    expect(code).toBe(1);
  });
});

describe("a place without anything to do", () => {
  it("no workflows at all", () => {
    const repository = new ScratchRepository(scratchFolder());
    repository.write("README.md", "# Nothing\n");
    repository.commitAll("Start");
    const run = ciFix(repository.folder, ["scan"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("no CI files here");
  });

  it("a path that is not there, and a mistyped command", () => {
    const { folder: here } = repositoryWith({});
    const missing = ciFix(here, ["scan", "workflows/absent.yml"]);
    expect([missing.code, codesOf(missing)]).toEqual([2, ["CI_FIX_USAGE"]]);
    const typo = ciFix(here, ["rolback", "M01-R01"]);
    expect([typo.code, codesOf(typo)]).toEqual([2, ["CI_FIX_USAGE"]]);
    expect(typo.stderr).toContain("ci-fix rollback");
  });
});

describe("a repository in which no commit can be made", () => {
  const commit = ["--all", "--include-review", "--commit"];

  /** With a register, so that nothing but the state under test stands in the way. */
  function ready(): ScratchRepository {
    const repository = repositoryWith({});
    expect(ciFix(repository.folder, ["register", "update", "--milestone", "M03"]).code).toBe(0);
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--message=Register");
    return repository;
  }

  /** The command says why it refuses, and changes neither files nor history. */
  function expectRefusal(repository: ScratchRepository, codes: readonly string[], exitCode: number): void {
    const before = { files: repository.files(), refs: refsOf(repository) };
    const run = ciFix(repository.folder, commit);
    expect([codesOf(run), run.code]).toEqual([codes, exitCode]);
    expect({ files: repository.files(), refs: refsOf(repository) }).toEqual(before);
  }

  function refsOf(repository: ScratchRepository): string {
    return repository.git("for-each-ref") + repository.git("status", "--porcelain", "--branch");
  }

  it("is fixed where nothing stands in the way", () => {
    const repository = ready();
    expect(ciFix(repository.folder, commit)).toMatchObject({ code: 0 });
    expect(repository.git("log", "-1", "--format=%s")).toMatch(/^ci\(M03-R01\): /);
  });

  it("outside of any git repository: the scan works, --write works, --commit is refused", () => {
    const here = scratchFolder();
    new ScratchRepository(here).write(`${folder}/sound.yml`, sound);
    expect(scanJson(here)).toMatchObject({ code: 1, errors: [] });
    const run = ciFix(here, commit);
    expect([codesOf(run), run.code]).toEqual([["CI_FIX_NOT_A_REPOSITORY"], 4]);
    expect(new ScratchRepository(here).read(`${folder}/sound.yml`)).toBe(sound);
    expect(ciFix(here, ["--all", "--include-review", "--write"]).code).toBe(0);
    expect(new ScratchRepository(here).read(`${folder}/sound.yml`)).not.toContain("continue-on-error");
  });

  it("a bare repository", () => {
    const bare = scratchFolder();
    ready().git("clone", "--quiet", "--bare", ".", bare);
    expect(scanJson(bare)).toMatchObject({ code: 1, errors: [] });
    const before = new ScratchRepository(bare).git("for-each-ref");
    const run = ciFix(bare, commit);
    expect(run.code).toBe(4);
    expect(codesOf(run)).toHaveLength(1);
    expect(new ScratchRepository(bare).git("for-each-ref")).toBe(before);
  });

  it("a repository without a commit", () => {
    const repository = new ScratchRepository(scratchFolder());
    repository.git("init", "--quiet", "--initial-branch=main");
    repository.write(`${folder}/sound.yml`, sound);
    expect(scanJson(repository.folder)).toMatchObject({ code: 1, errors: [] });
    const run = ciFix(repository.folder, commit);
    expect([codesOf(run), run.code]).toEqual([["CI_FIX_NO_COMMIT"], 4]);
    expect(repository.read(`${folder}/sound.yml`)).toBe(sound);
  });

  it("in the middle of a rebase", () => {
    const repository = ready();
    repository.git("config", "sequence.editor", "sed -i s/^pick/edit/");
    repository.git("rebase", "--quiet", "--interactive", "HEAD~1");
    expectRefusal(repository, ["CI_FIX_OPERATION_IN_PROGRESS"], 4);
  });

  it("in the middle of a merge", () => {
    const repository = ready();
    repository.git("checkout", "--quiet", "-b", "other", "HEAD~1");
    repository.write("notes.md", "other\n");
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--message=Notes");
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "main");
    expectRefusal(repository, ["CI_FIX_OPERATION_IN_PROGRESS"], 4);
  });

  it.each<[string, (repository: ScratchRepository) => void]>([
    ["changed", () => {}],
    ["staged", (repository) => repository.git("add", "--all")],
  ])("a file to be fixed that is %s", (_, also) => {
    const repository = ready();
    repository.write(`${folder}/sound.yml`, `${sound}# mine\n`);
    also(repository);
    expectRefusal(repository, ["CI_FIX_DIRTY_FILE"], 4);
  });

  it("a repository that was copied, so that git takes every file for changed until it looks", () => {
    const copied = scratchFolder();
    cpSync(ready().folder, copied, { recursive: true });
    expect(ciFix(copied, commit)).toMatchObject({ code: 0 });
    expect(new ScratchRepository(copied).git("status", "--porcelain")).toBe("");
  });

  it("a detached HEAD is moved; the branch it came from is not", () => {
    const repository = ready();
    const main = repository.head();
    repository.git("checkout", "--quiet", "--detach");
    expect(ciFix(repository.folder, commit).code).toBe(0);
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
  ])("%s", (_, path, content, line) => {
    const repository = repositoryWith({ [path]: content });
    for (const args of [["scan"], ["register", "update"], ["--all", "--write"], ["--all", "--commit"]]) {
      const run = ciFix(repository.folder, args);
      expect(codesOf(run)).toEqual([path === register ? "CI_FIX_REGISTER_INVALID" : "CI_FIX_CONFIG_INVALID"]);
      expect(run.code).toBe(3);
      expect(run.stderr).toContain(line === undefined ? path : `${path}:${line}`);
    }
    expect(repository.git("status", "--porcelain")).toBe("");
    expect(repository.git("rev-list", "--count", "HEAD").trim()).toBe("1");
  });

  it("an unknown risk is refused with the nearest ones; nothing is done for the known one beside it", () => {
    const repository = copyOf(repositoryFrom("fixtures/audit-m04"));
    const run = ciFix(repository.folder, ["--risk", "M03-R04,M03-R40", "--commit"]);
    expect(codesOf(run)).toEqual(["CI_FIX_UNKNOWN_RISK"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("M03-R04");
    expect(repository.git("rev-list", "--count", "HEAD").trim()).toBe("1");
  });

  it("taking back what never landed is refused", () => {
    const repository = repositoryFrom("fixtures/audit-m04");
    for (const id of ["M03-R04", "M99-R01"]) {
      const run = ciFix(repository.folder, ["rollback", id, "--commit"]);
      expect([codesOf(run), run.code]).toEqual([["CI_FIX_NOT_LANDED"], 4]);
    }
    expect(repository.git("rev-list", "--count", "HEAD").trim()).toBe("1");
  });
});

describe("a risk for which nothing is found", () => {
  const risk = (job: string): Record<string, string> => ({
    ".ci-fix/register.yml": `version: 1\nrisks:\n  - { id: M01-R01, file: ${folder}/sound.yml, job: ${job} }\n`,
  });

  it("because its job is mistyped is refused, and no fix", () => {
    const result = ciFix(repositoryWith(risk("nosuch")).folder, ["--risk", "M01-R01"]);
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toContain("CI_FIX_NOT_FOUND");
  });

  it("that a tool can make is refused: only a person can settle it", () => {
    const idle = sound.replace("        continue-on-error: true\n", "").replace("npm test", "npm ci");
    const entry = `{ id: M01-R01, file: ${folder}/sound.yml, job: unit, step: Run tests, class: fake-test }`;
    const repository = repositoryWith({
      [`${folder}/sound.yml`]: idle,
      ".ci-fix/register.yml": `version: 1\nrisks:\n  - ${entry}\n`,
    });
    for (const more of [[], ["--commit"], ["--write"]]) {
      const run = ciFix(repository.folder, ["--risk", "M01-R01", ...more]);
      expect([run.code, codesOf(run)]).toEqual([4, ["CI_FIX_FOR_A_PERSON"]]);
    }
  });

  it("in the last commit, but in the work tree, is refused with --commit", () => {
    const repository = repositoryWith(risk("late"));
    repository.write(
      `${folder}/sound.yml`,
      sound.replace("jobs:\n", "jobs:\n  late:\n    if: false\n    runs-on: x\n    steps:\n      - run: make late\n"),
    );
    const result = ciFix(repository.folder, ["--risk", "M01-R01", "--commit"]);
    expect(result).toMatchObject({ code: 4 });
    expect(result.stderr).toContain("CI_FIX_NOT_COMMITTED");
  });

  it("in a bare repository the register of the last commit counts, and --write is refused", () => {
    const repository = repositoryWith(risk("nosuch"));
    const bare = scratchFolder();
    repository.git("clone", "--quiet", "--bare", repository.folder, bare);
    expect(ciFix(bare, ["--risk", "M01-R01"]).stderr).toContain("CI_FIX_NOT_FOUND");
    expect(ciFix(bare, ["--all", "--include-review", "--write"])).toMatchObject({ code: 4 });
  });
});
