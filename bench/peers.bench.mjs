// What ci-fix and its peers find in the same files in one run, and what it costs: time, processor time and memory as ratios.
// Peers are looked for on the PATH: zizmor (offline), actionlint and jactionlint (without shellcheck). A missing one is left out.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const corpus = join(root, "..", "shared", "corpus", "repos");
const limit = Number(process.argv[2] ?? 40);
const scratch = mkdtempSync(join(tmpdir(), "ci-fix-peers-"));
const projects = existsSync(corpus)
  ? readdirSync(corpus)
      .filter((name) => existsSync(join(corpus, name, ".github", "workflows")))
      .slice(0, limit)
      .map((name) => ({ name, from: join(corpus, name) }))
  : [{ name: "audit-m04", from: join(root, "fixtures", "audit-m04") }];
const files = [];
for (const { name, from } of projects) {
  const folder = join(scratch, name, ".github", "workflows");
  cpSync(join(from, ".github", "workflows"), folder, { recursive: true });
  for (const file of readdirSync(folder)) if (/\.ya?ml$/.test(file)) files.push(join(folder, file));
}

/** Rules of the peers that speak of the same things as classes of ci-fix. */
const tools = [
  {
    name: "ci-fix",
    command: process.execPath,
    args: [join(root, "packages", "ci-fix", "dist", "ci-fix.mjs"), "scan", "--format", "json", "."],
    found: (output) => JSON.parse(output).findings.map(({ class: name }) => name),
  },
  {
    name: "zizmor",
    command: onPath("zizmor"),
    args: ["--offline", "--no-progress", "--format", "json", ...files],
    found: (output) => JSON.parse(output).map(({ ident }) => ident),
    ours: ["unsound-condition", "unsound-contains", "bot-conditions"],
  },
  {
    name: "actionlint",
    command: onPath("actionlint"),
    args: ["-shellcheck=", "-pyflakes=", "-format", "{{json .}}", ...files],
    found: (output) => JSON.parse(output).map(({ kind }) => kind),
    ours: ["if-cond", "expression"],
  },
  {
    name: "jactionlint",
    command: onPath("jactionlint"),
    args: ["--shellcheck=", "--pyflakes=", "--profile=correctness", "--format=json", ...files],
    found: (output) => JSON.parse(output).map(({ id }) => id),
    ours: ["if-always-true", "constant-condition", "undefined-property", "unsound-contains"],
  },
];

console.log(`${files.length} workflows of ${projects.length} repositories; ratios are to ci-fix, in this run`);
let own;
for (const tool of tools) {
  if (tool.command === undefined) {
    console.log(`${tool.name.padEnd(12)} is not on the PATH: left out`);
    continue;
  }
  const ran = await measured(tool);
  own ??= ran;
  const ratio = (key) => (ran[key] === undefined || own[key] === undefined ? "?" : (ran[key] / own[key]).toFixed(2));
  console.log(
    `${tool.name.padEnd(12)} wall ${ratio("wall")}  processor ${ratio("cpu")}  memory ${ratio("memory")}  (${Math.round(ran.wall)} ms, ${ran.cpu ?? "?"} ms, ${ran.memory ?? "?"} MB)`,
  );
  console.log(`${"".padEnd(12)} ${told(tool, ran.output)}`);
}
rmSync(scratch, { recursive: true, force: true });

function onPath(name) {
  const folder = (process.env.PATH ?? "").split(delimiter).find((path) => existsSync(join(path, name)));
  return folder === undefined ? undefined : join(folder, name);
}

/** Runs a tool and looks at its process while it runs. Linux alone tells what it used. */
function measured({ command, args }) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(command, args, { cwd: scratch, stdio: ["ignore", "pipe", "ignore"] });
    const used = {};
    const look = () => {
      try {
        const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ");
        used.cpu = (Number(fields[11]) + Number(fields[12])) * 10;
        const peak = Math.round(
          Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024,
        );
        if (peak > 0) used.memory = peak;
      } catch {
        // It has ended, or this is another system.
      }
    };
    const timer = setInterval(look, 5);
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.on("close", () => {
      clearInterval(timer);
      resolve({ wall: performance.now() - started, output, ...used });
    });
  });
}

function told({ found, ours }, output) {
  try {
    const counts = new Map();
    for (const name of found(output)) counts.set(name, (counts.get(name) ?? 0) + 1);
    const rows = [...counts].sort((a, b) => b[1] - a[1]).filter(([name]) => ours === undefined || ours.includes(name));
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const list = rows.map(([name, count]) => `${name} ${count}`).join(", ");
    return `${total} findings; of our classes: ${list === "" ? "none" : list}`;
  } catch {
    return "its output could not be read";
  }
}
