import type { Edit, Path } from "@ci-fix/yaml-editor";

/** Text that was edited inside a scalar: its type is for the parser to say, its characters are known. */
class EditedText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Data = unknown;
type Holder = Record<string | number, Data>;

/**
 * What a document's plain data must be after the edits, worked out on the data alone. It shares nothing with the editor, so a
 * change outside the named paths cannot go unseen.
 */
export function expectedData(before: Data, edits: readonly Edit[]): Data {
  const root: Holder = { 0: structuredClone(before) };
  // Paths and offsets name the original: what stands later goes first.
  for (const edit of [...edits].sort((a, b) => byDescendingPath(a.path, b.path) || startOf(b) - startOf(a)))
    change(root, edit);
  return withoutEmpty(root[0]);
}

function change(root: Holder, edit: Edit): void {
  switch (edit.kind) {
    case "delete":
      return remove(root, edit.path);
    case "set":
      return assign(root, edit.path, edit.value);
    case "replace-in-scalar": {
      const old = at(root, edit.path);
      const text = old instanceof EditedText ? old.text : String(old);
      return assign(root, edit.path, new EditedText(text.slice(0, edit.start) + edit.text + text.slice(edit.end)));
    }
    case "insert-key":
      (at(root, edit.path) as Holder)[edit.key] = edit.value;
      return;
    case "insert-item":
      (at(root, edit.path) as Data[]).splice(edit.index, 0, edit.value);
      return;
    case "rename-key":
      assign(root, [...edit.path.slice(0, -1), edit.key] as unknown as Path, at(root, edit.path));
      return remove(root, edit.path);
    case "comment-above":
    case "comment-at":
  }
}

/** An emptied map or list may go with its key or stay as `{}`: both say the same. */
function withoutEmpty(data: Data): Data {
  if (typeof data !== "object" || data === null || data instanceof EditedText) return data;
  if (Array.isArray(data)) return data.map(withoutEmpty);
  const kept = Object.entries(data).map(([key, value]) => [key, withoutEmpty(value)] as const);
  return Object.fromEntries(kept.filter(([, value]) => !isEmpty(value)));
}

function isEmpty(data: Data): boolean {
  return typeof data === "object" && data !== null && !(data instanceof EditedText) && Object.keys(data).length === 0;
}

/** True if `actual` is what was expected; order of keys and emptied containers aside. */
export function isSameData(expected: Data, actual: Data): boolean {
  return isSame(expected, withoutEmpty(actual));
}

function isSame(expected: Data, actual: Data): boolean {
  if (expected instanceof EditedText) return String(actual) === expected.text;
  if (Object.is(expected, actual)) return true;
  if (typeof expected !== "object" || typeof actual !== "object" || expected === null || actual === null) return false;
  if (Array.isArray(expected) !== Array.isArray(actual)) return false;
  const keys = Object.keys(expected);
  if (keys.length !== Object.keys(actual).length) return false;
  return keys.every((key) => key in actual && isSame((expected as Holder)[key], (actual as Holder)[key]));
}

function at(root: Holder, path: Path): Data {
  return path.reduce<Data>((data, segment) => (data as Holder | undefined)?.[segment], root);
}

function assign(root: Holder, path: Path, value: Data): void {
  const holder = at(root, path.slice(0, -1) as unknown as Path) as Holder;
  holder[path.at(-1) as string | number] = value;
}

function remove(root: Holder, path: Path): void {
  const holder = at(root, path.slice(0, -1) as unknown as Path);
  const key = path.at(-1) as string | number;
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (holder !== undefined) delete (holder as Holder)[key];
}

function startOf(edit: Edit): number {
  return edit.kind === "replace-in-scalar" ? edit.start : 0;
}

function byDescendingPath(a: Path, b: Path): number {
  for (const [index, segment] of a.entries()) {
    const other = b[index];
    if (other === undefined) return -1;
    if (typeof segment === "number" && typeof other === "number" && segment !== other) return other - segment;
    if (segment !== other) return String(segment) < String(other) ? 1 : -1;
  }
  return a.length === b.length ? 0 : 1;
}
