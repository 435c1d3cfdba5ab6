import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { serveGit, type GitServer } from "../../../test/git-server.mjs";
import {
  cloneRemote,
  fetchBlobs,
  openRemoteEnd,
  openRepository,
  openScratch,
  readAddress,
  whereMoved,
} from "../src/index.ts";
import { isolatedEnvironment, repositoryWith, Sandbox, temporaryFolder } from "./repository.ts";

const who = { name: "Ada Lovelace", email: "ada@example.org", date: "1770508800 +0000" };
const specs = (text: string) => [
  { message: "ci: first", changes: [{ path: ".github/workflows/ci.yml", bytes: Buffer.from(`${text}1\n`) }] },
  { message: "ci: second\n\nBody", changes: [{ path: ".github/workflows/ci.yml", bytes: Buffer.from(`${text}2\n`) }] },
];

let folder: string;
let server: GitServer;

/** A repository on the server, made from a work tree with these files. */
function publish(name: string, files: Record<string, string | Uint8Array>, ...init: string[]): Sandbox {
  const source = repositoryWith(files, ...init);
  execFileSync("git", ["clone", "--quiet", "--bare", source.root, join(folder, name)], { env: isolatedEnvironment() });
  return source;
}

beforeEach(async () => {
  folder = temporaryFolder();
  server = await serveGit(folder);
  return () => server.close();
});

const files = {
  ".github/workflows/ci.yml": "on: push\n",
  ".gitattributes": "* text=auto filter=evil\n",
  "README.md": "hello\n",
  ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`src/${index}/file.txt`, `${index}\n`.repeat(50)])),
};

async function copyOf(name: string): Promise<{ directory: string; address: ReturnType<typeof readAddress> }> {
  const address = readAddress(`${server.url}/${name}`);
  const directory = join(temporaryFolder(), "copy");
  await cloneRemote(address, directory);
  return { directory, address };
}

describe("a repository on a server", () => {
  it("is looked at from any folder, and a repository around that has no say", async () => {
    const source = publish("looked.git", files);
    const around = repositoryWith(files);
    around.git("config", "url.http://127.0.0.1:1/.insteadOf", server.url);
    const inside = join(around.root, "state");
    mkdirSync(inside);
    const refs = await openRemoteEnd(inside, readAddress(`${server.url}/looked.git`)).look("ci-fix/M03");
    expect(refs.head).toBe(source.git("rev-parse", "HEAD").trim());
  });

  it("is read with one request for all blobs", async () => {
    publish("many.git", files);
    const { directory, address } = await copyOf("many.git");
    const repository = await openRepository(directory);
    const head = (await repository.head()).oid!;
    const entries = await repository.listTree(head);
    expect(entries).toHaveLength(43);
    const wanted = entries.filter(({ path }) => path.startsWith("src/1")).map(({ oid }) => oid);
    const before = server.stats.requests;
    await fetchBlobs(directory, address, wanted);
    expect((await repository.readBlobs(wanted)).size).toBe(wanted.length);
    expect(server.stats.paths.slice(before)).toEqual([
      "/many.git/info/refs?service=git-upload-pack",
      "/many.git/git-upload-pack",
    ]);
  });

  it.each([
    ["sha1", []],
    ["sha256", ["--object-format=sha256"]],
  ])("gets the same commits as the local way (%s)", async (_format, init) => {
    const source = publish("same.git", files, ...init);
    const { directory, address } = await copyOf("same.git");
    const remote = await openRepository(directory);
    const head = (await remote.head()).oid!;
    const off = await remote.buildSeries(head, specs("remote"), who);
    source.git("config", "user.name", who.name);
    source.git("config", "core.autocrlf", "true");
    const local = await openRepository(source.root);
    const state = source.state();
    expect(await local.buildSeries(head, specs("remote"), who)).toEqual(off);
    expect(source.state()).toEqual(state);
    const end = openRemoteEnd(directory, address);
    await end.push("ci-fix/M01", off[1]!, undefined);
    expect((await end.look("ci-fix/M01")).branch).toBe(off[1]);
    source.git("config", "core.autocrlf", "false");
    expect(await local.commitSeries(specs("remote"), { date: who.date })).toEqual(off);
  });

  it("is pushed to although the copy is shallow and has no blobs", async () => {
    const source = publish("push.git", files);
    const { directory, address } = await copyOf("push.git");
    const repository = await openRepository(directory);
    const [first, tip] = await repository.buildSeries(source.head(), specs("x"), who);
    const end = openRemoteEnd(directory, address);
    const before = { ...server.stats };
    await end.push("ci-fix/x", tip!, undefined);
    expect(server.stats.sent - before.sent).toBeLessThan(5000);
    const bare = new Sandbox(join(folder, "push.git"));
    bare.git("fsck", "--strict");
    expect(bare.git("show", `ci-fix/x:.github/workflows/ci.yml`)).toBe("x2\n");
    expect(bare.git("log", "--format=%s", "ci-fix/x")).toBe("ci: second\nci: first\nBegin\n");
    await end.push("ci-fix/x", tip!, tip);
    await expect(end.push("ci-fix/x", first!, undefined)).rejects.toMatchObject({ code: "CI_FIX_BRANCH_TAKEN" });
    bare.git("update-ref", "refs/heads/ci-fix/x", source.head());
    await expect(end.remove("ci-fix/x", tip!)).rejects.toMatchObject({ code: "CI_FIX_BRANCH_TAKEN" });
    await end.remove("ci-fix/x", source.head());
    expect(await end.look("ci-fix/x")).toEqual({
      defaultRef: "refs/heads/main",
      head: source.head(),
      branch: undefined,
    });
  });

  it("is pushed to although its default branch has moved on meanwhile", async () => {
    const source = publish("moved.git", files);
    const { directory, address } = await copyOf("moved.git");
    const base = source.head();
    source.write("src/1/file.txt", "new\n");
    source.commit("Go on");
    source.git("push", "--quiet", join(folder, "moved.git"), "HEAD:refs/heads/main");
    const repository = await openRepository(directory);
    const [, tip] = await repository.buildSeries(base, specs("x"), who);
    const end = openRemoteEnd(directory, address);
    await end.push("b", tip!, undefined);
    expect((await end.look("b")).branch).toBe(tip);
    new Sandbox(join(folder, "moved.git")).git("fsck", "--strict");
  });

  it("tells a rule of the server from a branch that was taken", async () => {
    const source = publish("rule.git", files);
    new Sandbox(join(folder, "rule.git")).write(
      "hooks/pre-receive",
      "#!/bin/sh\necho no workflows >&2\nexit 1\n",
      0o755,
    );
    const { directory, address } = await copyOf("rule.git");
    const repository = await openRepository(directory);
    const [, tip] = await repository.buildSeries(source.head(), specs("x"), who);
    await expect(openRemoteEnd(directory, address).push("b", tip!, undefined)).rejects.toMatchObject({
      code: "CI_FIX_PUSH_REFUSED",
      message: expect.stringContaining("pre-receive hook declined") as string,
    });
  });

  it("is pushed to from a clone whose settings lead elsewhere", async () => {
    const source = publish("clone.git", files);
    const mark = join(temporaryFolder(), "ran");
    source.git("remote", "add", "origin", `${server.url}/clone.git`);
    for (const [name, value] of [
      ["core.sshCommand", `touch ${mark}`],
      ["credential.helper", `!touch ${mark}`],
      ["core.hooksPath", source.root],
      ["url.ext::touch .insteadOf", "http://"],
      ["protocol.ext.allow", "always"],
      ["gpg.program", source.root],
      ["commit.gpgSign", "true"],
    ] as const)
      source.git("config", name, value);
    source.write("pre-push", `#!/bin/sh\ntouch ${mark}\n`, 0o755);
    const clone = await openRepository(source.root);
    const [, tip] = await clone.buildSeries(source.head(), specs("x"), who);
    const scratch = await openScratch(temporaryFolder(), clone);
    const address = await clone.remoteAddress("origin");
    await openRemoteEnd(scratch, address!).push("b", tip!, undefined);
    expect((await openRemoteEnd(scratch, address!).look("b")).branch).toBe(tip);
    expect(existsSync(mark)).toBe(false);
  });
});

describe("a server", () => {
  it("says that a repository is gone, closed, moved or not well", async () => {
    publish("there.git", files);
    const clone = (name: string) => cloneRemote(readAddress(`${server.url}/${name}`), join(temporaryFolder(), "copy"));
    await expect(clone("none.git")).rejects.toMatchObject({ code: "CI_FIX_NO_REMOTE" });
    server.intercept = (request, response) => {
      const status = request.url?.startsWith("/private.git") ? 401 : request.url?.startsWith("/sick.git") ? 502 : 0;
      const to = request.url?.startsWith("/old.git") ? request.url.replace("old", "there") : undefined;
      const far = request.url?.startsWith("/far.git") ? `http://localhost:1${request.url}` : to;
      if (status === 0 && far === undefined) return false;
      response.writeHead(far === undefined ? status : 301, far === undefined ? {} : { location: far }).end();
      return true;
    };
    await expect(clone("private.git")).rejects.toMatchObject({ code: "CI_FIX_NO_ACCESS" });
    await expect(clone("sick.git")).rejects.toMatchObject({ code: "CI_FIX_UNREACHABLE" });
    await expect(clone("old.git")).rejects.toMatchObject({ code: "CI_FIX_REMOTE_MOVED" });
    expect((await whereMoved(readAddress(`${server.url}/old.git`)))?.url).toBe(`${server.url}/there.git`);
    expect(await whereMoved(readAddress(`${server.url}/far.git`))).toBeUndefined();
    expect(await whereMoved(readAddress(`${server.url}/there.git`))).toBeUndefined();
  });

  it("gets the token, and nothing else shows it", async () => {
    publish("secret.git", files);
    const token = "s3cr3t-t0ken";
    const seen: (string | undefined)[] = [];
    const commandLines: string[] = [];
    server.intercept = (request, response) => {
      seen.push(request.headers.authorization);
      for (const pid of existsSync("/proc") ? readdirSync("/proc").filter((name) => /^\d+$/u.test(name)) : []) {
        try {
          commandLines.push(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
        } catch {
          // It ended meanwhile.
        }
      }
      if (request.url?.startsWith("/secret.git")) return false;
      response.writeHead(403, { "content-type": "text/plain" }).end(`you sent ${token}`);
      return true;
    };
    const access = { token: () => token };
    const directory = join(temporaryFolder(), "copy");
    await cloneRemote(readAddress(`${server.url}/secret.git`), directory, access);
    expect(new Set(seen)).toEqual(new Set([`Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`]));
    expect(readFileSync(join(directory, "config"), "utf8")).not.toContain(token);
    const failed = await cloneRemote(readAddress(`${server.url}/no.git`), `${directory}2`, access).catch(String);
    expect(failed).toContain("403");
    for (const text of [String(failed), ...commandLines]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(Buffer.from(`x-access-token:${token}`).toString("base64"));
    }
  });
});
