import { CiFixError } from "@ci-fix/codemod";
import { type Config, emptyConfig, type Register, readConfig, readRegister } from "@ci-fix/register";
import { knownClasses } from "./classes.ts";
import { workTreeSource } from "./source/work-tree.ts";
import type { FileSource } from "./types.ts";

export const registerPath = ".ci-fix/register.yml";
/** Where a policy may lie; the first that is there counts. */
export const configPaths: readonly string[] = [".ci-fix.yml", ".github/ci-fix.yml"];

/** The register of a work tree (or of any source), with its bytes; undefined where there is none. Rejects with `CI_FIX_REGISTER_INVALID`. */
export async function loadRegister(
  root: string | FileSource,
): Promise<{ register: Register; bytes: Uint8Array } | undefined> {
  const bytes = await readIfThere(root, registerPath);
  if (bytes === undefined) return undefined;
  const read = readRegister(bytes);
  if (read.ok) return { register: read.register, bytes };
  throw invalid("CI_FIX_REGISTER_INVALID", registerPath, read.problems);
}

/** A policy as it was read, and where it lies. */
export interface LoadedConfig {
  readonly config: Config;
  /** Undefined where there is no policy file. */
  readonly file: { readonly path: string; readonly bytes: Uint8Array } | undefined;
}

/** The policy file of a work tree (or of any source); an empty policy where there is none. Rejects with `CI_FIX_CONFIG_INVALID`. */
export async function loadConfig(root: string | FileSource): Promise<LoadedConfig> {
  for (const path of configPaths) {
    const bytes = await readIfThere(root, path);
    if (bytes === undefined) continue;
    const read = readConfig(bytes, knownClasses);
    if (read.ok) return { config: read.config, file: { path, bytes } };
    throw invalid("CI_FIX_CONFIG_INVALID", path, read.problems);
  }
  return { config: emptyConfig, file: undefined };
}

async function readIfThere(root: string | FileSource, path: string): Promise<Uint8Array | undefined> {
  const source = typeof root === "string" ? workTreeSource(root) : root;
  return source.read(path).catch((error: unknown) => {
    if (error instanceof CiFixError && (error.code === "CI_FIX_NO_SUCH_PATH" || isMissing(error.cause)))
      return undefined;
    throw error;
  });
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}

function invalid(
  code: "CI_FIX_REGISTER_INVALID" | "CI_FIX_CONFIG_INVALID",
  path: string,
  problems: readonly { readonly message: string; readonly line: number | undefined }[],
): CiFixError {
  const lines = problems.map(({ message, line }) => `${path}${line === undefined ? "" : `:${line}`}: ${message}`);
  return new CiFixError(code, lines.join("\n"), { hint: `mend ${path}; nothing was changed` });
}
