import { createRequire } from "node:module";

/** A node of the tree; offsets are UTF-16, into the text that was parsed. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface NodePath {
  readonly node: Node;
  readonly parent: NodePath | null;
}

interface Collection {
  find(type: unknown): Collection;
  forEach(visit: (path: NodePath) => void): Collection;
}

interface Core {
  (tree: unknown): Collection;
  readonly [type: string]: unknown;
}

interface Loaded {
  readonly j: Core;
  readonly parser: { parse(source: string): unknown };
}

let loaded: Loaded | null | undefined;

/** jscodeshift takes long to load, and most files hold no script. The command line can do without: null then. */
function shift(): Loaded | null {
  if (loaded !== undefined) return loaded;
  const load = createRequire(import.meta.url);
  try {
    const getParser = load("jscodeshift/src/getParser") as (name: string) => Loaded["parser"];
    loaded = { j: load("jscodeshift") as Core, parser: getParser("babel") };
  } catch (error) {
    if ((error as { code?: unknown }).code !== "MODULE_NOT_FOUND") throw error;
    loaded = null;
  }
  return loaded;
}

/** Every node of these types in a script, by type; undefined for what does not parse, and without jscodeshift. */
export function nodesOf(text: string, types: readonly string[]): ReadonlyMap<string, readonly NodePath[]> | undefined {
  const { j, parser } = shift() ?? {};
  if (j === undefined || parser === undefined) return undefined;
  try {
    // Given the text, it would expand tabs and line ends first, and tell offsets of something else.
    const tree = j(parser.parse(text));
    return new Map(
      types.map((type) => {
        const found: NodePath[] = [];
        tree.find(j[type]).forEach((path) => found.push(path));
        return [type, found];
      }),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

export function child(node: Node, key: string): Node | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

export function children(node: Node, key: string): readonly Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The nearest function around a place, if there is one. */
export function functionAround({ parent }: NodePath): Node | undefined {
  for (let at = parent; at !== null; at = at.parent) if (/Function/u.test(at.node.type)) return at.node;
  return undefined;
}

export function isInside(path: NodePath, type: RegExp): boolean {
  for (let at = path.parent; at !== null; at = at.parent) if (type.test(at.node.type)) return true;
  return false;
}
