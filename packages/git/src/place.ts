import { commandFailed } from "./failure.ts";
import { runGit, type RunOptions } from "./run.ts";

/** Where a repository is. All paths are absolute. */
export interface Place {
  /** The work tree; for a bare repository the git directory. */
  readonly root: string;
  /** The git directory of this work tree. */
  readonly gitDir: string;
  /** The git directory that linked work trees share. */
  readonly commonDir: string;
  readonly bare: boolean;
  readonly format: "sha1" | "sha256";
}

/** Runs a command that must succeed and returns its output. */
export async function output(place: Place, command: readonly string[], options: RunOptions = {}): Promise<Buffer> {
  const outcome = await runGit(place.root, command, options);
  if (outcome.code !== 0) throw commandFailed(command[0] ?? "", outcome, place.gitDir);
  return outcome.stdout;
}

/** Output without its last line end. Git ends a path or an id with exactly one. */
export function line(bytes: Buffer): string {
  return bytes.toString("utf8").replace(/\n$/u, "");
}

/** The fields of NUL-terminated output, as bytes. */
export function fields(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
    found.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return found;
}

/** Few enough path arguments for one command line, on every system. */
export function* portions(paths: readonly string[]): Generator<string[]> {
  const limit = 24_000;
  let portion: string[] = [];
  let length = 0;
  for (const path of paths) {
    if (portion.length > 0 && length + path.length > limit) {
      yield portion;
      portion = [];
      length = 0;
    }
    portion.push(path);
    length += path.length + 1;
  }
  if (portion.length > 0) yield portion;
}
