import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ShellScript } from "@ci-fix/shell-script";

/** What the shell does itself; all else that a script names is a stub. */
const builtins =
  /^(?:true|false|:|echo|printf|test|\[|exit|return|set|shopt|export|local|declare|typeset|readonly|unset|shift|break|continue|wait|exec|command|type|let|getopts|alias|unalias|times|cd|pushd|popd|dirs|pwd|source|\.|jobs|disown|time)$/u;

/** What leads out of the folder, or into files of the repository, does nothing. */
const muted = "cd() { :; }\npushd() { :; }\npopd() { :; }\nsource() { :; }\nfunction . { :; }\n";
const mutedInSh = "cd() { :; }\n";

/** A command that is to fail: its stub is told by the words that are known beforehand. */
export interface Failing {
  readonly words: readonly string[];
}

/** Writes a stub for each program of a script into `bin`, and for those that it names by a path into `work`. */
export async function writeStubs(
  scripts: readonly ShellScript[],
  { bin, work }: { readonly bin: string; readonly work: string },
  failing: Failing | undefined,
): Promise<void> {
  const programs = new Set(scripts.flatMap(({ commands }) => commands.flatMap(({ words }) => programsOf(words))));
  for (const program of programs) {
    if (program === "" || builtins.test(program)) continue;
    const path = program.includes("/") ? join(work, program) : join(bin, program);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, stub(program, failing));
    await chmod(path, 0o755);
  }
}

/** What a command runs, or asks for (`command -v`). */
function programsOf([first = "", ...args]: readonly string[]): readonly string[] {
  return first === "command" ? args.filter((arg) => /^\w[\w.+-]*$/u.test(arg)) : [first];
}

/** The text that is run: without what leads out of the folder. */
export function mutedScript(text: string, dialect: ShellScript["options"]["dialect"]): string {
  return (dialect === "bash" ? muted : mutedInSh) + text;
}

/** It reads what it is given, so that nobody writes into a closed pipe, and prints nothing. */
function stub(program: string, failing: Failing | undefined): string {
  const [name, ...args] = failing?.words ?? [];
  const drain = "if [ -p /dev/stdin ]; then while IFS= read -r line; do :; done; fi\n";
  if (name !== program) return `#!/bin/sh\n${drain}exit 0\n`;
  const pattern = joinedPattern(args.map(quotedPattern));
  return `#!/bin/sh\n${drain}case "$*" in\n${pattern}) exit 1 ;;\nesac\nexit 0\n`;
}

/** Words that are expanded may come to nothing, and to many, so the blanks around them are theirs. */
function joinedPattern(patterns: readonly string[]): string {
  let joined = "''";
  for (const [index, pattern] of patterns.entries()) {
    const isWild = pattern === "*" || patterns[index - 1] === "*";
    joined += index === 0 || isWild ? pattern : `' '${pattern}`;
  }
  return joined;
}

/** A word as a pattern of \`case\`: what is expanded when it runs matches anything. */
function quotedPattern(word: string): string {
  return word
    .split(/(\$\{expression\}|\$\{[^}]*\}|\$\(.*\)|\$\w+|\$[@*#?!]|`[^`]*`|\{[^{}]*,[^{}]*\}|\*|\?)/u)
    .map((part, index) => (index % 2 === 1 ? "*" : part === "" ? "" : `'${part.replaceAll("'", String.raw`'\''`)}'`))
    .join("");
}
