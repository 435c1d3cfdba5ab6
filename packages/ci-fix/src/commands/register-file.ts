import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Repository } from "@ci-fix/git";
import { registerPath, replaceFile } from "@ci-fix/runner";
import { EXIT } from "../exit-code.ts";
import { CommandError } from "../problems.ts";

/** A register lies in a work tree. */
export function requireWorkTree(repository: Repository | undefined): void {
  if (repository?.bare !== true) return;
  throw new CommandError(
    "CI_FIX_BARE",
    EXIT.refused,
    "this repository is bare: there is no work tree to hold a register",
    {
      hint: "run ci-fix in a clone that has one",
    },
  );
}

/** Writes the register in one step. False if it is as it should be already. */
export async function writeRegister(root: string, before: Uint8Array | undefined, after: Uint8Array): Promise<boolean> {
  if (before !== undefined && Buffer.from(before).equals(after)) return false;
  const path = join(root, registerPath);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, after);
  return true;
}
