import { openYaml } from "@ci-fix/yaml-editor";
import { asMap, mapOf, textOf } from "./nodes.ts";
import type { Branches, LocalAction, RepositoryView } from "./types.ts";

/** Bytes. A script or a manifest that is larger is made by a program, and telling what it does would take too long. */
const largestFile = 1024 * 1024;

/** Reads a file of a tree at once; undefined where there is no regular file. `path` is relative to the root, with `/`. */
export type ReadNow = (path: string) => Uint8Array | undefined;

/** Looks into a tree, reading each file once and no more than is asked for. Paths that leave the tree name no file. */
export function repositoryView(readNow: ReadNow, branches?: Branches): RepositoryView {
  const known = new Map<string, Uint8Array | undefined>();
  const texts = new Map<string, string | undefined>();
  const bytesOf = (path: string): Uint8Array | undefined => {
    const plain = plainPath(path);
    if (plain === undefined) return undefined;
    if (!known.has(plain)) {
      const bytes = readNow(plain);
      known.set(plain, bytes !== undefined && bytes.length <= largestFile ? bytes : undefined);
    }
    return known.get(plain);
  };
  return {
    branches,
    bytes: bytesOf,
    text: (path) => {
      if (!texts.has(path)) texts.set(path, decoded(bytesOf(path)));
      return texts.get(path);
    },
  };
}

/** Nothing of the repository can be seen. */
export const noRepository: RepositoryView = {
  bytes: () => undefined,
  text: () => undefined,
  branches: undefined,
};

/** `./a/../b` is `b`; undefined for the root itself, for what leaves it, and for absolute paths. */
export function plainPath(path: string): string | undefined {
  if (path.startsWith("/") || path.includes("\0") || path.includes("\\")) return undefined;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join("/");
}

function decoded(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const actions = new WeakMap<RepositoryView, Map<string, LocalAction | undefined>>();

/** What a local action (`uses: ./path`) says of itself; undefined for an action of another repository and for one that cannot be read. */
export function localAction(repository: RepositoryView, uses: string): LocalAction | undefined {
  if (!uses.startsWith("./")) return undefined;
  const known = actions.get(repository) ?? new Map<string, LocalAction | undefined>();
  actions.set(repository, known);
  if (!known.has(uses)) known.set(uses, readAction(repository, uses));
  return known.get(uses);
}

function readAction(repository: RepositoryView, uses: string): LocalAction | undefined {
  for (const name of ["action.yml", "action.yaml"]) {
    const path = plainPath(`${uses}/${name}`);
    const bytes = path === undefined ? undefined : repository.bytes(path);
    if (path === undefined || bytes === undefined) continue;
    const opened = openYaml(bytes);
    const runs = opened.ok ? mapOf(asMap(opened.file.documents[0]), "runs") : undefined;
    const using = textOf(runs, "using");
    if (using === undefined) return undefined;
    const named = ["pre", "main", "post"].flatMap((key) => textOf(runs, key) ?? []);
    return { path, using, programs: named.flatMap((program) => plainPath(`${uses}/${program}`) ?? []) };
  }
  return undefined;
}
