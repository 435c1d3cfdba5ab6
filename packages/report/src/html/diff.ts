import { pairLines, type WordPart } from "../changed-words.ts";
import { hunkHeader, type Hunk } from "../hunks.ts";
import { fileLine, html, type Markup } from "./markup.ts";

/** A line on one side; nothing where the other side has more lines. */
interface Side {
  readonly at: number;
  readonly text: Markup;
  readonly role: "removed" | "added" | "same";
}

/** The two sides of a change, line by line beside each other, with the words that differ marked. */
export function renderSides(hunks: readonly Hunk[]): Markup {
  return html`<div class="wide">
    <table class="diff">
      <colgroup><col class="at" /><col /><col class="at" /><col /></colgroup>
      <tbody>
        ${hunks.map(
          (hunk) =>
            html`<tr class="hunk">
                <td colspan="4">${hunkHeader(hunk)}</td>
              </tr>
              ${hunkRows(hunk)}`,
        )}
      </tbody>
    </table>
  </div>`;
}

function hunkRows({ lines, oldStart, newStart }: Hunk): Markup[] {
  const rows: Markup[] = [];
  let [oldAt, newAt, removed, added] = [oldStart, newStart, [] as string[], [] as string[]];
  const flush = (): void => {
    rows.push(...changedRows(removed, added, oldAt - removed.length, newAt - added.length));
    [removed, added] = [[], []];
  };
  for (const line of lines) {
    const text = line.slice(1).replace(/\r$/, "");
    if (line.startsWith("-")) {
      if (added.length > 0) flush();
      removed.push(text);
      oldAt += 1;
    } else if (line.startsWith("+")) {
      added.push(text);
      newAt += 1;
    } else if (!line.startsWith("\\")) {
      flush();
      const same = fileLine(text);
      rows.push(row({ at: oldAt, text: same, role: "same" }, { at: newAt, text: same, role: "same" }));
      oldAt += 1;
      newAt += 1;
    }
  }
  flush();
  return rows;
}

function changedRows(removed: readonly string[], added: readonly string[], oldAt: number, newAt: number): Markup[] {
  const pairs = pairLines(removed, added);
  const text = (line: string, parts: readonly WordPart[] | undefined): Markup =>
    parts === undefined ? fileLine(line) : html`${parts.map(marked)}`;
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index) => {
    const [old, fresh] = [removed[index], added[index]];
    return row(
      old === undefined
        ? undefined
        : { at: oldAt + index, text: text(old, pairs.get(`-${index}`)?.removed), role: "removed" },
      fresh === undefined
        ? undefined
        : { at: newAt + index, text: text(fresh, pairs.get(`+${index}`)?.added), role: "added" },
    );
  });
}

function marked({ text, changed }: WordPart): Markup {
  return changed ? html`<mark>${fileLine(text)}</mark>` : fileLine(text);
}

function row(old: Side | undefined, fresh: Side | undefined): Markup {
  return html`<tr>
    ${cells(old)}${cells(fresh)}
  </tr>`;
}

function cells(side: Side | undefined): Markup {
  if (side === undefined)
    return html`<td class="at"></td>
      <td class="empty"></td>`;
  return html`<td class="at">${side.at}</td>
    <td class="${side.role}">${side.text}</td>`;
}
