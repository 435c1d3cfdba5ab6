import { copyFile, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GitError } from "../errors.ts";
import { showPath } from "../failure.ts";
import type { Repository } from "../types.ts";

/**
 * An empty bare repository of ci-fix's own that sees the objects of a clone, so that a push from it obeys none of the clone's settings
 * (`core.sshCommand`, `credential.helper`, `url.….insteadOf`, hooks). Returns its folder, which the caller removes.
 */
export async function openScratch(parent: string, clone: Repository): Promise<string> {
  // One path on each line; git would read these as something else.
  if (/^[#"]|[\n\r]/u.test(clone.objects))
    throw new GitError("CI_FIX_GIT_FAILED", `A path that git cannot list: ${showPath(clone.objects)}`);
  const directory = await mkdtemp(join(parent, "scratch-"));
  const settings =
    clone.format === "sha256"
      ? ["[core]", "repositoryformatversion = 1", "bare = true", "[extensions]", "objectformat = sha256"]
      : ["[core]", "repositoryformatversion = 0", "bare = true"];
  await mkdir(join(directory, "objects", "info"), { recursive: true });
  await mkdir(join(directory, "refs"));
  await writeFile(join(directory, "HEAD"), "ref: refs/heads/none\n");
  await writeFile(join(directory, "config"), `${settings.join("\n")}\n`);
  await writeFile(join(directory, "objects", "info", "alternates"), `${clone.objects}\n`);
  // Where the clone's history was cut off, this one's must be, too.
  await copyFile(join(dirname(clone.objects), "shallow"), join(directory, "shallow")).catch(() => {});
  return directory;
}
