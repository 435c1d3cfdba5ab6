import type { Span } from "@ci-fix/shell-script";

const tolerance =
  /\b(?:best[- ]effort|non-?(?:fatal|blocking|critical)|informational|advisory|optional|ignor(?:e|es|ed|ing)|tolerat\w+|allow(?:ed|s)? (?:\w+ ){0,3}(?:to )?fail\w*|may fail|might fail|can fail|could fail|sometimes fails?|known (?:issue|failure|to fail)\w*|flak(?:y|iness)|expected(?: to)?(?: fail\w*)?|experimental|not (?:yet )?(?:supported|stable|required|available|ready)|(?:do(?:es)?n['’]?t|do not|does not|never|not|without) (?:\w+ ){0,3}?(?:fail|block|break|abort|stop|exit)\w*|continue (?:even|on|if|anyway|despite)|treat\w* (?:all )?(?:\w+ )?as warnings|warn(?:ing)?s? only|(?:just|only) (?:report|warn)\w*|because|since|due to|for now|temporar\w+|until)\b/iu;
const tracked = /https?:\/\/\S+|(?:^|[\s(])(?:[\w.-]+\/[\w.-]+)?#\d+\b|\bGH-\d+\b/u;

/** What a comment or a message says to why a failure does not count; undefined where it gives no reason. */
export function reasonIn(text: string): string | undefined {
  const plain = text.replace(/^[#\s]+/u, "").trim();
  return tolerance.test(plain) || tracked.test(plain) ? plain : undefined;
}

/** The comments of a script at a place: behind it on its last line, and in the lines directly above it. */
export function commentsAt(text: string, { start, end }: Span): readonly string[] {
  const found: string[] = [];
  const rest = text.slice(end, endOfLine(text, end));
  const trailing = /(?:^|\s)#\s?(.*)$/u.exec(rest)?.[1];
  if (trailing !== undefined) found.push(trailing);
  const above = text.slice(0, text.lastIndexOf("\n", start - 1) + 1).split("\n");
  above.pop();
  for (let line = above.pop(); line !== undefined && /^\s*#(?!!)/u.test(line); line = above.pop())
    found.push(line.replace(/^[#\s]+/u, ""));
  return found;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
