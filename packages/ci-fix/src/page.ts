import { visible, wrap, type Style } from "@ci-fix/report/text";

/** Markdown as a person reads it in a terminal: headings stand out, paragraphs and lists are wrapped, code stays as it is. */
export function renderPage(markdown: string, style: Style): string {
  const lines: string[] = [];
  let fence = false;
  const blocks = joinParagraphs(markdown);
  for (const [index, block] of blocks.entries()) {
    if (block.startsWith("```")) fence = !fence;
    else if (isTableHead(block) || isTableHead(blocks[index + 1] ?? "")) continue;
    else if (fence) lines.push(`    ${style.paint("muted", visible(block.replaceAll("\t", "    ")))}`.trimEnd());
    else lines.push(...renderBlock(block, style));
  }
  return `${lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

/** Puts the lines of a paragraph or list item together again, so that they can be wrapped to the terminal. */
function joinParagraphs(markdown: string): string[] {
  const blocks: string[] = [];
  let fence = false;
  for (const line of markdown.split("\n")) {
    const previous = blocks.at(-1);
    const opensBlock = /^(#{1,6} |\s*[-*] |\s*\d+\. |\||```|$)/.test(line);
    const joins =
      !fence && !opensBlock && previous !== undefined && previous !== "" && !/^(#{1,6} |```|\|)/.test(previous);
    if (joins) blocks[blocks.length - 1] = `${previous} ${line.trim()}`;
    else blocks.push(line);
    if (line.startsWith("```")) fence = !fence;
  }
  return blocks;
}

function renderBlock(block: string, style: Style): string[] {
  if (block.startsWith("|")) return renderRow(block, style);
  const heading = /^#{1,6} (.*)$/.exec(block)?.[1];
  if (heading !== undefined) return [style.paint("strong", inline(heading))];
  const [, indent = "", bullet = "", text = ""] = /^(\s*)([-*] |\d+\. |)(.*)$/.exec(block) ?? [];
  const hang = " ".repeat(indent.length + bullet.length);
  const [first = "", ...more] = wrap(inline(text), style.width - hang.length);
  return [indent + bullet + first, ...more.map((line) => hang + line)];
}

function isTableHead(block: string): boolean {
  return /^\|[\s:|-]+\|$/.test(block);
}

/** A row of a table is an item of a list here; its columns would be too narrow. The head says little then, and goes. */
function renderRow(row: string, style: Style): string[] {
  const [first = "", ...rest] = row
    .replaceAll(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll(String.raw`\|`, "|"));
  return renderBlock(`- ${first}: ${rest.join("; ")}`, style);
}

/** `code`, **strong** and [links](…) as plain words: a link's target is of no use in a terminal unless it is an address. */
function inline(text: string): string {
  const plain = text
    .replaceAll(/\[((?:`[^`]*`|[^\]])+)\]\((https?:[^)]+)\)/g, "$1 <$2>")
    .replaceAll(/\[((?:`[^`]*`|[^\]])+)\]\([^)]+\)/g, "$1")
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll(/(\*\*?)([^*\s][^*]*)\1/g, "$2")))
    .join("");
  return visible(plain);
}
