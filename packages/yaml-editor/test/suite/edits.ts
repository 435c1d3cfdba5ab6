import type { Edit, Path } from "../../src/index.ts";
import { type Site, withNext, without, withValue } from "./judge.ts";

/** What is tried at each entry and item. */
export const KINDS = ["delete", "note", "set", "comment-above", "comment-at", "insert", "re-insert"] as const;
export type Kind = (typeof KINDS)[number];

export const MARK = "fresh: mark";

export function parentPath(path: Path): Path {
  return path.slice(0, -1) as unknown as Path;
}

function insertion(site: Site, key: string, value: Extract<Edit, { kind: "insert-item" }>["value"]): Edit {
  const { child } = site;
  const path = parentPath(child.path);
  if (child.kind === "item") return { kind: "insert-item", path, index: Number(child.path.at(-1)) + 1, value };
  return { kind: "insert-key", path, key, value, after: child.key };
}

/** The edit of a kind at a place; undefined where the kind does not apply. */
export function editOf(kind: Kind, site: Site): Edit | undefined {
  const { path, value } = site.child;
  switch (kind) {
    case "delete":
      return { kind, path };
    case "note":
      return { kind: "delete", path, note: [MARK, "second line"] };
    case "set":
      return value?.kind === "map" || value?.kind === "sequence" ? undefined : { kind, path, value: MARK };
    case "comment-above":
      return { kind, path, lines: [MARK] };
    case "comment-at":
      return { kind, path, text: MARK };
    case "insert":
      return insertion(site, "fresh key", MARK);
    case "re-insert":
      return undefined;
  }
}

/** The plain data that an edit of a kind makes of data. */
export function expectedData(kind: Kind, data: readonly unknown[], site: Site): unknown[] | undefined {
  if (kind === "delete" || kind === "note") return without(data, site);
  if (kind === "set") return withValue(data, site, MARK);
  if (kind === "insert") return withNext(data, site, "fresh key", MARK);
  return [...data];
}

/** The comments that an edit of a kind writes. */
export const WRITTEN: Readonly<Record<Kind, readonly string[]>> = {
  delete: [],
  note: [MARK, "second line"],
  set: [],
  "comment-above": [MARK],
  "comment-at": [MARK],
  insert: [],
  "re-insert": [],
};
