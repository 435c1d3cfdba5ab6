import type { Codemod } from "@ci-fix/codemod";

/** A double-quoted YAML string can spell any word with these, so a file that has one is always parsed. */
const escapes = ["\\x", "\\u", "\\U"];

/** Those codemods that could find something in these bytes. Sound: what it leaves out has no finding. */
export function candidates(bytes: Uint8Array, codemods: readonly Codemod[]): readonly Codemod[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (escapes.some((escape) => buffer.includes(escape))) return codemods;
  return codemods.filter((codemod) => codemod.meta.startsFrom.some((start) => buffer.includes(start)));
}
