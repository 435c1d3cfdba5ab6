// Writes src/generated/pages.ts: the page of each codemod and that of exceptions, for `ci-fix explain`. `--check` writes nothing and fails when it is stale.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { codemodMetas, exceptionMeta } from "../../../scripts/steps/codemods.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const path = "packages/ci-fix/src/generated/pages.ts";
const file = join(root, path);
const made = formatted(source(await codemodMetas(), await exceptionMeta()));
const stale = !existsSync(file) || readFileSync(file, "utf8") !== made;

if (process.argv.includes("--check")) {
  if (stale) process.stdout.write(`${path}\n`);
  process.exitCode = stale ? 1 : 0;
} else if (stale) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, made);
}

function source(metas, exceptions) {
  const pages = [
    ...metas.flatMap((meta) => pagesOf(meta, join("codemods", meta.id, "README.md"))),
    ...pagesOf(exceptions, join("docs", "exceptions-and-check.md")),
  ];
  const texts = [...new Set(pages.map(({ text }) => text))];
  return [
    "// Made by `npm run generate` from the READMEs of codemods/ and docs/exceptions-and-check.md. Do not edit.",
    'import type { Severity } from "@ci-fix/codemod";',
    "",
    "/** A class of silent failure, as `ci-fix explain` tells it. `text` is Markdown. */",
    "export interface ClassPage {",
    "  readonly class: string;",
    "  readonly codemod: string;",
    "  readonly severity: Severity;",
    "  readonly summary: string;",
    "  readonly text: string;",
    "}",
    "",
    ...texts.map((text, index) => `const text${index} =\n  ${JSON.stringify(text)};`),
    "",
    "export const pages: readonly ClassPage[] = [",
    ...pages.map(({ text, ...page }) => {
      const members = Object.entries(page).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
      return `  { ${[...members, `text: text${texts.indexOf(text)}`].join(", ")} },`;
    }),
    "];",
    "",
  ].join("\n");
}

/** A page for each class of one codemod; all of them show the same text. */
function pagesOf(meta, page) {
  const body = readFileSync(join(root, page), "utf8")
    .replace(/^<!--.*?-->\n/s, "")
    .replace(/^\s*# .*\n/, "")
    .trim();
  return meta.classes.map(({ id, severity, summary }) => ({
    class: id,
    codemod: meta.id,
    severity,
    summary,
    text: body,
  }));
}

/** As the formatter would have it. */
function formatted(code) {
  const program = join(root, "node_modules", ".bin", "oxfmt");
  return execFileSync(program, [`--stdin-filepath=${path}`], { cwd: root, input: code, encoding: "utf8" });
}
