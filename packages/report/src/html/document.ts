import { createHash } from "node:crypto";
import { type Content, html, Markup } from "./markup.ts";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

/** A section of a page. Without a body it says so in one line. */
export interface Section {
  /** Unique in the page, and safe in an address: lower-case letters and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly body: Content;
}

export interface Page {
  readonly title: string;
  /** Short facts below the title: `commit 5fbb0de`. */
  readonly facts: readonly Content[];
  readonly sections: readonly Section[];
}

/**
 * One file that needs no other: style, script and pictures are in it, and its policy lets it load nothing and run nothing but that
 * script, whatever a scanned file has put into it.
 */
export function renderDocument({ title, facts, sections }: Page): string {
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>${own(STYLE)}</style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <h1>${title}</h1>
          <p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>
          <button type="button" id="theme" hidden aria-label="Change between dark and light">◐</button>
        </header>
        <nav aria-label="Sections">${sections.map(({ id, title: name }) => html`<a href="#${id}">${name}</a>`)}</nav>
        <main id="main">
          ${sections.map(
            ({ id, title: name, body }) =>
              html`<section id="${id}" aria-labelledby="${id}-title">
                <h2 id="${id}-title">${name}</h2>
                ${body}
              </section> `,
          )}
        </main>
        <script>${own(SCRIPT)}</script>
      </body>
    </html>
`;
  return page.toString();
}

/** This program's own style and script, which hold no text from outside. */
function own(text: string): Markup {
  return Markup.join([text], []);
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
