import type { Applied, YamlFile } from "../../src/index.ts";
import { commentTexts } from "./judge.ts";

/** What is wrong with a result. */
export type What = "value" | "bytes" | "comment" | "line ends" | "crash";

/** Says which byte outside the splices, or which line end, is not as it was. */
export function byteFault(file: YamlFile, result: Applied): [What, string] | undefined {
  const before = Buffer.from(file.bytes);
  const parts: Buffer[] = [];
  let at = 0;
  for (const { start, end, text } of result.splices) {
    if (start < at) return ["bytes", "splices overlap"];
    parts.push(before.subarray(at, start), Buffer.from(text));
    at = end;
  }
  if (!Buffer.concat([...parts, before.subarray(at)]).equals(Buffer.from(result.bytes)))
    return ["bytes", "the splices do not make the result"];
  const { text } = file;
  if (text.endsWith("\n") !== result.text.endsWith("\n")) return ["line ends", "the final newline came or went"];
  if (text.startsWith("\uFEFF") !== result.text.startsWith("\uFEFF")) return ["bytes", "the byte order mark"];
  const bare = /(?<!\r)\n/u;
  if (text.includes("\r\n") && !bare.test(text) && bare.test(result.text)) return ["line ends", "LF in a file of CRLF"];
  if (!text.includes("\r") && result.text.includes("\r")) return ["line ends", "CR in a file of LF"];
  return undefined;
}

/** Says which comment came or went without being listed. */
export function commentFault(file: YamlFile, result: Applied, written: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  const add = (text: string, by: number): void => void counts.set(text.trim(), (counts.get(text.trim()) ?? 0) + by);
  for (const { text } of file.comments) add(text, 1);
  for (const text of written) add(text, 1);
  for (const { text } of result.removedComments) add(text, -1);
  for (const text of commentTexts(result.text)) add(text, -1);
  const odd = [...counts].find(([, count]) => count !== 0);
  return odd && `"${odd[0]}" ${odd[1] > 0 ? "is lost" : "came"}`;
}
