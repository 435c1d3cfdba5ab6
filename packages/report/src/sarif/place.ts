import type { ByteSplice, Span, YamlFile } from "@ci-fix/yaml-editor";
import type { ArtifactLocation, Region } from "sarif";

/** A path from the repository's root as a relative URI. `%SRCROOT%` is what code scanning takes for the root of the checkout. */
export function artifactAt(file: string): ArtifactLocation {
  const uri = file
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  return { uri, uriBaseId: "%SRCROOT%" };
}

/** 1-based lines and columns in UTF-16 units; the end column is the one behind the last character. */
export function regionOf(yaml: YamlFile, span: Span): Region {
  const start = yaml.lineColumn(span.start);
  const end = yaml.lineColumn(span.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** The same place twice, as the format allows: bytes for programs that splice, lines for editors. */
export function deletedRegion(yaml: YamlFile, { start, end }: ByteSplice): Region {
  const span = { start: textOffset(yaml, start), end: textOffset(yaml, end) };
  return { ...regionOf(yaml, span), byteOffset: start, byteLength: end - start };
}

/** The UTF-16 offset of a byte; the way back is known, and it never falls. */
function textOffset(yaml: YamlFile, byte: number): number {
  let low = 0;
  let high = yaml.text.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (yaml.byteOffset(middle) < byte) low = middle + 1;
    else high = middle;
  }
  return low;
}
