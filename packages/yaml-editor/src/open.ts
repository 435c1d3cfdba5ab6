import { findAliasBomb } from "./read/expansion.ts";
import { LineIndex } from "./read/lines.ts";
import { parseText } from "./read/parse.ts";
import { SourceFile } from "./read/source-file.ts";
import type { OpenResult, Refusal } from "./types.ts";

const MOST_BYTES = 64 * 1024 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Reads bytes into the editor's own view, or says why they cannot be read. */
export function readSource(bytes: Uint8Array): SourceFile | Refusal {
  if (bytes.length > MOST_BYTES) {
    return { code: "too-large", message: `the file holds ${bytes.length} bytes; the most is ${MOST_BYTES}` };
  }
  const text = decode(bytes);
  if (text === undefined) return { code: "invalid-utf8", message: "the file is not valid UTF-8" };
  const lines = new LineIndex(text);
  const parsed = parseText(text, lines);
  if ("code" in parsed) return parsed;
  const file = new SourceFile(bytes, lines, parsed);
  return (file.stream.hasAliases ? findAliasBomb(file.documents) : undefined) ?? file;
}

/** Opens a file's bytes. Never throws for bad input: what cannot be opened is refused with its reason. What is no bytes, such as a string, is a programming error and throws. */
export function openYaml(bytes: Uint8Array): OpenResult {
  if (!ArrayBuffer.isView(bytes)) throw new TypeError("openYaml wants the bytes of a file");
  const read = readSource(bytes);
  return read instanceof SourceFile ? { ok: true, file: read } : { ok: false, refusals: [read] };
}
