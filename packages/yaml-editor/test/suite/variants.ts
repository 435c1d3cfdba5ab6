import { applyEdits, type ApplyResult, type Edit, openYaml, type YamlFile } from "../../src/index.ts";
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

/** Edits that can be made together: of one kind, at one depth, and never at two neighbours. */
function groups(trials: readonly Trial[]): Map<string, Trial[]> {
  const found = new Map<string, Trial[]>();
  for (const trial of trials) {
    const at = trial.site.steps.at(-1)?.index ?? 0;
    const key = [trial.kind, trial.site.document, trial.site.steps.length, at % 2, trial.result.ok].join(" ");
    const group = found.get(key);
    if (group) group.push(trial);
    else found.set(key, [trial]);
  }
  return found;
}

/** A key is new once. */
function distinct({ edit }: Trial, index: number): Edit {
  return edit.kind === "insert-key" ? { ...edit, key: `${edit.key} ${index}` } : edit;
}

/** Compares every edit in every variant of a file: one by one, or many at a time where the file is large. */
export function differences(file: YamlFile, trials: readonly Trial[], together: boolean): Odd[] {
  const found: Odd[] = [];
  const opened = Object.entries(VARIANTS)
    .map(([name, variant]) => ({ name, variant, text: variant(file.text) }))
    .filter(({ text }) => text !== file.text)
    .map((one) => ({ ...one, file: open(one.text) }));
  const compare = (kind: string, path: string, plain: ApplyResult, edits: readonly Edit[]): boolean => {
    const odd = opened.filter(
      (other) => other.file === undefined || !isAlike(plain, applyEdits(other.file, edits), other.variant),
    );
    found.push(...odd.map(({ name }) => ({ variant: name, kind, path })));
    return odd.length === 0;
  };
  const oneByOne = (list: readonly Trial[]): void => {
    for (const { kind, edit, result } of list) compare(kind, edit.path.join("/"), result, [edit]);
  };
  compare("open", "", applyEdits(file, []), []);
  if (!together) {
    oneByOne(trials);
    return found;
  }
  for (const [key, group] of groups(trials)) {
    const edits = group.map(distinct);
    const plain = applyEdits(file, edits);
    const isRefused = !group.some(({ result }) => result.ok);
    // Edits that are accepted alone may be in each other's way: then each is tried alone.
    if (plain.ok || isRefused) compare(`together: ${key}`, group[0]?.edit.path.join("/") ?? "", plain, edits);
    else oneByOne(group);
  }
  return found;
}
