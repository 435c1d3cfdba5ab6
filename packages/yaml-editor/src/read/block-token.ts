import type { CST } from "yaml";

/** Offset behind the header line's tokens, where the text of a block scalar begins. */
export function blockBodyStart(token: CST.BlockScalar): number {
  const last = token.props.at(-1);
  return last === undefined || !("source" in last) ? token.offset : last.offset + last.source.length;
}
