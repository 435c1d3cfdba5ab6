import type { Policy } from "@ci-fix/codemod";
import { CiFixError } from "@ci-fix/codemod";
import type { TreeEntry } from "@ci-fix/git";
import type { Register } from "@ci-fix/register";
import {
  configPaths,
  type FileSource,
  ignoredBy,
  isLive,
  loadConfig,
  type LoadedConfig,
  loadRegister,
  policyFrom,
  registerPath,
  type ScanError,
} from "@ci-fix/runner";
import { noRepository } from "@ci-fix/workflow";
import type { Workplace } from "../workplace/types.ts";

/** The tree of a commit, with those contents that were asked for so far. */
export interface Tree {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Regular files that CI reads. */
  readonly files: readonly TreeEntry[];
  /** CI files that are no regular files, or have names that are no text. */
  readonly errors: readonly ScanError[];
  /** Contents by object id; grows through `read`. */
  readonly blobs: Map<string, Uint8Array>;
  read(oids: readonly string[]): Promise<void>;
}

export function isRegular(entry: TreeEntry | undefined): entry is TreeEntry {
  return entry?.mode.startsWith("100") === true && entry.inexact !== true;
}

export async function readTree(workplace: Workplace, commit: string): Promise<Tree> {
  const listed = await workplace.repository.listTree(commit);
  const entries = new Map(listed.map((entry) => [entry.path, entry]));
  const ci = listed
    .filter(({ path }) => isLive(path) || isLinkedFolder(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const blobs = new Map<string, Uint8Array>();
  return {
    entries,
    files: ci.filter((entry) => isRegular(entry) && isLive(entry.path)),
    errors: ci.filter((entry) => !isRegular(entry)).map(notRegular),
    blobs,
    async read(oids) {
      const wanted = [...new Set(oids)].filter((oid) => !blobs.has(oid));
      if (wanted.length === 0) return;
      await workplace.fetch(wanted);
      for (const [oid, bytes] of await workplace.repository.readBlobs(wanted)) blobs.set(oid, bytes);
    },
  };
}

/** A link or a submodule in the place of a folder hides what is below it. */
function isLinkedFolder(path: string): boolean {
  return path === ".github" || path === ".github/workflows";
}

function notRegular({ path, mode }: TreeEntry): ScanError {
  const message =
    mode === "120000" || mode === "160000"
      ? "this is a symbolic link or a submodule; neither is followed"
      : "its name is not UTF-8";
  return {
    file: path,
    code: mode.startsWith("1") && !mode.startsWith("100") ? "CI_FIX_SYMLINK" : "CI_FIX_UNREADABLE",
    message,
    line: undefined,
  };
}

/** What the repository itself says of how it is to be judged. */
export interface OwnRules {
  readonly loaded: LoadedConfig;
  readonly register: { readonly register: Register; readonly bytes: Uint8Array } | undefined;
  readonly ignored: (path: string) => boolean;
  readonly policy: Policy;
}

/** Rejects with `CI_FIX_CONFIG_INVALID` or `CI_FIX_REGISTER_INVALID`. */
export async function readOwnRules(tree: Tree, given: Pick<Policy, "milestone" | "date">): Promise<OwnRules> {
  const present = [...configPaths, registerPath].flatMap((path) => tree.entries.get(path) ?? []).filter(isRegular);
  await tree.read(present.map(({ oid }) => oid));
  const source: FileSource = {
    root: "/",
    list: async () => [],
    repository: async () => noRepository,
    read: async (path) => {
      const bytes = tree.blobs.get(present.find((entry) => entry.path === path)?.oid ?? "");
      if (bytes === undefined) throw new CiFixError("CI_FIX_NO_SUCH_PATH", `${path} is not in the commit`);
      return bytes;
    },
  };
  const [loaded, register] = [await loadConfig(source), await loadRegister(source)];
  const { milestone, date } = given;
  return {
    loaded,
    register,
    ignored: ignoredBy(loaded.config),
    policy: policyFrom(loaded.config, { milestone, date }),
  };
}
