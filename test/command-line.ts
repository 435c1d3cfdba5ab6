import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./scratch-repository.ts";

/** The bundled command line, as users run it; `npm run build` makes it. */
const bundle = join(root, "packages", "ci-fix", "dist", "ci-fix.mjs");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `ci-fix` in a folder. `user` is a numeric user id to run it as. */
export function ciFix(folder: string, args: readonly string[], user?: number): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
    ...(user === undefined ? {} : { uid: user, gid: user }),
    maxBuffer: 1 << 26,
  });
  return { code: status, stdout, stderr };
}

/** What the JSON of a scan holds, as far as tests ask. */
export interface Scan {
  readonly files: number;
  readonly findings: readonly { readonly file: string; readonly class: string }[];
  readonly errors: readonly { readonly file: string; readonly code: string; readonly message: string }[];
}

/** What `ci-fix scan --format json` says. */
export function scanJson(folder: string, user?: number): Scan & { readonly code: number | null } {
  const { code, stdout } = ciFix(folder, ["scan", "--format", "json"], user);
  return { ...(JSON.parse(stdout) as Scan), code };
}

/** The codes that a run tells people about, in order. */
export function codesOf({ stderr }: Pick<Run, "stderr">): string[] {
  return [...stderr.matchAll(/^(?:error|warning)\[(\w+)\]: \S/gm)].map(([, code]) => code ?? "");
}
