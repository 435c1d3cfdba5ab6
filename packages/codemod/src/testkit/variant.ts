/** The same fixture in another outer form; the output must differ from the input in the same way. */
export interface Variant {
  readonly name: string;
  readonly input: string;
  readonly output: string;
}

export function variantsOf(input: string, output: string): readonly Variant[] {
  return forms.flatMap(({ name, change }) => {
    const variant = { name, input: change(input), output: change(output) };
    return variant.input === input ? [] : [variant];
  });
}

const bom = "\uFEFF";
const forms: readonly { readonly name: string; readonly change: (text: string) => string }[] = [
  { name: "with CRLF line ends", change: (text) => (text.includes("\r\n") ? text : text.replaceAll("\n", "\r\n")) },
  { name: "with LF line ends", change: (text) => (/[^\r]\n/u.test(text) ? text : text.replaceAll("\r\n", "\n")) },
  { name: "without a final newline", change: (text) => text.replace(/\r?\n$/u, "") },
  { name: "with a byte order mark", change: (text) => (text.startsWith(bom) ? text : bom + text) },
];
