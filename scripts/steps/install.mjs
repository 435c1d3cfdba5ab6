// Installs what is missing. `npm ci` is not used: it refuses a lock that lacks the optional packages of another platform.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run, stop } from "./run.mjs";

const floor = [20, 19];

export async function install() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < floor[0] || (major === floor[0] && minor < floor[1])) {
    stop(`Node ${floor.join(".")} or newer is needed; this is ${process.versions.node}.`);
  }
  const missing = whatIsMissing();
  if (missing === undefined) return;
  process.stderr.write(`Installing packages (${missing}) …\n`);
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { code } = await run(npm, ["install", "--no-audit", "--no-fund", "--loglevel=error"], { show: true });
  if (code !== 0) stop("`npm install` failed; what it printed is above.");
}

/** Why an install is needed; undefined when all that the lock names is there in the right version. */
function whatIsMissing() {
  const present = readJson("node_modules/.package-lock.json")?.packages;
  if (present === undefined) return "node_modules is missing";
  const wanted = readJson("package-lock.json")?.packages ?? {};
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith("node_modules/") || entry.optional === true || entry.link === true) continue;
    if (present[path]?.version !== entry.version)
      return `${path.slice("node_modules/".length)} ${entry.version} is missing`;
  }
  return workspaceNames().find((name) => !existsSync(join(root, "node_modules", name)));
}

function workspaceNames() {
  return ["packages", "codemods"]
    .flatMap((group) =>
      readdirSync(join(root, group)).map((folder) => readJson(`${group}/${folder}/package.json`)?.name),
    )
    .filter((name) => name !== undefined);
}

function readJson(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
