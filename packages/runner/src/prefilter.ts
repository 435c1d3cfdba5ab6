import type { Codemod } from "@ci-fix/codemod";

/** A double-quoted YAML string can spell any word with these, so a file that has one is always parsed. */
const escapes = ["\\x", "\\u", "\\U"];

/** True for a file of nothing but blank lines and comments. */
export function holdsNothing(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1 << 20)).toString("latin1");
  return bytes.length <= 1 << 20 && !/^[^\S\n]*[^\s#]/mu.test(text.replace(/^\u00ef\u00bb\u00bf/u, ""));
}

/** Such a file says nothing that the filter could understand; reading it gives the error that it earns. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** Those codemods that could find something in these bytes. Sound: what it leaves out has no finding. */
export function candidates(bytes: Uint8Array, codemods: readonly Codemod[]): readonly Codemod[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf16(bytes) || escapes.some((escape) => buffer.includes(escape))) return codemods;
  return codemods.filter((codemod) => codemod.meta.startsFrom.some((start) => buffer.includes(start)));
}
