import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replayText, type ShellScript } from "@ci-fix/shell-script";
import { type Failing, mutedScript, writeStubs } from "./stubs.ts";

/** Milliseconds of a run, and seconds of processor time, bytes of a file (in blocks of 512) and of memory (in kB) of each process. */
const limits = { time: 10_000, cpu: 5, file: 2048, memory: 512 * 1024, files: 64 };

/** What files of the runner a script may write to. */
const runnerFiles = ["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY", "GITHUB_PATH", "GITHUB_STATE"];

/** The program that runs the scripts; undefined where this machine has none. */
export function shellPath(dialect: ShellScript["options"]["dialect"]): string | undefined {
  const { stdout, status } = spawnSync("/bin/sh", ["-c", `command -v ${dialect}`], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** The words with which a program is started without any network; empty where the system does not allow it. */
function withoutNetwork(): readonly string[] {
  const { status } = spawnSync("unshare", ["-r", "-n", "true"], { stdio: "ignore" });
  return status === 0 ? ["unshare", "-r", "-n"] : [];
}

let isolation: readonly string[] | undefined;

/** Runs a script in an empty folder in which every program is a stub; `failing` is the one that fails. Gives its exit status, null where a limit ended it. */
export async function runWithStubs(
  shell: string,
  script: ShellScript,
  others: readonly ShellScript[],
  failing: Failing | undefined,
): Promise<number | null> {
  const root = await mkdtemp(join(tmpdir(), "ci-fix-replay-"));
  try {
    const [bin, work] = [join(root, "bin"), join(root, "work")];
    await mkdir(bin);
    await mkdir(work);
    await writeStubs([script, ...others], { bin, work }, failing);
    const file = join(root, "script");
    await writeFile(file, mutedScript(replayText(script), script.options.dialect));
    return await run(shell, script, { root, bin, work, file });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function run(
  shell: string,
  { options }: ShellScript,
  {
    root,
    bin,
    work,
    file,
  }: { readonly root: string; readonly bin: string; readonly work: string; readonly file: string },
): Promise<number | null> {
  const flags = [
    ...(options.dialect === "bash" ? ["--noprofile", "--norc"] : []),
    ...(options.errexit ? ["-e"] : []),
    ...(options.pipefail ? ["-o", "pipefail"] : []),
  ];
  const limit = `ulimit -t ${limits.cpu} -f ${limits.file} -v ${limits.memory} -n ${limits.files} 2>/dev/null; PATH=$1; shift; exec "$@"`;
  isolation ??= withoutNetwork();
  const command = [...isolation, "/bin/sh", "-c", limit, "sh", bin, shell, ...flags, file];
  const env: Record<string, string> = { PATH: "/usr/bin:/bin", HOME: root, LC_ALL: "C", CI: "true" };
  for (const name of runnerFiles) env[name] = join(root, name);
  const [program = "", ...args] = command;
  const child = spawn(program, args, { cwd: work, env, stdio: "ignore", detached: true });
  return new Promise((resolve) => {
    const timer = setTimeout(() => endGroup(child.pid), limits.time);
    child.once("error", () => resolve(null));
    child.once("exit", (code) => {
      clearTimeout(timer);
      endGroup(child.pid);
      resolve(code);
    });
  });
}

/** What the script left running in the background ends with it. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All of them have ended.
  }
}
