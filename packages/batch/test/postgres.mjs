import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = "/usr/lib/postgresql";

function programs() {
  const versions = existsSync(root) ? readdirSync(root) : [];
  const folder = versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  return folder;
}

/** Postgres does not run as root; Debian's package brings a user for it. */
function user() {
  if (userInfo().uid !== 0) return {};
  const found = spawnSync("id", ["-u", "postgres"], { encoding: "utf8" });
  const group = spawnSync("id", ["-g", "postgres"], { encoding: "utf8" });
  return found.status === 0 ? { uid: Number(found.stdout), gid: Number(group.stdout) } : undefined;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function startPostgres() {
  const [bin, who] = [programs(), user()];
  if (bin === undefined || who === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "ci-fix-postgres-"));
  if (who.uid !== undefined) chownSync(folder, who.uid, who.gid);
  const data = join(folder, "data");
  const options = { ...who, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: "C" }, stdio: "ignore" };
  const made = spawnSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
    options,
  );
  if (made.status !== 0) return undefined;
  const port = await freePort();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`, "fsync=off"];
  const server = spawn(join(bin, "postgres"), ["-D", data, ...settings.flatMap((setting) => ["-c", setting])], options);
  const ended = new Promise((resolve) => server.on("close", resolve));
  for (let tries = 0; tries < 300; tries += 1) {
    const ready = spawnSync(join(bin, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", String(port)], options);
    if (ready.status === 0) break;
    await sleep(100);
  }
  return {
    address: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
