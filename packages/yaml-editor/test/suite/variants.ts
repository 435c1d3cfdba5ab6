import { applyEdits, type ApplyResult, openYaml, type YamlFile } from "../../src/index.ts";
import type { Trial } from "./trials.ts";

type Variant = (text: string) => string;

const VARIANTS: Readonly<Record<string, Variant>> = {
  crlf: (text) => (text.includes("\r") ? text : text.replaceAll("\n", "\r\n")),
  bom: (text) => (text.startsWith("\uFEFF") ? text : `\uFEFF${text}`),
  open: (text) => text.replace(/\r?\n$/u, ""),
};

/** A place where a variant fares in another way than the file itself. */
export interface Odd {
  readonly variant: string;
  readonly kind: string;
  readonly path: string;
}

export function open(text: string): YamlFile | undefined {
  const opened = openYaml(new TextEncoder().encode(text));
  return opened.ok ? opened.file : undefined;
}

const codes = (result: ApplyResult): string => (result.ok ? "" : result.refusals.map(({ code }) => code).join(" "));

/** The same refusals, or the same text in the line ends of the variant. */
function isAlike(plain: ApplyResult, varied: ApplyResult, variant: Variant): boolean {
  if (!plain.ok || !varied.ok) return codes(plain) === codes(varied) && plain.ok === varied.ok;
  return varied.text === variant(plain.text) && varied.removedComments.length === plain.removedComments.length;
}

/** Makes the edits of a file in every variant of it: gives the places that fare in another way. */
export function inVariants(file: YamlFile): (trial: Pick<Trial, "kind" | "edit" | "result">) => Odd[] {
  const opened = Object.entries(VARIANTS)
    .map(([name, variant]) => ({ name, variant, text: variant(file.text) }))
    .filter(({ text }) => text !== file.text)
    .map((one) => ({ ...one, file: open(one.text) }));
  return ({ kind, edit, result }) =>
    opened
      .filter((one) => one.file === undefined || !isAlike(result, applyEdits(one.file, [edit]), one.variant))
      .map(({ name }) => ({ variant: name, kind, path: edit.path.join("/") }));
}
