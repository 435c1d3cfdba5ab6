import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GitServer, serveGit } from "../../../test/git-server.mjs";
import { type Fleet, git, openFleet, publish, repaired, temporaryFolder, workflow, write } from "./fleet.ts";
import { type FolderForge, folderForge } from "./folder-forge.mjs";

const path = ".github/workflows/ci.yml";
const names = ["acme/app", "acme/both", "acme/undone", "acme/moved"];
const lint = "      - name: Lint\n        continue-on-error: true\n        run: eslint .\n";

let root: string;
let server: GitServer;
let forge: FolderForge;
let fleet: Fleet;
/** Of each repository's job: its tests were fixed and merged, its linter is found later. */
const risks: Record<string, { tests: string; linter: string }> = {};

const bare = (name: string): string => join(root, `${name}.git`);
const at = (name: string, ref: string): string => git(bare(name), "show", `${ref}:${path}`);
const jobOf = (name: string): string => name.slice(5);

function commit(name: string, text: string): void {
  const folder = join(temporaryFolder(), "work");
  git(root, "clone", "--quiet", "--branch", "main", bare(name), folder);
  write(folder, path, text);
  git(folder, "commit", "--quiet", "--all", "--message", "Go on");
  git(folder, "push", "--quiet", "origin", "HEAD:main");
}

/** The only id of the plan of a repository. */
async function planned(name: string): Promise<string> {
  for await (const entry of fleet.ledger.entries())
    if (entry.name === name) return entry.planBody?.risks.map(({ id }) => id).join() ?? "";
  return "";
}

beforeAll(async () => {
  root = temporaryFolder();
  server = await serveGit(root);
  for (const name of names) publish(bare(name), { [path]: workflow(jobOf(name)) });
  forge = folderForge(temporaryFolder(), server.url.slice(7));
  fleet = await openFleet({ findForge: (host) => (host === forge.host ? forge : undefined) });
  await fleet.plan(...names.map((name) => `${server.url}/${name}.git`));
  for (const name of names) risks[name] = { tests: await planned(name), linter: "" };
  await fleet.batch.apply("pr-open");
  for (const name of names) {
    git(bare(name), "update-ref", "refs/heads/main", "refs/heads/ci-fix/M03");
    forge.settle(name, 1, "merged");
  }
  await fleet.batch.refresh();
  for (const name of names) commit(name, `${repaired(workflow(jobOf(name)))}${lint}`);
  await fleet.batch.plan([]);
  for (const name of names) risks[name]!.linter = await planned(name);
  await fleet.batch.apply("pr-open");
});
afterAll(async () => {
  await fleet.close();
  await server.close();
});

it("asks again for what is found after a merge", async () => {
  expect(await fleet.states()).toEqual(Object.fromEntries(names.map((name) => [name, "pr-open"])));
  for (const name of names) expect(forge.pulls(name).map(({ state }) => state)).toEqual(["merged", "open"]);
});

it("takes back what was merged before, from the default branch, and leaves the branch of the new plan alone", async () => {
  const { tests } = risks["acme/app"]!;
  const before = git(bare("acme/app"), "rev-parse", "ci-fix/M03");
  await fleet.batch.takeBack([tests], "pr-open");
  expect(at("acme/app", `ci-fix/M03-without-${tests}`)).toBe(`${workflow("app")}${lint}`);
  expect(git(bare("acme/app"), "rev-parse", "ci-fix/M03")).toBe(before);
  expect(forge.pulls("acme/app").at(-1)).toMatchObject({
    title: `ci: roll back ${tests}`,
    base: "main",
    state: "open",
  });
  expect(await fleet.states()).toMatchObject({ "acme/app": "pr-open" });
});

it("takes back one risk that was merged and one that was not, each where it is", async () => {
  const { tests, linter } = risks["acme/both"]!;
  await fleet.batch.takeBack([tests, linter], "pushed");
  expect(at("acme/both", `ci-fix/M03-without-${tests}`)).toBe(`${workflow("both")}${lint}`);
  expect(at("acme/both", "ci-fix/M03")).toBe(at("acme/both", "main"));
  expect(await fleet.batch.takeBack([tests, linter], "pushed")).toBe(0);
});

it("makes no branch where somebody took the fix back already", async () => {
  const { tests } = risks["acme/undone"]!;
  commit("acme/undone", `${workflow("undone")}${lint}`);
  expect(await fleet.batch.takeBack([tests], "pr-open")).toBe(1);
  expect(git(bare("acme/undone"), "for-each-ref", "--format=%(refname:short)", "refs/heads").split("\n")).toEqual([
    "ci-fix/M03",
    "main",
    "",
  ]);
  expect(forge.pulls("acme/undone")).toHaveLength(2);
});

it("keeps what was merged through another merge", async () => {
  const { tests, linter } = risks["acme/moved"]!;
  git(bare("acme/moved"), "update-ref", "refs/heads/main", "refs/heads/ci-fix/M03");
  forge.settle("acme/moved", 2, "merged");
  await fleet.batch.refresh();
  expect(await fleet.states()).toMatchObject({ "acme/moved": "merged" });
  await fleet.batch.takeBack([linter, tests], "pushed");
  expect(at("acme/moved", `ci-fix/M03-without-${linter}-${tests}`)).toBe(`${workflow("moved")}${lint}`);
});
