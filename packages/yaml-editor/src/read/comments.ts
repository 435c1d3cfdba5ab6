import type { CST } from "yaml";
import type { Comment } from "../types.ts";
import type { LineIndex } from "./lines.ts";

function childTokens(token: CST.Token): (CST.Token | null | undefined)[] {
  switch (token.type) {
    case "document":
      return [...token.start, token.value, ...(token.end ?? [])];
    case "doc-end":
    case "alias":
    case "scalar":
    case "single-quoted-scalar":
    case "double-quoted-scalar":
      return token.end ?? [];
    case "block-scalar":
      return token.props;
    case "block-map":
    case "block-seq":
    case "flow-collection": {
      const inner = token.items.flatMap((item) => [...item.start, item.key, ...(item.sep ?? []), item.value]);
      return token.type === "flow-collection" ? [...inner, ...token.end] : inner;
    }
    default:
      return [];
  }
}

/** Every comment of a file, in order. */
export function collectComments(tokens: readonly CST.Token[], lines: LineIndex): Comment[] {
  const found: CST.SourceToken[] = [];
  const open: (CST.Token | null | undefined)[] = [...tokens];
  for (let token = open.pop(); token !== undefined || open.length > 0; token = open.pop()) {
    if (!token) continue;
    if (token.type === "comment") found.push(token);
    else for (const child of childTokens(token)) open.push(child);
  }
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
