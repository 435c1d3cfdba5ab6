import type { FileSource } from "../types.ts";

/** A source in which some texts stand for what is on disk. `paths` are those that were asked for, whether they are there or not. */
export function overlaid(
  source: FileSource,
  paths: readonly string[] | undefined,
  overlay: ReadonlyMap<string, Uint8Array> | undefined,
): FileSource {
  if (overlay === undefined || overlay.size === 0) return source;
  const isOpen = paths !== undefined && paths.length > 0 && paths.every((path) => overlay.has(path));
  return {
    ...source,
    list: async () => (isOpen ? [...paths].sort() : source.list()),
    read: async (path) => overlay.get(path) ?? source.read(path),
  };
}
