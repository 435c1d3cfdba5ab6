import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { currentBudget, exceeded } from "../limits.ts";

async function bytesBelow(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const sizes = entries.map(async (entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return bytesBelow(path);
    return stat(path).then(
      ({ size }) => size,
      () => 0,
    );
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

const EVERY = 200;

/** Runs work that fills a folder, and ends it when the folder holds more than the budget allows. Milliseconds between two looks: 200. */
export async function watchingDisk<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const budget = currentBudget();
  if (budget === undefined) return work();
  const look = async (): Promise<void> => {
    const most = budget.limits.diskBytes;
    if ((await bytesBelow(directory)) > most)
      budget.stop(exceeded("CI_FIX_TOO_LARGE", `The repository takes more than ${most} bytes on the disk.`));
  };
  const timer = setInterval(() => void look(), EVERY);
  try {
    const result = await work();
    await look();
    budget.signal.throwIfAborted();
    return result;
  } finally {
    clearInterval(timer);
  }
}
