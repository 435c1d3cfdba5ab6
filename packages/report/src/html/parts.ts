import { type Content, html, type Markup, sentence } from "./markup.ts";

/** How a word is coloured. */
export type Tone = "bad" | "warn" | "good" | "calm";

export function tag(text: string, tone: Tone): Markup {
  return html`<span class="tag ${tone}">${text}</span>`;
}

/** A column of a table: its heading, and whether it holds numbers. */
export interface Column {
  readonly title: string;
  readonly number?: boolean;
}

/** A table; a sentence instead where it would be empty. */
export function table(
  columns: readonly (Column | string)[],
  rows: readonly (readonly Content[])[],
  none: string,
): Markup {
  if (rows.length === 0) return nothing(none);
  const heads = columns.map((column) => (typeof column === "string" ? { title: column } : column));
  const kind = (index: number): string => (heads[index]?.number === true ? "number" : "");
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${heads.map(({ title }, index) => html`<th scope="col" class="${kind(index)}">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, index) => html`<td class="${kind(index)}">${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Sentences as a list; one sentence in their place where there are none. */
export function bullets(sentences: readonly string[], none: string): Markup {
  return sentences.length === 0
    ? nothing(none)
    : html`<ul>
        ${sentences.map((each) => html`<li>${sentence(each)}</li>`)}
      </ul>`;
}

/** What a section without facts says. */
export function nothing(text: string): Markup {
  return html`<p class="none">${text}</p>`;
}

export function subsection(title: string, ...body: readonly Content[]): Markup {
  return html`<h3>${title}</h3>
    ${body}`;
}

export function card(value: Content, label: string): Markup {
  return html`<div class="card"><b>${value}</b><span>${label}</span></div>`;
}

export function figure(caption: string, ...body: readonly Content[]): Markup {
  return html`<figure>
    <figcaption>${caption}</figcaption>
    ${body}
  </figure>`;
}

/** `.github/workflows/ci.yml:39` */
export function place(file: string, line: number | null): Markup {
  return html`<code>${file}${line === null ? "" : `:${line}`}</code>`;
}
