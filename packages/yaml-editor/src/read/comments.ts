import type { Comment } from "../types.ts";
import type { LineIndex } from "./lines.ts";
import type { CommentPlace } from "./tokenize.ts";

/** The comments at their places, each with its line. */
export function readComments(places: readonly CommentPlace[], lines: LineIndex): Comment[] {
  return places.map(({ offset, source }) => {
    const line = lines.lineAt(offset);
    const before = lines.text.slice(lines.start(line), offset);
    return {
      text: source.slice(1),
      span: { start: offset, end: offset + source.length },
      line: line + 1,
      ownLine: /^[ \t]*$/u.test(before),
    };
  });
}
