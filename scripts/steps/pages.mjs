// The text of generated files. Pure: names and texts in, text out.

/** `packages/runner/src/codemods.ts` */
export function codemodList(ids) {
  const name = (id) => id.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return [
    "// Made by `npm run generate` from the folders of codemods/. Do not edit.",
    'import type { Codemod } from "@ci-fix/codemod";',
    ...ids.map((id) => `import ${name(id)} from "@ci-fix/${id}";`),
    "",
    "/** Every codemod there is, by id. */",
    `export const codemods: readonly Codemod[] = [${ids.map(name).join(", ")}];`,
    "",
  ].join("\n");
}

/** The page of a codemod's classes: its README under a header that says so. */
export function classPage(meta, readme) {
  return `<!-- Made by \`npm run generate\` from codemods/${meta.id}/README.md. Edit that file. -->\n\n${readme.trimEnd()}\n`;
}

/** One row for each codemod. */
export function codemodTable(metas) {
  const rows = metas.map((meta) => {
    const classes = meta.classes.map((each) => `\`${each.id}\``).join(", ");
    return `| [${meta.id}](docs/classes/${meta.id}.md) | ${cell(meta.summary)} | ${classes} |`;
  });
  return ["| Codemod | What it does | Classes of risk |", "|---|---|---|", ...rows].join("\n");
}

/** Puts a text between the markers `<!-- name -->` and `<!-- /name -->`. */
export function placed(page, name, text) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`The markers ${open} and ${close} are missing`);
  return `${page.slice(0, from + open.length)}\n${text}\n${page.slice(to)}`;
}

function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
