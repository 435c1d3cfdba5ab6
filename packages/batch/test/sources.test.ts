import { join } from "node:path";
import { expect, it } from "vitest";
import { passes, readLines, readSources } from "../src/index.ts";
import { clone, temporaryFolder } from "./fleet.ts";

const all = { include: [], exclude: [] };

it("a list holds a path or an address a line", () => {
  expect(readLines("# mine\r\n\n  https://host/a/b \n../x\n#https://host/c/d\n")).toEqual(["https://host/a/b", "../x"]);
});

it("a repository is taken once, whatever it is called", async () => {
  const folder = temporaryFolder();
  clone(join(folder, "app"), { "a.txt": "a" });
  const sources = await readSources(
    ["app", "./app/", join(folder, "app"), "git@host.example:acme/app.git", "https://host.example/acme/app"],
    folder,
    all,
  );
  expect(sources.map(({ kind, name, host, organisation }) => [kind, name, host, organisation])).toEqual([
    ["folder", "app", "", ""],
    ["remote", "acme/app", "host.example", "acme"],
    ["remote", "acme/app", "host.example", "acme"],
  ]);
});

it("what cannot be taken up is named, without its password", async () => {
  const [source] = await readSources(["https://me:s3cret@host.example/a/b"], "/", all);
  expect(source).toMatchObject({ name: "https://…@host.example/a/b", skip: { reason: "address" } });
  expect(JSON.stringify(source)).not.toContain("s3cret");
});

it.each([
  [{ include: ["acme/*"], exclude: [] }, ["acme/app", "acme/.github"]],
  [{ include: [], exclude: ["acme/*"] }, ["other/app"]],
  [{ include: ["*/app"], exclude: ["other/*"] }, ["acme/app"]],
  [{ include: ["ACME/APP"], exclude: [] }, ["acme/app"]],
  [all, ["acme/app", "acme/.github", "other/app"]],
])("of three names, %j lets pass %j", (filter, names) => {
  expect(["acme/app", "acme/.github", "other/app"].filter(passes(filter))).toEqual(names);
});
