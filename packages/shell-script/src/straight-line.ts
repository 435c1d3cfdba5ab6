import type { Span } from "./commands.ts";
import { holdsMask, maskExpressions, unmasked } from "./parse.ts";

/** A command of a script that runs its lines one after the other. Offsets are UTF-16 indexes into the script's text. */
export interface LineCommand {
  readonly words: readonly string[];
  readonly span: Span;
  /** The end of its line, with the lines that continue it. */
  readonly lineEnd: number;
  /** The blanks before it on its line. */
  readonly indent: string;
  /** True for what is certainly a program that leaves its own exit code behind; false for commands of the shell and what is not known. */
  readonly isProgram: boolean;
}

export type LineShell = "pwsh" | "cmd";

/**
 * The commands of a script of PowerShell or cmd. Undefined for all but a plain list of lines: where there are blocks, conditions, labels, lists, strings
 * over lines, or anything that looks at exit codes itself, nothing is known.
 */
export function lineCommands(text: string, shell: LineShell): readonly LineCommand[] | undefined {
  const masked = maskExpressions(text);
  const knows = shell === "pwsh" ? pwshKnows : cmdKnows;
  if (!knows(masked)) return undefined;
  const found: LineCommand[] = [];
  for (const { line, start } of logicalLines(masked, shell === "pwsh" ? "`" : "^")) {
    const indent = /^[ \t]*/u.exec(line)?.[0] ?? "";
    const body = line.slice(indent.length).trimEnd();
    if (body === "" || isComment(body, shell)) continue;
    const words = wordsOf(body);
    if (words === undefined) return undefined;
    const span = { start: start + indent.length, end: start + indent.length + body.length };
    const described = shell === "pwsh" ? pwshProgram(words) : cmdProgram(words);
    found.push({
      words: described.words.map(unmasked),
      span,
      lineEnd: span.end,
      indent,
      isProgram: described.isProgram,
    });
  }
  return found;
}

/** True where the exit code of a command is lost because a later program leaves its own. */
export function isOverwritten(commands: readonly LineCommand[], command: LineCommand): boolean {
  return command.isProgram && commands.slice(commands.indexOf(command) + 1).some(({ isProgram }) => isProgram);
}

/** Lines with those that continue them. */
function* logicalLines(text: string, continuation: string): Iterable<{ line: string; start: number }> {
  const pattern = continuation === "`" ? /(?:[^\n`]|`\r?\n|`)+/gu : /(?:[^\n^]|\^\r?\n|\^)+/gu;
  for (const match of text.matchAll(pattern)) yield { line: match[0], start: match.index };
}

function isComment(line: string, shell: LineShell): boolean {
  return shell === "pwsh" ? line.startsWith("#") : /^(?:@?rem\b|::)/iu.test(line);
}

/** Unquoted words up to the first pipe; undefined where a quote stays open. */
function wordsOf(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? "";
    if (char === '"' || char === "'") {
      const end = line.indexOf(char, at + 1);
      if (end < 0) return undefined;
      word = (word ?? "") + line.slice(at + 1, end);
      at = end;
    } else if (char === "|") {
      break;
    } else if (/\s/u.test(char) || ((char === "`" || char === "^") && /^.\r?\n/u.test(line.slice(at, at + 3)))) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + char;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

function pwshKnows(text: string): boolean {
  const plain = text.replace(/\$\{[\w:]+\}/gu, "x");
  return !/[{};]|&&|\|\||@["']|<#|\$LASTEXITCODE|\$\?|\$ErrorActionPreference|PSNativeCommand|-ErrorAction|(?:^|\n)\s*(?:exit|throw|return|trap)\b|(?:^|\n)\s*\.\s/iu.test(
    plain,
  );
}

const cmdlet =
  /^(?:Get|Set|New|Remove|Copy|Move|Write|Out|Add|Invoke|Start|Stop|Test|Expand|Compress|Select|Where|ForEach|Import|Export|Install|Uninstall|Enable|Disable|Join|Split|Resolve|Rename|Clear|Update|Register|Unregister|Tee|Format|Measure|Sort|Group|ConvertTo|ConvertFrom|Push|Pop|Wait|Receive|Enter|Exit|Find|Save|Read|Show|Restart|Unblock|Mount|Dismount|Convert|Publish|Save|Use|Initialize)-\w+$/iu;
const pwshOwn =
  /^(?:cd|chdir|echo|ls|dir|rm|del|erase|rd|rmdir|cp|copy|mv|move|mkdir|md|cat|type|pwd|pushd|popd|sleep|set|write|ren|ni|ii|iwr|irm|sc|refreshenv|curl|wget|diff|sort|tee|start|kill|ps|clear|history|import|using|param)$/iu;

function pwshProgram(words: readonly string[]): { readonly words: readonly string[]; readonly isProgram: boolean } {
  const [first = "", second] = words;
  if (/^\$[\w:]+$/u.test(first) && second === "=") return { ...pwshProgram(words.slice(2)) };
  if (first === "&") return { words: words.slice(1), isProgram: /\.exe$/iu.test(second ?? "") };
  const isProgram =
    /^[\w./\\-]+$/u.test(first) &&
    !holdsMask(first) &&
    !cmdlet.test(first) &&
    !pwshOwn.test(first) &&
    !/\.ps1$|^\d/iu.test(first);
  return { words, isProgram: isProgram && !first.startsWith("-") };
}

function cmdKnows(text: string): boolean {
  return !/[()&]|\|\||errorlevel|(?:^|\n)\s*@?(?:if|for|goto|exit|setlocal)\b|(?:^|\n)\s*:\w/iu.test(text);
}

/** Without `call`, a script ends where it starts another one, so only what is known to be no script counts. */
const cmdPrograms =
  /^(?:cargo|cmake|ctest|dotnet|python3?|py|pytest|go|msbuild|nmake|ninja|git|cl|link|rustc|node|java|javac|pip3?|meson|clang(?:\+\+|-cl)?|7z|tar|curl|vcpkg|nuget|powershell|pwsh|bash)(?:\.exe)?$/iu;

function cmdProgram(words: readonly string[]): { readonly words: readonly string[]; readonly isProgram: boolean } {
  const [first = "", ...rest] = words;
  const program = first.replace(/^@/u, "");
  if (/^call$/iu.test(program)) return { words: rest, isProgram: rest.length > 0 };
  return { words: [program, ...rest], isProgram: cmdPrograms.test(program.split(/[\\/]/u).at(-1) ?? "") };
}
