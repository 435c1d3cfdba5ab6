import { requireObjectId } from "./head.ts";
import { output, type Place } from "./place.ts";
import { runGitNow } from "./run.ts";
import type { ObjectId } from "./types.ts";

interface StoredObject {
  readonly type: string;
  readonly bytes: Buffer;
}

const NEWLINE = 0x0a;

/** Objects by id with one `cat-file --batch`. A missing one is absent from the map. */
async function readObjects(place: Place, oids: readonly ObjectId[]): Promise<Map<ObjectId, StoredObject>> {
  const objects = new Map<ObjectId, StoredObject>();
  const wanted = [...new Set(oids.map(requireObjectId))];
  if (wanted.length === 0) return objects;
  const answer = await output(place, ["cat-file", "--batch", "--buffer"], { input: `${wanted.join("\n")}\n` });
  let at = 0;
  while (at < answer.length) {
    const end = answer.indexOf(NEWLINE, at);
    const [oid = "", type = "", size] = answer.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (size === undefined) continue;
    const bytes = answer.subarray(at, at + Number(size));
    objects.set(oid, { type, bytes });
    at += bytes.length + 1;
  }
  return objects;
}

/** Bytes of all objects of one type. */
export async function readTyped(
  place: Place,
  type: "blob" | "commit",
  oids: readonly ObjectId[],
): Promise<Map<ObjectId, Buffer>> {
  const found = new Map<ObjectId, Buffer>();
  for (const [oid, object] of await readObjects(place, oids)) {
    if (object.type === type) found.set(oid, object.bytes);
  }
  return found;
}

/** One blob at once; undefined where it is missing or larger than `limit` bytes. */
export function readBlobNow(place: Place, oid: ObjectId, limit: number): Uint8Array | undefined {
  return runGitNow(place.root, ["cat-file", "blob", requireObjectId(oid)], limit);
}
