import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveGit } from "../../../test/git-server.mjs";
import { events, standings, type Standing } from "../src/index.ts";
import { clone, type Fleet, git, openFleet, temporaryFolder, workflow } from "./fleet.ts";
import { type Hostile, makeHostile, setTrap } from "./hostile.ts";

const path = ".github/workflows/ci.yml";
let before: Map<string, string>;
let fleet: Fleet;
const found = new Map<string, Standing>();

/** Every file below a folder with its bytes. */
function bytesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.sort().map((file) => [file, readFileSync(file, "latin1")]));
}

const trap = setTrap();
const victim = clone(join(temporaryFolder(), "victim"), { [path]: workflow("victim") });
const server = await serveGit(temporaryFolder());
server.intercept = (request, response) => {
  if (request.url?.startsWith("/away.git") === true)
    response.writeHead(302, { location: `http://localhost:1${request.url}` });
  else if (request.url?.startsWith("/private.git") === true)
    response.writeHead(401, { "www-authenticate": "Basic realm=x" });
  else
    response
      .writeHead(200, { "content-type": "application/x-git-upload-pack-advertisement" })
      .write("nonsense \u001B[31m");
  response.end();
  return true;
};
const all: Hostile[] = makeHostile(trap, victim, server.url);

beforeAll(async () => {
  before = bytesOf(victim);
  fleet = await openFleet({
    settings: { tries: 1, limits: { milliseconds: 120_000, outputBytes: 20_000_000, diskBytes: 50_000_000 } },
  });
  await fleet.plan(...all.map(({ line }) => line));
  await fleet.batch.apply("committed");
  for await (const standing of standings(fleet.ledger, undefined)) found.set(standing.name, standing);
}, 240_000);
afterAll(async () => {
  await fleet.close();
  await server.close();
});

it("there are more than thirty kinds", () => {
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(45);
});

describe.each(all)("$title", ({ line, state, word }) => {
  it(`is ${state}, with its reason`, () => {
    // In the ledger an address is known by its path, and a password is left out.
    const name = line.startsWith(server.url)
      ? line.slice(server.url.length + 1, -4)
      : line.replace(/^([a-z]+:\/\/)?.*@/u, "$1…@");
    const standing = found.get(name);
    expect(standing, line).toBeDefined();
    const told = standing!.reason === "" ? standing!.state : `${standing!.state}(${standing!.reason})`;
    expect(told, standing!.detail).toBe(state);
    if (word !== undefined) expect(standing!.detail).toContain(word);
    if (state === "clean") expect(standing!.errors).not.toEqual([]);
    else if (state !== "committed") expect(standing!.detail).not.toBe("");
  });
});

it("nothing of them ran", () => expect(trap.sprung()).toEqual([]));

it("nothing outside of their folders was written", () => {
  expect(bytesOf(victim)).toEqual(before);
  expect(git(victim, "for-each-ref", "--format=%(refname)")).toBe("refs/heads/main\n");
});

it("no name of theirs forges a commit's trailers", () => {
  const { line } = all.find(({ title }) => title.startsWith("names that forge"))!;
  const message = git(line, "log", "-1", "--format=%B", "ci-fix/M03");
  expect(message.match(/^Ci-Fix-Risk: /gmu)).toHaveLength(1);
  expect(message).not.toMatch(/^Ci-Fix-Rollback|M99-R99$/mu);
  expect(message).not.toContain("\u001B");
});

it("no password of theirs is in the ledger", async () => {
  const lines: string[] = [];
  for await (const event of events(fleet.ledger)) lines.push(JSON.stringify(event));
  expect(lines.join("\n")).not.toContain("s3cret");
  const rows = await fleet.database.query<{ text: string }>("select r::text as text from ci_fix.repository r");
  expect(rows.map(({ text }) => text).join("\n")).not.toContain("s3cret");
  expect(readdirSync(join(fleet.state, "copies"))).toEqual([]);
  expect(readFileSync(join(victim, "untracked"), "utf8")).toBe("mine\n");
});
