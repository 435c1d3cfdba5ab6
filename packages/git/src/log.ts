import { GitError } from "./errors.ts";
import { showPath } from "./failure.ts";
import { requireObjectId, resolveRevision } from "./head.ts";
import { readTyped } from "./objects.ts";
import { line, output, type Place } from "./place.ts";
import type { LogEntry, LogOptions, ObjectId } from "./types.ts";

/** Text in the encoding that a commit names, or UTF-8. An encoding that is not known is read as UTF-8. */
function decode(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString("utf8");
  }
}

function readCommit(oid: ObjectId, bytes: Buffer): LogEntry {
  const gap = bytes.indexOf("\n\n");
  const headers = bytes.toString("latin1", 0, gap === -1 ? bytes.length : gap).split("\n");
  const values = (name: string): string[] =>
    headers.filter((header) => header.startsWith(`${name} `)).map((header) => header.slice(name.length + 1));
  const message = gap === -1 ? "" : decode(bytes.subarray(gap + 2), values("encoding")[0] ?? "utf-8");
  const time = / (\d+) [-+]\d+$/u.exec(values("author")[0] ?? "")?.[1];
  return {
    oid,
    parents: values("parent"),
    authorTime: Number(time ?? 0),
    subject:
      message
        .replace(/^\n+/u, "")
        .split(/\n[\t ]*\n/u, 1)[0]
        ?.trim()
        .replace(/\s*\n\s*/gu, " ") ?? "",
    message,
  };
}

/**
 * Walks with `rev-list` and reads raw commits: no setting of the user (`log.follow`, `log.showSignature`, mailmap, date or
 * encoding of output) can change the answer. `--full-history`, so that a commit on a side branch is found whatever its merge did.
 */
export async function readLog(place: Place, options: LogOptions): Promise<LogEntry[]> {
  const from = options.from ?? "HEAD";
  const start = await resolveRevision(place, from);
  if (start === undefined) {
    if (from === "HEAD") return [];
    throw new GitError("CI_FIX_NO_COMMIT", `There is no commit ${showPath(from)}.`);
  }
  if (options.paths?.length === 0) return [];
  const limit = options.limit === undefined ? [] : [`--max-count=${Math.max(0, Math.trunc(options.limit))}`];
  const grep = options.containing === undefined ? [] : ["--fixed-strings", `--grep=${options.containing}`];
  const command = [
    "rev-list",
    "--full-history",
    "--date-order",
    ...limit,
    ...grep,
    start,
    ...(options.without === undefined ? [] : [`^${requireObjectId(options.without)}`]),
    "--",
    ...(options.paths ?? []),
  ];
  const oids = line(await output(place, command))
    .split("\n")
    .filter((oid) => oid !== "");
  const commits = await readTyped(place, "commit", oids);
  return oids.flatMap((oid) => {
    const bytes = commits.get(oid);
    return bytes === undefined ? [] : [readCommit(oid, bytes)];
  });
}
