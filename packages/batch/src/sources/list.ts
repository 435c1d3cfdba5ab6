import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { Forge, RepositoryQuery } from "@ci-fix/forge";
import { type Address, GitError, isAddress, readAddress } from "@ci-fix/git";
import picomatch from "picomatch";
import type { Source } from "../types.ts";

/** Which of the repositories are taken: glob patterns over their names (`acme/*`, or a folder as it was given). */
export interface Filter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** Says whether a name passes. Without `include`, all do that `exclude` does not name. */
export function passes({ include, exclude }: Filter): (name: string) => boolean {
  const options = { dot: true, nocase: true };
  const [wanted, unwanted] = [picomatch([...include], options), picomatch([...exclude], options)];
  return (name) => (include.length === 0 || wanted(name)) && !(exclude.length > 0 && unwanted(name));
}

function ofAddress({ url, host, name }: Address): Source {
  return { kind: "remote", source: url, name, host, organisation: name.slice(0, Math.max(0, name.lastIndexOf("/"))) };
}

/** What cannot be taken up still has its line in the ledger, without a password that it may hold. */
function refused(text: string, reason: string, detail: string): Source {
  const shown = text.replace(/^([a-z][\w+.-]*:\/\/)?.*@/iu, "$1…@");
  const source = `refused:${createHash("sha256").update(text).digest("hex")}`;
  return { kind: "remote", source, name: shown, host: "", organisation: "", skip: { reason, detail } };
}

/** A path of a folder, or an address, as a line of a list or an argument says. Paths are relative to `cwd`. */
export async function readSource(text: string, cwd: string): Promise<Source> {
  if (!isAddress(text) && !text.startsWith("-")) {
    const folder = await realpath(resolve(cwd, text)).catch(() => undefined);
    if (folder === undefined) return refused(text, "gone", "there is no such folder");
    return { kind: "folder", source: folder, name: text.replace(/(?<=.)\/+$/u, ""), host: "", organisation: "" };
  }
  try {
    return ofAddress(readAddress(text));
  } catch (error) {
    if (error instanceof GitError) return refused(text, "address", error.message);
    throw error;
  }
}

/** The lines of a list: a path or an address each; empty lines and those that begin with `#` say nothing. */
export function readLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** Every source once, in the order given, that the filter lets pass. */
export async function readSources(lines: readonly string[], cwd: string, filter: Filter): Promise<Source[]> {
  const wanted = passes(filter);
  const sources = new Map<string, Source>();
  for (const line of lines) {
    const source = await readSource(line, cwd);
    if (wanted(source.name) && !sources.has(source.source)) sources.set(source.source, source);
  }
  return [...sources.values()];
}

/** Lists repositories of a forge. Archived and empty ones, and forks, are named and not taken up. */
export async function* listForge(
  forge: Forge,
  query: RepositoryQuery,
  filter: Filter,
  forks: boolean,
): AsyncGenerator<Source> {
  const wanted = passes(filter);
  for await (const { owner, name, url, archived, empty, fork } of forge.list(query)) {
    const full = `${owner}/${name}`;
    if (!wanted(full)) continue;
    const source: Source = { kind: "remote", source: url, name: full, host: forge.host, organisation: owner };
    if (archived) yield { ...source, skip: { reason: "archived", detail: "it is archived" } };
    else if (empty) yield { ...source, skip: { reason: "empty", detail: "it has no commit yet" } };
    else if (fork && !forks) yield { ...source, skip: { reason: "fork", detail: "it is a fork; --forks takes it up" } };
    else yield source;
  }
}
