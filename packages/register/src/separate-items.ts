import type { YamlFile } from "@ci-fix/yaml-editor";

/** Puts a blank line above each item of `risks` from the one at `first` on that has none. Nothing in a list within brackets. */
export function separateItems(file: YamlFile, first: number): Uint8Array {
  const list = file.node([0, "risks"]);
  if (list?.kind !== "sequence" || list.flow) return file.bytes;
  let text = "";
  let at = 0;
  for (const item of list.items.slice(first)) {
    const start = file.text.lastIndexOf("\n", item.span.start) + 1;
    if (/\n\r?\n$/u.test(file.text.slice(0, start))) continue;
    text += file.text.slice(at, start) + (file.text[start - 2] === "\r" ? "\r\n" : "\n");
    at = start;
  }
  return new TextEncoder().encode(text + file.text.slice(at));
}
