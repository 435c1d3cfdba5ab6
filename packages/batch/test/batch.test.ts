import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GitServer, serveGit } from "../../../test/git-server.mjs";
import { clone, git, openFleet, publish, repaired, temporaryFolder, workflow } from "./fleet.ts";

const path = ".github/workflows/ci.yml";
let root: string;
let server: GitServer;

beforeAll(async () => {
  root = temporaryFolder();
  server = await serveGit(root);
});
afterAll(() => server.close());

it("plans, lands and takes back, the same in a clone and on a server", async () => {
  const files = { [path]: workflow("unit"), "README.md": "hello\n" };
  publish(join(root, "acme/one.git"), files);
  publish(join(root, "acme/two.git"), files);
  publish(join(root, "acme/fine.git"), { [path]: repaired(workflow("unit")) });
  publish(join(root, "acme/plain.git"), { "README.md": "hello\n" });
  const folder = clone(join(temporaryFolder(), "one"), files);
  const fleet = await openFleet();
  const url = (name: string): string => `${server.url}/acme/${name}.git`;
  await fleet.plan(url("one"), url("two"), url("fine"), url("plain"), folder);
  expect(await fleet.states()).toEqual({
    "acme/one": "planned",
    "acme/two": "planned",
    [folder]: "planned",
    "acme/fine": "clean",
    "acme/plain": "skipped(no-ci-files)",
  });
  expect(fleet.worker.judging.counts).toEqual({ judged: 2, found: 2 });
  await fleet.batch.apply("committed");
  await fleet.batch.apply("pushed");
  const tip = git(folder, "rev-parse", "ci-fix/M03").trim();
  const at = (name: string): string => git(join(root, `acme/${name}.git`), "rev-parse", "ci-fix/M03").trim();
  expect([at("one"), at("two")]).toEqual([tip, tip]);
  expect(git(folder, "show", `${tip}:${path}`)).toBe(repaired(files[path]!));
  expect(git(folder, "log", "-1", "--format=%s", tip)).toMatch(/^ci\(M03-R01\): /u);
  expect(await fleet.states()).toMatchObject({ "acme/one": "pushed", "acme/two": "pushed" });
  await fleet.batch.takeBack(["M03-R01"], "pushed");
  expect(git(join(root, "acme/one.git"), "show", `ci-fix/M03:${path}`)).toBe(files[path]);
  expect(git(join(root, "acme/one.git"), "log", "-1", "--format=%s", "ci-fix/M03")).toMatch(
    /^ci\(M03-R01\): roll back/u,
  );
  expect(git(folder, "show", `ci-fix/M03:${path}`)).toBe(files[path]);
  expect(readFileSync(join(folder, path), "utf8")).toBe(files[path]);
  await fleet.close();
});
