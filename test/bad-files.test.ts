import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codesOf, scanJson } from "./command-line.ts";
import { runInside, scanInside } from "./in-process.ts";
import { ScratchRepository, scratchFolder } from "./scratch-repository.ts";
import { repositoryWith, sound, workflows } from "./sound-repository.ts";

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
  ])("%s", async (_, content) => {
    const repository = repositoryWith({ [`${workflows}/bad.yml`]: content });
    const before = repository.git("status", "--porcelain");
    const { code, errors, findings } = await scanInside(repository.folder);
    expect(errors).toMatchObject([{ file: `${workflows}/bad.yml` }]);
    expect(errors[0]?.code).toMatch(/^CI_FIX_[A-Z0-9_]+$/);
    expect(errors[0]?.message.length).toBeLessThan(300);
    expect(findings.map(({ file }) => file)).toEqual([`${workflows}/sound.yml`]);
    expect(code).toBe(1);
    expect(repository.git("status", "--porcelain")).toBe(before);

    const fixed = await runInside(repository.folder, ["--all", "--include-review", "--write"]);
    expect(codesOf(fixed)).toContain(errors[0]?.code);
    expect(repository.git("diff", "--name-only").trim()).toBe(`${workflows}/sound.yml`);
  });
});

describe("a file with nothing in it is told, and the others go on", () => {
  it.each([
    ["an empty file", ""],
    ["a file that is all comments", "# continue-on-error: true\n  # if: false\n\n"],
    ["the same with a byte order mark", "\uFEFF# if: false"],
  ])("%s", async (_, content) => {
    const { errors, findings } = await scanInside(repositoryWith({ [`${workflows}/odd.yml`]: content }).folder);
    expect(errors).toMatchObject([{ file: `${workflows}/odd.yml`, code: "CI_FIX_EMPTY_FILE" }]);
    expect(findings.map(({ file }) => file)).toEqual([`${workflows}/sound.yml`]);
  });

  it("a file in another encoding", async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("on: push\n", "utf16le")]);
    const { errors } = await scanInside(repositoryWith({ [`${workflows}/odd.yml`]: utf16 }).folder);
    expect(errors).toMatchObject([{ file: `${workflows}/odd.yml`, code: "CI_FIX_INVALID_UTF8" }]);
  });
});

describe("YAML that is no workflow is no error", () => {
  it.each([
    ["a file that is no workflow", "just: data\ncontinue-on-error: true\n"],
    ["a list", "- continue-on-error: true\n"],
    ["jobs that are no map", "on: push\njobs: 'if: false'\n"],
  ])("%s", async (_, content) => {
    const { code, errors, findings } = await scanInside(repositoryWith({ [`${workflows}/odd.yml`]: content }).folder);
    expect({ errors, code }).toEqual({ errors: [], code: 1 });
    expect(findings.map(({ file }) => file)).toEqual([`${workflows}/sound.yml`]);
  });
});

describe("an odd file is edited as exactly as any other", () => {
  it.each<[string, (text: string) => string]>([
    ["CRLF line ends", (text) => text.replaceAll("\n", "\r\n")],
    ["a byte order mark", (text) => `\uFEFF${text}`],
    ["no final newline", (text) => text.trimEnd()],
    ["10 MB of comments", (text) => `${`# ${"x".repeat(98)}\n`.repeat(100_000)}${text}`],
    ["a name with control characters", (text) => text.replace("Run tests", '"Run \\e[31mtests\\u202e"')],
  ])("%s", async (_, change) => {
    const repository = repositoryWith({ [`${workflows}/sound.yml`]: change(sound) });
    const fixed = await runInside(repository.folder, ["--all", "--include-review", "--write"]);
    expect(fixed.code).toBe(0);
    const expected = change(sound.replace("        continue-on-error: true\n", ""));
    expect(repository.read(`${workflows}/sound.yml`) === expected).toBe(true);
  });

  it("control characters of a file never reach the terminal", async () => {
    const name = "evil\u001b[2J";
    const hostile = sound.replace("Run tests", '"Run \\e]0;x\\a tests \\u202e"');
    const repository = repositoryWith({ [`${workflows}/${name}.yml`]: hostile });
    for (const args of [
      ["scan"],
      ["scan", "--format", "json"],
      ["register", "update"],
      ["register"],
      ["--all", "--include-review"],
    ]) {
      const { stdout, stderr } = await runInside(repository.folder, args);
      expect(`${stdout}${stderr}`).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    }
  });
});

describe("what is no regular file is not followed", () => {
  it("a link to a file of the repository, to one outside of it, and to nothing", async () => {
    const repository = repositoryWith({ "elsewhere.yml": sound });
    const outside = scratchFolder();
    new ScratchRepository(outside).write("secret.yml", sound);
    symlinkSync("../../elsewhere.yml", join(repository.folder, workflows, "inside.yml"));
    symlinkSync(join(outside, "secret.yml"), join(repository.folder, workflows, "outside.yml"));
    symlinkSync("nowhere.yml", join(repository.folder, workflows, "dangling.yml"));
    const { errors, findings } = await scanInside(repository.folder);
    expect(errors.map(({ file, code }) => [file, code])).toEqual([
      [`${workflows}/dangling.yml`, "CI_FIX_SYMLINK"],
      [`${workflows}/inside.yml`, "CI_FIX_SYMLINK"],
      [`${workflows}/outside.yml`, "CI_FIX_SYMLINK"],
    ]);
    expect(findings).toHaveLength(1);
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--message=Links");
    await runInside(repository.folder, ["register", "update"]);
    await runInside(repository.folder, ["--all", "--include-review", "--commit"]);
    expect(repository.git("show", "--format=", "--name-only", "HEAD").trim()).toBe(`${workflows}/sound.yml`);
    expect(new ScratchRepository(outside).read("secret.yml")).toBe(sound);
    expect(repository.read("elsewhere.yml")).toBe(sound);
  });

  it("a linked folder of workflows", async () => {
    const repository = new ScratchRepository(scratchFolder());
    repository.write("templates/sound.yml", sound);
    mkdirSync(join(repository.folder, ".github"));
    symlinkSync("../templates", join(repository.folder, workflows));
    repository.commitAll("Start");
    const { errors, findings } = await scanInside(repository.folder);
    expect(errors).toMatchObject([{ file: workflows, code: "CI_FIX_SYMLINK" }]);
    expect(findings).toEqual([]);
  });

  it.runIf(process.platform === "linux")(
    "a file whose name is not UTF-8: nobody could name it, and the others go on",
    async () => {
      const repository = repositoryWith({});
      writeFileSync(
        Buffer.concat([Buffer.from(`${repository.folder}/${workflows}/`), Buffer.from([0xff]), Buffer.from(".yml")]),
        sound,
      );
      repository.git("add", "--all");
      repository.git("commit", "--quiet", "--message=Odd name");
      expect(await scanInside(repository.folder)).toMatchObject({ findings: [{ file: `${workflows}/sound.yml` }] });
      expect((await runInside(repository.folder, ["register", "update"])).code).toBe(0);
      const run = await runInside(repository.folder, ["--all", "--include-review", "--commit"]);
      expect([run.code, codesOf(run)]).toEqual([0, ["CI_FIX_UNREADABLE"]]);
      expect(repository.git("show", "--format=", "--name-only").trim()).toBe(`${workflows}/sound.yml`);
    },
  );

  it("a folder with the name of a workflow", async () => {
    const repository = repositoryWith({ [`${workflows}/folder.yml/inner.txt`]: "" });
    expect(await scanInside(repository.folder)).toMatchObject({
      errors: [],
      findings: [{ file: `${workflows}/sound.yml` }],
    });
  });

  it("a file that may not be read", async () => {
    const repository = repositoryWith({ [`${workflows}/locked.yml`]: sound });
    chmodSync(repository.folder, 0o755);
    chmodSync(join(repository.folder, workflows, "locked.yml"), 0);
    // The superuser may read everything, so somebody else asks.
    const nobody = process.getuid?.() === 0 ? 65534 : undefined;
    if (nobody !== undefined) chownSync(repository.folder, nobody, nobody);
    if (nobody !== undefined) chownSync(join(repository.folder, ".git"), nobody, nobody);
    const { code, errors, findings } = scanJson(repository.folder, nobody);
    expect(errors).toMatchObject([{ file: `${workflows}/locked.yml`, code: "CI_FIX_UNREADABLE" }]);
    expect(findings).toHaveLength(1);
    expect(code).toBe(1);
  });
});
