/** One simple command of a script, as a reader sees it. Not a shell parser: good enough to know what a step is for. */
export interface Command {
  /** Unquoted words; what stands in `${{ }}` reads `${expression}`. */
  readonly words: readonly string[];
  /** `|| true`, `|| echo …` or the like stands behind it: its failure cannot reach the step. */
  readonly masked: boolean;
}

interface Scan {
  readonly text: string;
  at: number;
  readonly commands: { words: string[]; end: string }[];
  words: string[];
  word: string | undefined;
}

const swallowing = /^(?::|true|echo|printf|exit|return|warn|log)$/u;
const separators = ["&&", "||", ";;", "|&", ";", "|", "&", "\n", "(", ")"];

/** The simple commands of a script, in order. Comments, here-documents and data of `echo` are no commands. */
export function commandsOf(script: string): readonly Command[] {
  const text = withoutHereDocuments(joinedLines(script.replace(/\$\{\{.*?\}\}/gsu, () => "${expression}")));
  const scan: Scan = { text, at: 0, commands: [], words: [], word: undefined };
  while (scan.at < text.length) readNext(scan);
  endCommand(scan, "");
  return withMasks(scan.commands);
}

function joinedLines(script: string): string {
  return script.replaceAll("\r\n", "\n").replace(/(?:(?<!\\)\\|(?<=\s)[`^])[ \t]*\n[ \t]*/gu, " ");
}

function withoutHereDocuments(script: string): string {
  const kept: string[] = [];
  let until: string | undefined;
  for (const line of script.split("\n")) {
    if (until !== undefined) {
      if (line.trim() === until) until = undefined;
      continue;
    }
    const start = /(?<!<)<<-?\s*(['"]?)([A-Za-z_]\w*)\1/u.exec(line);
    const hereString = /(?<=^|[\s=(])@(['"])\s*$/u.exec(line);
    until = start?.[2] ?? (hereString === null ? undefined : `${hereString[1]}@`);
    kept.push(line);
  }
  return kept.join("\n");
}

function readNext(scan: Scan): void {
  const { text, at } = scan;
  const char = text[at] ?? "";
  if (char === "\\") {
    addToWord(scan, text[at + 1] ?? "", 2);
  } else if (char === "'" || char === '"') {
    readQuoted(scan, char);
  } else if (text.startsWith("$((", at)) {
    skipTo(scan, "))");
  } else if (text.startsWith("$(", at) || text.startsWith("<(", at) || text.startsWith(">(", at)) {
    endCommand(scan, "(");
    scan.at = at + 2;
  } else if (char === "#" && scan.word === undefined) {
    skipLine(scan);
  } else if (char === " " || char === "\t") {
    endWord(scan);
    scan.at = at + 1;
  } else if (/^\d?[<>]/u.test(text.slice(at, at + 2)) && (char === "<" || char === ">" || scan.word === undefined)) {
    skipRedirection(scan);
  } else {
    const separator = separators.find((one) => text.startsWith(one, at));
    if (separator === undefined) addToWord(scan, char, 1);
    else endAt(scan, separator);
  }
}

function endAt(scan: Scan, separator: string): void {
  endCommand(scan, separator);
  scan.at += separator.length;
}

function addToWord(scan: Scan, part: string, width: number): void {
  scan.word = (scan.word ?? "") + part;
  scan.at += width;
}

function readQuoted(scan: Scan, quote: string): void {
  const { text, at } = scan;
  let end = at + 1;
  while (end < text.length && text[end] !== quote) end += quote === '"' && text[end] === "\\" ? 2 : 1;
  addToWord(scan, text.slice(at + 1, end), end + 1 - at);
}

function skipTo(scan: Scan, mark: string): void {
  const end = scan.text.indexOf(mark, scan.at);
  scan.word = `${scan.word ?? ""}$`;
  scan.at = end < 0 ? scan.text.length : end + mark.length;
}

function skipLine(scan: Scan): void {
  const end = scan.text.indexOf("\n", scan.at);
  scan.at = end < 0 ? scan.text.length : end;
}

function skipRedirection(scan: Scan): void {
  endWord(scan);
  const rest = /^\d?(?:<<<|[<>]{1,2})(?:&[\d-]|&?[ \t]*(?:"[^"]*"|'[^']*'|[^\s;|&()]*))/u.exec(
    scan.text.slice(scan.at, scan.at + 500),
  );
  scan.at += Math.max(1, rest?.[0].length ?? 1);
}

function endWord(scan: Scan): void {
  if (scan.word !== undefined) scan.words.push(scan.word);
  scan.word = undefined;
}

function endCommand(scan: Scan, end: string): void {
  endWord(scan);
  if (scan.words.length > 0) scan.commands.push({ words: scan.words, end });
  else if (end === "||") endLast(scan.commands, "||");
  else if (end === "(" && scan.commands.at(-1)?.end === "||") endLast(scan.commands, "||(");
  scan.words = [];
}

function endLast(commands: Scan["commands"], end: string): void {
  const last = commands.at(-1);
  if (last !== undefined) last.end = end;
}

function withMasks(commands: Scan["commands"]): readonly Command[] {
  const codeIsRead = commands.some(({ words }) => words[0] === "exit" && (words[1] ?? "").startsWith("$"));
  const lax = laxOf(commands);
  const masked: boolean[] = [];
  for (let index = commands.length - 1; index >= 0; index -= 1) {
    const { end = "" } = commands[index] ?? {};
    const next = commands[index + 1];
    const swallowed = end === "||" && next !== undefined && isSwallowing(next.words);
    const joined = (end === "|" || end === "|&" || end === "&&") && masked[index + 1] === true;
    masked[index] = swallowed || joined || (lax[index] === true && !codeIsRead && next !== undefined);
  }
  return commands.map(({ words }, index) => ({ words, masked: masked[index] === true }));
}

/** Where `set +e` is in force. */
function laxOf(commands: Scan["commands"]): readonly boolean[] {
  let lax = false;
  return commands.map(({ words }) => (lax = words[0] === "set" ? laxAfter(words, lax) : lax));
}

function laxAfter(words: readonly string[], before: boolean): boolean {
  const option = words[1] ?? "";
  if (/^\+[a-z]*e/u.test(option)) return true;
  return /^-[a-z]*e/u.test(option) ? false : before;
}

function isSwallowing(words: readonly string[]): boolean {
  if (words[0] === "exit" || words[0] === "return") return words[1] === "0";
  return swallowing.test(words[0] ?? "");
}
