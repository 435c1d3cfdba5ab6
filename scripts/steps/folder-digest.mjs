import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A digest of the names and the bytes of all files in a folder. */
export function folderDigest(folder) {
  const hash = createHash("sha256");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort(byPath)) {
    if (entry.isFile()) hash.update(pathOf(entry).slice(folder.length)).update(readFileSync(pathOf(entry)));
  }
  return hash.digest("hex");
}

function byPath(a, b) {
  return pathOf(a) < pathOf(b) ? -1 : 1;
}

function pathOf({ parentPath, name }) {
  return join(parentPath, name);
}
