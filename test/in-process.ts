import { run } from "../packages/ci-fix/src/cli.ts";
import type { Scan } from "./command-line.ts";

export interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line of ci-fix in this process, without a build: quicker than the bundle, and from the sources as they are. */
export async function runInside(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Told> {
  const told = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof told) => ({
    write: (text: string) => void (told[name] += text),
    on: () => undefined,
  });
  const host = { env, stdout: stream("stdout"), stderr: stream("stderr"), cwd: () => folder };
  return { code: await run(args, host), ...told };
}

/** What `ci-fix scan --format json` says, in this process. */
export async function scanInside(folder: string): Promise<Scan & { readonly code: number }> {
  const { code, stdout } = await runInside(folder, ["scan", "--format", "json"]);
  return { ...(JSON.parse(stdout) as Scan), code };
}
