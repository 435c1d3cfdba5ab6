import { appendFileSync, chmodSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GitServer, serveGit } from "../../../test/git-server.mjs";
import { clone, type Fleet, git, openFleet, publish, repaired, temporaryFolder, workflow, write } from "./fleet.ts";

const path = ".github/workflows/ci.yml";
const text = workflow("unit");
const crlf = text.replaceAll("\n", "\r\n");
let root: string;
let server: GitServer;
let fleet: Fleet;
const folders = new Map<string, string>();

const bare = (name: string): string => join(root, `${name}.git`);
const url = (name: string): string => `${server.url}/${name}.git`;
/** What the campaign's branch holds at a path, in the server's repository or in a folder. */
const landed = (place: string, file = path): string => git(place, "show", `ci-fix/M03:${file}`);

/** A bare repository whose default branch has this name. */
function withBranch(name: string, branch: string): void {
  publish(bare(name), { [path]: text });
  git(bare(name), "branch", "--move", "main", branch);
  git(bare(name), "symbolic-ref", "HEAD", `refs/heads/${branch}`);
}

function folder(name: string, files: Readonly<Record<string, string>> = { [path]: text }, ...init: string[]): string {
  const made = clone(join(temporaryFolder(), name), files, ...init);
  folders.set(name, made);
  return made;
}

beforeAll(async () => {
  root = temporaryFolder();
  server = await serveGit(root);
  publish(bare("sha256"), { [path]: text }, "--object-format=sha256");
  withBranch("slash", "release/2.x");
  withBranch("letters", "größe/δ");
  withBranch("marks", "a'b$(c)&d");
  withBranch("shortest", "x");
  git(temporaryFolder(), "init", "--quiet", "--bare", bare("empty"));
  publish(bare("no-ci"), { "README.md": "hello\n" });
  publish(bare("new-name"), { [path]: text });
  publish(bare("windows"), { [path]: text, ".gitattributes": "*.yml text eol=crlf\n", "a.txt": "x" });
  publish(bare("crlf"), { [path]: crlf });
  publish(bare("detached"), { [path]: text });
  git(bare("detached"), "update-ref", "--no-deref", "HEAD", git(bare("detached"), "rev-parse", "main").trim());
  const mixed = clone(temporaryFolder(), { [path]: text, "elsewhere.yml": workflow("linked") });
  symlinkSync("../../elsewhere.yml", join(mixed, ".github/workflows/linked.yml"));
  write(mixed, ".github/workflows/run-me.yml", workflow("executable"));
  chmodSync(join(mixed, ".github/workflows/run-me.yml"), 0o755);
  git(mixed, "add", "--all");
  git(mixed, "commit", "--quiet", "--message", "Mix");
  git(root, "clone", "--quiet", "--bare", mixed, bare("mixed"));
  server.intercept = (request, response) => {
    if (request.url?.startsWith("/old-name.git") !== true) return false;
    response.writeHead(301, { location: request.url.replace("old-name", "new-name") }).end();
    return true;
  };
  const shallow = join(temporaryFolder(), "shallow");
  git(root, "clone", "--quiet", "--depth=1", `file://${bare("windows")}`, shallow);
  git(shallow, "remote", "set-url", "origin", url("windows"));
  git(shallow, "config", "core.autocrlf", "true");
  folders.set("shallow", shallow);
  const busy = folder("busy");
  appendFileSync(join(busy, path), "# mine, not committed\n");
  writeFileSync(join(busy, "new.txt"), "untracked\n");
  const aside = folder("aside");
  git(aside, "switch", "--quiet", "--detach");
  folder("sha256-folder", { [path]: text }, "--object-format=sha256");
  fleet = await openFleet();
  const names = [
    "sha256",
    "slash",
    "letters",
    "marks",
    "shortest",
    "empty",
    "no-ci",
    "old-name",
    "windows",
    "crlf",
    "detached",
    "mixed",
  ];
  await fleet.plan(...names.map(url), ...folders.values(), bare("new-name"));
  // In clones of nobody's origin there is no place to push to.
  await fleet.batch.apply("committed");
}, 240_000);
afterAll(async () => {
  await fleet.close();
  await server.close();
});

it("each is where it belongs", async () => {
  const states = await fleet.states();
  const at = (name: string): string | undefined => states[folders.get(name) ?? name];
  expect(
    Object.fromEntries(
      [...Object.keys(states).filter((name) => !name.startsWith("/")), ...folders.keys()].map((name) => [
        name,
        at(name),
      ]),
    ),
  ).toEqual({
    sha256: "committed",
    slash: "committed",
    letters: "committed",
    marks: "committed",
    shortest: "committed",
    empty: "skipped(empty)",
    "no-ci": "skipped(no-ci-files)",
    "old-name": "committed",
    windows: "committed",
    crlf: "committed",
    detached: "committed",
    mixed: "committed",
    shallow: "committed",
    busy: "committed",
    aside: "skipped(no-branch)",
    "sha256-folder": "committed",
  });
});

it("a branch is pushed from whatever there is, and the bytes are those of the fix alone", async () => {
  await fleet.batch.apply("pushed");
  const states = await fleet.states();
  const pushed = [
    "sha256",
    "slash",
    "letters",
    "marks",
    "shortest",
    "old-name",
    "windows",
    "mixed",
    folders.get("shallow")!,
  ];
  expect(pushed.filter((name) => states[name] !== "pushed")).toEqual([]);
  expect(states[folders.get("busy")!]).toBe("blocked(no-remote)");
  for (const name of ["sha256", "slash", "letters", "marks", "shortest", "new-name", "mixed"])
    expect(landed(bare(name))).toBe(repaired(text));
  expect(landed(bare("windows"))).toBe(repaired(text));
  expect(landed(bare("crlf"))).toBe(repaired(text).replaceAll("\n", "\r\n"));
  expect(git(bare("sha256"), "rev-parse", "ci-fix/M03").trim()).toHaveLength(64);
  for (const name of ["sha256", "windows", "mixed"]) git(bare(name), "fsck", "--strict", "--no-dangling");
});

it("a clone and a server's repository of the same content get the same commit", () => {
  const tips = ["sha256", folders.get("sha256-folder")!].map((place) =>
    git(place.startsWith("/") ? place : bare(place), "rev-parse", "ci-fix/M03"),
  );
  expect(tips[0]).toBe(tips[1]);
  const windows = [bare("windows"), folders.get("shallow")!].map((place) => git(place, "rev-parse", "ci-fix/M03"));
  expect(windows[0]).toBe(windows[1]);
});

it("modes stay, links are named and left alone", async () => {
  const listed = git(bare("mixed"), "ls-tree", "-r", "ci-fix/M03", "--format=%(objectmode) %(path)");
  expect(listed).toContain("100755 .github/workflows/run-me.yml\n");
  expect(listed).toContain("120000 .github/workflows/linked.yml\n");
  expect(landed(bare("mixed"), ".github/workflows/run-me.yml")).toBe(repaired(workflow("executable")));
  expect(landed(bare("mixed"), "elsewhere.yml")).toBe(workflow("linked"));
  for await (const entry of fleet.ledger.entries()) {
    if (entry.name === "mixed")
      expect(entry.errors).toMatchObject([{ file: ".github/workflows/linked.yml", code: "CI_FIX_SYMLINK" }]);
  }
});

it("a work tree with changes keeps them, and its branch", () => {
  const busy = folders.get("busy")!;
  expect(readFileSync(join(busy, path), "utf8")).toBe(`${text}# mine, not committed\n`);
  expect(git(busy, "status", "--porcelain")).toBe(" M .github/workflows/ci.yml\n?? new.txt\n");
  expect(git(busy, "symbolic-ref", "HEAD")).toBe("refs/heads/main\n");
  expect(landed(busy)).toBe(repaired(text));
});
