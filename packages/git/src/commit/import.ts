import { randomUUID } from "node:crypto";
import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { GitError } from "../errors.ts";
import { commandFailed } from "../failure.ts";
import { line, type Place } from "../place.ts";
import { runGit } from "../run.ts";
import type { ObjectId } from "../types.ts";
import type { Identity } from "./identity.ts";
import type { PlannedCommit } from "./plan.ts";

const NO_OBJECT = "0".repeat(40);
const NO_OBJECT_SHA256 = "0".repeat(64);

/** A path between quotes, each byte that could be read as something else as `\ooo`. */
function quotePath(path: string): string {
  const bytes = [...Buffer.from(path, "utf8")];
  const plain = (byte: number): boolean => byte > 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
  const shown = bytes.map((byte) =>
    plain(byte) ? String.fromCodePoint(byte) : `\\${byte.toString(8).padStart(3, "0")}`,
  );
  return `"${shown.join("")}"`;
}

function data(bytes: Uint8Array): Buffer[] {
  return [
    Buffer.from(`data ${bytes.length}\n`),
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    Buffer.from("\n"),
  ];
}

function commitCommands(
  ref: string,
  commit: PlannedCommit,
  number: number,
  from: string,
  identity: Identity,
): Buffer[] {
  const message = Buffer.from(commit.message, "utf8");
  return [
    Buffer.from(`commit ${ref}\nmark :${number}\n`),
    Buffer.from(`author ${identity.author}\ncommitter ${identity.committer}\n`, "latin1"),
    ...data(message),
    Buffer.from(`from ${from}\n`),
    ...commit.files.flatMap((file) => [
      Buffer.from(`M ${file.mode} inline ${quotePath(file.path)}\n`),
      ...data(file.bytes),
    ]),
    Buffer.from(`\nget-mark :${number}\n`),
  ];
}

/**
 * The stream ends by resetting its own ref to nothing: git then never writes the ref, so that nothing is left to clear away, even after a
 * `kill -9`. Without `feature done` a stream cut short would be taken for a whole one.
 */
function stream(
  place: Place,
  ref: string,
  base: ObjectId,
  commits: readonly PlannedCommit[],
  identity: Identity,
): Buffer {
  const nothing = place.format === "sha256" ? NO_OBJECT_SHA256 : NO_OBJECT;
  return Buffer.concat([
    Buffer.from("feature done\n"),
    ...commits.flatMap((commit, index) =>
      commitCommands(ref, commit, index + 1, index === 0 ? base : `:${index}`, identity),
    ),
    Buffer.from(`reset ${ref}\nfrom ${nothing}\n\ndone\n`),
  ]);
}

/** Builds the commits in the object database. No ref, index or file of the work tree changes. Returns their ids, oldest first. */
export async function importSeries(
  place: Place,
  base: ObjectId,
  commits: readonly PlannedCommit[],
  identity: Identity,
): Promise<ObjectId[]> {
  const ref = `refs/ci-fix/${randomUUID()}`;
  const input = stream(place, ref, base, commits, identity);
  const outcome = await runGit(place.root, ["fast-import", "--quiet", "--date-format=raw"], { input, writes: true });
  // Locking the ref made its folder; it stays when somebody else is using it.
  await rmdir(join(place.commonDir, "refs", "ci-fix")).catch(() => {});
  if (outcome.code !== 0) {
    await rm(join(place.gitDir, `fast_import_crash_${outcome.pid}`), { force: true });
    throw commandFailed("fast-import", outcome, place.gitDir);
  }
  const oids = line(outcome.stdout).split("\n");
  if (oids.length !== commits.length)
    throw new GitError("CI_FIX_GIT_FAILED", "git fast-import did not make every commit.");
  return oids;
}
