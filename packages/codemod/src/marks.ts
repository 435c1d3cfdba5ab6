/** A double-quoted YAML string can spell any character with these, so a file that has one may hold every mark. */
const escapes = ["\\x", "\\u", "\\U"];

/** An escaped line break takes itself and the blanks that follow it out of a double-quoted string; `\/` is a slash. */
const SPLIT = /\\(?:\r?\n[ \t]*|(?=\/))/gu;

/** Such a file says nothing that the search could understand; reading it gives the error that it earns. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/**
 * Asks of a file which marks (see `CodemodMeta.startsFrom`) may stand in it once its YAML is decoded, without parsing it.
 * Sound: a mark that it denies is in no scalar of the file.
 */
export function markFinder(bytes: Uint8Array): (marks: readonly string[]) => boolean {
  const written = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf16(bytes) || escapes.some((escape) => written.includes(escape))) return () => true;
  const latin = written.includes("\\") ? written.toString("latin1") : "";
  const joined = latin.replaceAll(SPLIT, "");
  const texts = joined === latin ? [written] : [written, Buffer.from(joined, "latin1")];
  return (marks) => texts.some((text) => marks.some((mark) => text.includes(mark)));
}
