import { type Codemod, markFinder } from "@ci-fix/codemod";

/** True for a file of nothing but blank lines and comments. */
export function holdsNothing(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1 << 20)).toString("latin1");
  return bytes.length <= 1 << 20 && !/^[^\S\n]*[^\s#]/mu.test(text.replace(/^\u00ef\u00bb\u00bf/u, ""));
}

/** Those codemods that could find something in these bytes. Sound: what it leaves out has no finding. */
export function candidates(bytes: Uint8Array, codemods: readonly Codemod[]): readonly Codemod[] {
  const finds = markFinder(bytes);
  return codemods.filter((codemod) => finds(codemod.meta.startsFrom));
}
