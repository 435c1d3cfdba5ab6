import {
  applyEdits,
  type ApplyResult,
  type Edit,
  openYaml,
  type Path,
  type RefusalCode,
  type YamlFile,
} from "../src/index.ts";

/** A block of YAML without the indentation that the test file gives it. */
export function yaml(strings: TemplateStringsArray): string {
  const lines = (strings.raw[0] ?? "").replace(/^\n/u, "").split("\n");
  if (lines.at(-1)?.trim() === "") lines[lines.length - 1] = "";
  const depth = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/u)));
  return lines.map((line) => line.slice(depth)).join("\n");
}

export function open(source: string): YamlFile {
  const opened = openYaml(new TextEncoder().encode(source));
  if (!opened.ok) throw new Error(`cannot open: ${opened.refusals[0]?.message ?? ""}`);
  return opened.file;
}

export function apply(source: string, ...edits: Edit[]): ApplyResult {
  return applyEdits(open(source), edits);
}

/** The text after the edits; a refusal fails the test. */
export function edited(source: string, ...edits: Edit[]): string {
  const result = apply(source, ...edits);
  if (!result.ok) throw new Error(result.refusals.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return result.text;
}

/** The codes of the refusals; empty if the edits were made. */
export function refusals(source: string, ...edits: Edit[]): RefusalCode[] {
  const result = apply(source, ...edits);
  return result.ok ? [] : result.refusals.map(({ code }) => code);
}

export function remove(path: Path, note?: readonly string[]): Edit {
  return note === undefined ? { kind: "delete", path } : { kind: "delete", path, note };
}

/** Replaces the first occurrence of a part of a scalar's text. */
export function replace(source: string, path: Path, part: string, text: string): Edit {
  const node = open(source).node(path);
  if (node?.kind !== "scalar") throw new Error("no scalar");
  const start = node.text.indexOf(part);
  if (start === -1) throw new Error(`no "${part}" in ${JSON.stringify(node.text)}`);
  return { kind: "replace-in-scalar", path, start, end: start + part.length, text };
}
