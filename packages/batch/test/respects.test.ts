import { join } from "node:path";
import { ForgeError } from "@ci-fix/forge";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GitServer, serveGit } from "../../../test/git-server.mjs";
import { events } from "../src/index.ts";
import { clone, type Fleet, git, openFleet, publish, repaired, temporaryFolder, workflow, write } from "./fleet.ts";
import { type FolderForge, folderForge } from "./folder-forge.mjs";

const path = ".github/workflows/ci.yml";
let root: string;
let server: GitServer;
let forge: FolderForge;
let fleet: Fleet;

const bare = (name: string): string => join(root, `${name}.git`);
const url = (name: string): string => `${server.url}/${name}.git`;
const branch = (name: string): string => git(bare(name), "rev-parse", "--verify", "--quiet", "ci-fix/M03").trim();
const names = ["acme/app", "acme/lib", "acme/old", "acme/shut", "acme/sick", "acme/taken", "acme/wary", "acme/done"];

/** Commits to the default branch on the server, as its owners do. */
function commit(name: string, ref: string, text: string): void {
  const folder = join(temporaryFolder(), "work");
  git(root, "clone", "--quiet", "--branch", ref, bare(name), folder);
  write(folder, path, text);
  git(folder, "commit", "--quiet", "--all", "--allow-empty", "--message", "Go on");
  git(folder, "push", "--quiet", "origin", `HEAD:${ref}`);
}

beforeAll(async () => {
  root = temporaryFolder();
  server = await serveGit(root);
  for (const name of names) publish(bare(name), { [path]: workflow(name.slice(5)) });
  forge = folderForge(temporaryFolder(), server.url.slice(7));
  forge.obstacles.set("acme/old", { obstacle: "archived", message: "it is archived" });
  forge.obstacles.set("acme/shut", { obstacle: "permission", message: "the token may not push workflows" });
  fleet = await openFleet({ findForge: (host) => (host === forge.host ? forge : undefined), settings: { tries: 1 } });
});
afterAll(async () => {
  await fleet.close();
  await server.close();
});

it("tells each partial failure apart, and the others go on", async () => {
  git(
    bare("acme/taken"),
    "update-ref",
    "refs/heads/ci-fix/M03",
    git(bare("acme/taken"), "commit-tree", "-m", "mine", "HEAD^{tree}").trim(),
  );
  forge.disturb = (method, name) => {
    if (name === "sick" && method === "open") throw new ForgeError("temporary", "502 from the forge");
  };
  await fleet.plan(...names.map(url));
  await fleet.batch.apply("pr-open");
  expect(await fleet.states()).toEqual({
    "acme/app": "pr-open",
    "acme/lib": "pr-open",
    "acme/wary": "pr-open",
    "acme/done": "pr-open",
    "acme/old": "blocked(archived)",
    "acme/shut": "blocked(permission)",
    "acme/sick": "failed(unreachable)",
    "acme/taken": "blocked(branch)",
  });
  expect(git(bare("acme/taken"), "log", "-1", "--format=%s", "ci-fix/M03")).toBe("mine\n");
  const [pull] = forge.pulls("acme/app");
  expect(pull).toMatchObject({ number: 1, head: "ci-fix/M03", title: "ci: repair 1 silent CI failure" });
  expect(pull!.body).toContain("fails, job app fails and the run is red");
});

it("retries what failed and nothing else, and opens nothing twice", async () => {
  forge.disturb = undefined;
  const pushes = server.stats.paths.filter((each) => each.endsWith("git-receive-pack")).length;
  expect(await fleet.batch.retry({ blocked: false })).toBe(1);
  expect(await fleet.states()).toMatchObject({ "acme/sick": "pr-open", "acme/old": "blocked(archived)" });
  expect(server.stats.paths.filter((each) => each.endsWith("git-receive-pack"))).toHaveLength(pushes);
  expect(await fleet.batch.apply("pr-open")).toBe(0);
  for (const name of ["acme/app", "acme/sick"]) expect(forge.pulls(name)).toHaveLength(1);
});

it("takes a closed pull request for a no to that plan, and asks again for another one", async () => {
  forge.settle("acme/wary", 1, "closed");
  forge.settle("acme/done", 1, "merged");
  await fleet.batch.refresh();
  expect(await fleet.states()).toMatchObject({ "acme/wary": "closed(declined)", "acme/done": "merged" });
  await fleet.batch.plan([]);
  await fleet.batch.apply("pr-open");
  expect(await fleet.states()).toMatchObject({ "acme/wary": "closed(declined)", "acme/done": "merged" });
  expect(["acme/wary", "acme/done"].map((name) => forge.pulls(name).length)).toEqual([1, 1]);
  commit(
    "acme/wary",
    "main",
    workflow("wary", "      - name: Lint\n        continue-on-error: true\n        run: eslint .\n"),
  );
  await fleet.batch.plan([]);
  await fleet.batch.apply("pr-open");
  expect(forge.pulls("acme/wary").map(({ state }) => state)).toEqual(["closed", "open"]);
});

it("does not push over commits of others, nor close what holds them", async () => {
  commit("acme/lib", "ci-fix/M03", workflow("lib-by-hand"));
  const theirs = branch("acme/lib");
  commit(
    "acme/lib",
    "main",
    workflow("lib", "      - name: Lint\n        continue-on-error: true\n        run: eslint .\n"),
  );
  await fleet.batch.plan([]);
  await fleet.batch.apply("pr-open");
  expect(await fleet.states()).toMatchObject({ "acme/lib": "blocked(branch)" });
  await fleet.batch.takeBack(
    ["M03-R01", "M03-R02", "M03-R03", "M03-R04", "M03-R05", "M03-R06", "M03-R07", "M03-R08"],
    "pushed",
  );
  expect(branch("acme/lib")).toBe(theirs);
});

it("closes what it opened once nothing is left to fix", async () => {
  commit("acme/app", "main", repaired(workflow("app")));
  await fleet.batch.plan([]);
  expect(await fleet.states()).toMatchObject({ "acme/app": "clean" });
  await fleet.batch.apply("pr-open");
  expect(await fleet.states()).toMatchObject({ "acme/app": "closed(done)" });
  expect(forge.pulls("acme/app")).toMatchObject([{ state: "closed", comments: ["Nothing is left to fix here."] }]);
  expect(() => branch("acme/app")).toThrow(/rev-parse/u);
});

it("lands nothing else than what was planned", async () => {
  const folder = clone(join(temporaryFolder(), "own"), { [path]: workflow("own") });
  await fleet.plan(folder);
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "Not about CI");
  await fleet.batch.apply("committed");
  expect(await fleet.states()).toMatchObject({ [folder]: "committed" });
  expect(git(folder, "rev-parse", "ci-fix/M03^")).toBe(git(folder, "rev-parse", "HEAD"));
  const other = clone(join(temporaryFolder(), "other"), { [path]: workflow("other") });
  await fleet.plan(other);
  write(other, path, workflow("renamed"));
  git(other, "commit", "--quiet", "--all", "--message", "Rename the job");
  await fleet.batch.apply("committed");
  expect(await fleet.states()).toMatchObject({ [other]: "superseded(moved-on)" });
});

it("keeps every change of state in its ledger", async () => {
  const states: string[] = [];
  for await (const { repository, state } of events(fleet.ledger)) if (repository === "acme/sick") states.push(state);
  expect(states.slice(0, 8)).toEqual([
    "discovered",
    "scanned",
    "planned",
    "committed",
    "pushed",
    "failed",
    "pushed",
    "pr-open",
  ]);
});
