import { visible } from "../visible.ts";

/** What may stand in a template: text is escaped, markup stays, lists are joined, nothing is left out. */
export type Content = string | number | Markup | readonly Content[] | undefined | null | false;

/** Text that is HTML already. Only `html` makes it, so that no text from outside can become one. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  /** Fills a template of this program's own. */
  static join(parts: readonly string[], values: readonly Content[]): Markup {
    return new Markup(parts.map((part, index) => part + written(values[index])).join(""));
  }
}

/** A template in which every value is escaped, for elements and for quoted attributes alike. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return Markup.join(parts, values);
}

/** Sentences in which names stand between backticks, with the names set as code. */
export function sentence(text: string): Markup {
  return html`${text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** A line of a file: tabs stay, they are its layout and do no harm. */
export function fileLine(text: string): Markup {
  return Markup.join([escaped(text.split("\t").map(visible).join("\t"))], []);
}

function written(value: Content): string {
  if (value === undefined || value === null || value === false) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "object") return value.map(written).join("");
  return escaped(visible(String(value)));
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
