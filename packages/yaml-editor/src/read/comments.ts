import type { CST } from "yaml";
import type { Comment } from "../types.ts";
import type { LineIndex } from "./lines.ts";

type Found = CST.SourceToken[];
type Tokens = readonly (CST.Token | null | undefined)[] | undefined;

function collectAll(tokens: Tokens, found: Found): void {
  if (tokens === undefined) return;
  for (const token of tokens) if (token) collect(token, found);
}

/** Nesting was bounded when the file was parsed, so recursion is safe. */
function collect(token: CST.Token, found: Found): void {
  switch (token.type) {
    case "comment":
      found.push(token);
      return;
    case "document":
      collectAll(token.start, found);
      if (token.value) collect(token.value, found);
      collectAll(token.end, found);
      return;
    case "block-scalar":
      collectAll(token.props, found);
      return;
    case "doc-end":
    case "alias":
    case "scalar":
    case "single-quoted-scalar":
    case "double-quoted-scalar":
      collectAll(token.end, found);
      return;
    case "block-map":
    case "block-seq":
    case "flow-collection":
      collectItems(token, found);
      break;
    default:
  }
}

function collectItems(token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection, found: Found): void {
  for (const item of token.items) {
    collectAll(item.start, found);
    if (item.key) collect(item.key, found);
    collectAll(item.sep, found);
    if (item.value) collect(item.value, found);
  }
  if (token.type === "flow-collection") collectAll(token.end, found);
}

/** Every comment of a file, in order. */
export function collectComments(tokens: readonly CST.Token[], lines: LineIndex): Comment[] {
  if (!lines.text.includes("#")) return [];
  const found: Found = [];
  collectAll(tokens, found);
  found.sort((first, second) => first.offset - second.offset);
  return found.map((token) => {
    const line = lines.lineAt(token.offset);
    const before = lines.text.slice(lines.start(line), token.offset);
    return {
      text: token.source.slice(1),
      span: { start: token.offset, end: token.offset + token.source.length },
      line: line + 1,
      ownLine: /^[ \t]*$/u.test(before),
    };
  });
}
