import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { GitError } from "../errors.ts";
import { requireObjectId } from "../head.ts";
import { currentBudget } from "../limits.ts";
import type { Outcome } from "../run.ts";
import type { ObjectId } from "../types.ts";
import { readAddress, type Address } from "./address.ts";
import { watchingDisk } from "./disk.ts";
import { requireBranchName } from "./end.ts";
import { type Access, notServed, talk } from "./transport.ts";

const CLONE = [
  "clone",
  "--quiet",
  "--bare",
  "--depth=1",
  "--single-branch",
  "--no-tags",
  "--filter=blob:none",
  "--template=",
  "--no-recurse-submodules",
  "--no-local",
];

const NO_BRANCH = /Remote branch .* not found/u;

/**
 * Copies the newest commit of a branch, if one is named and there, else of the default branch, without a single file's content, into a folder that does not exist yet. The folder
 * appears when the copy is whole. Open it with `openRepository`; `fetchBlobs` brings what is to be read.
 * @throws GitError `CI_FIX_REMOTE_MOVED` (the message names where to, if that is on the same host), `CI_FIX_NO_ACCESS`, `CI_FIX_NO_REMOTE`
 * or `CI_FIX_UNREACHABLE`.
 */
export async function cloneRemote(
  address: Address,
  directory: string,
  access: Access = {},
  branch?: string,
): Promise<void> {
  const parent = dirname(directory);
  await mkdir(parent, { recursive: true });
  const temporary = `${directory}.${randomUUID().slice(0, 8)}.part`;
  try {
    await watchingDisk(temporary, async () => {
      const clone = (...named: string[]): Promise<Outcome> =>
        talk(parent, address, access, [...CLONE, ...named, "--", address.url, temporary]);
      const first = branch === undefined ? await clone() : await clone(`--branch=${requireBranchName(branch)}`);
      const outcome = branch !== undefined && NO_BRANCH.test(first.stderr) ? await clone() : first;
      if (outcome.code !== 0) throw notServed(outcome);
    });
    await rm(directory, { recursive: true, force: true });
    await rename(temporary, directory);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

const FETCH = [
  "-c",
  "fetch.negotiationAlgorithm=noop",
  "fetch",
  "--quiet",
  "--no-tags",
  "--no-write-fetch-head",
  "--recurse-submodules=no",
  "--filter=blob:none",
  "--no-auto-maintenance",
  "--stdin",
];

async function fetchObjects(
  directory: string,
  address: Address,
  oids: readonly ObjectId[],
  access: Access,
  options: readonly string[],
): Promise<void> {
  if (oids.length === 0) return;
  const input = `${[...new Set(oids.map(requireObjectId))].join("\n")}\n`;
  await watchingDisk(directory, async () => {
    const outcome = await talk(directory, address, access, [...FETCH, ...options, "origin"], { input });
    if (outcome.code !== 0) throw notServed(outcome);
  });
}

/** One request for all of the blobs, as git's own lazy fetch asks for a single one. What the server does not have stays missing. */
export function fetchBlobs(
  directory: string,
  address: Address,
  oids: readonly ObjectId[],
  access: Access = {},
): Promise<void> {
  return fetchObjects(directory, address, oids, access, []);
}

/** Brings one more commit that the server shows, without its history and without its content. */
export function fetchCommit(directory: string, address: Address, commit: ObjectId, access: Access = {}): Promise<void> {
  return fetchObjects(directory, address, [commit], access, ["--depth=1"]);
}

/**
 * Where a server sends those who ask for a repository that was renamed. A place on another host is not followed: undefined, as when
 * there is no such word.
 */
export async function whereMoved(address: Address, access: Access = {}): Promise<Address | undefined> {
  if (address.protocol === "ssh") return undefined;
  const suffix = "/info/refs?service=git-upload-pack";
  const token = access.token?.(address.host);
  const basic = Buffer.from(`x-access-token:${token ?? ""}`).toString("base64");
  const answer = await fetch(`${address.url.replace(/\/+$/u, "")}${suffix}`, {
    redirect: "manual",
    headers: token === undefined || token === "" ? {} : { authorization: `Basic ${basic}` },
    signal: currentBudget()?.signal ?? null,
  }).catch(() => undefined);
  await answer?.body?.cancel();
  const location = answer?.headers.get("location");
  if (location === undefined || location === null) return undefined;
  const target = new URL(location, address.url).href;
  if (!target.endsWith(suffix)) return undefined;
  try {
    const moved = readAddress(target.slice(0, -suffix.length));
    return moved.host === address.host && moved.protocol === address.protocol ? moved : undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
