import { open, readFile, rm } from "node:fs/promises";
import { CiFixError } from "@ci-fix/codemod";

/** When a process started, so that a number that was given out again is told from the process that is gone. Empty where that cannot be seen. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function holder(path: string): Promise<number | undefined> {
  const [text = "", start = ""] = (await readFile(path, "utf8").catch(() => "")).split(" ");
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  return (await startOf(pid)) === start.trim() ? pid : undefined;
}

/**
 * Takes a lock file for this process; a lock whose process is gone is taken over. Returns what gives it back.
 * @throws CiFixError `CI_FIX_LEDGER_BUSY`
 */
export async function lock(path: string): Promise<() => Promise<void>> {
  for (let tries = 0; tries < 10; tries += 1) {
    const file = await open(path, "wx").catch(() => undefined);
    if (file !== undefined) {
      await file.writeFile(`${process.pid} ${await startOf(process.pid)}`);
      await file.close();
      return () => rm(path, { force: true });
    }
    const pid = await holder(path);
    if (pid !== undefined && pid !== process.pid) {
      throw new CiFixError("CI_FIX_LEDGER_BUSY", `another ci-fix (process ${pid}) is at work on this ledger`, {
        exitCode: 4,
        hint: "wait until it has ended, choose another --state folder, or use a Postgres with --database",
      });
    }
    await rm(path, { force: true });
  }
  throw new CiFixError("CI_FIX_LEDGER_BUSY", `${path} cannot be taken`, { exitCode: 4 });
}
