/**
 * The exit code (0 or 1) of a script that only compares words and says something: `if [[ a == b ]]; then … exit 1; fi`. Undefined for
 * anything else. It is given text in which nothing is left to be filled in, and follows `bash -e`.
 */
export function exitCodeOf(script: string): number | undefined {
  try {
    const tokens = tokensOf(script.replaceAll("\r\n", "\n").replaceAll("\\\n", " "));
    return new Player(tokens).play();
  } catch (error) {
    if (error instanceof NotFollowed) return undefined;
    throw error;
  }
}

class NotFollowed extends Error {}
class Exit extends Error {
  readonly code: number;
  constructor(code: number) {
    super("exit");
    this.code = code;
  }
}

interface Token {
  readonly text: string;
  readonly kind: "word" | "operator";
  /** Quoted words are no keywords. */
  readonly quoted: boolean;
}

const operator = /^(?:&&|\|\||;;|<<<|[;\n])/u;

function tokensOf(script: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = script;
  while (rest !== "") {
    const skipped = /^(?:[ \t]+|#[^\n]*)/u.exec(rest)?.[0];
    const found = skipped === undefined ? operator.exec(rest)?.[0] : undefined;
    if (skipped !== undefined) rest = rest.slice(skipped.length);
    else if (found !== undefined) {
      tokens.push({ text: found, kind: "operator", quoted: false });
      rest = rest.slice(found.length);
    } else {
      const word = /^(?:'[^']*'|"(?:[^"\\$`]|\\.)*"|[^\s;&|<>()$`\\"']|>(?:&2|&1)|>>?\s*\/dev\/null)+/u.exec(rest)?.[0];
      if (word === undefined) throw new NotFollowed();
      const text = word.replaceAll(
        /'([^']*)'|"((?:[^"\\]|\\.)*)"/gu,
        (_, single?: string, double?: string) => single ?? (double ?? "").replaceAll(/\\(.)/gu, "$1"),
      );
      tokens.push({ text, kind: "word", quoted: /^['"]/u.test(word) });
      rest = rest.slice(word.length);
    }
  }
  return tokens;
}

class Player {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  play(): number {
    try {
      const code = this.#list([], true);
      if (this.#at < this.#tokens.length) throw new NotFollowed();
      return code;
    } catch (error) {
      if (error instanceof Exit) return error.code;
      throw error;
    }
  }

  #is(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.text === text && !token.quoted;
  }

  #take(text: string): void {
    if (!this.#is(text)) throw new NotFollowed();
    this.#at += 1;
  }

  /** Commands up to one of these words. What is not run is only read. */
  #list(ends: readonly string[], runs: boolean): number {
    let code = 0;
    for (;;) {
      while (this.#is(";") || this.#is("\n")) this.#at += 1;
      if (this.#at >= this.#tokens.length || ends.some((end) => this.#is(end))) return code;
      code = this.#chain(runs);
    }
  }

  #chain(runs: boolean): number {
    // A failure inside of a branch has ended the script already, unless it stood where errexit looks away; so has that of `!`.
    const isExempt = this.#is("if") || this.#is("!");
    let code = this.#command(runs);
    let failed = code !== 0 && !isExempt;
    while (this.#is("&&") || this.#is("||")) {
      const goesOn = this.#is("&&") ? code === 0 : code !== 0;
      this.#at += 1;
      while (this.#is("\n")) this.#at += 1;
      if (isExempt || this.#is("if") || this.#is("!")) throw new NotFollowed();
      const next = this.#command(runs && goesOn);
      if (goesOn) code = next;
      // Errexit looks at the last command of a chain alone.
      failed = goesOn && code !== 0;
    }
    if (runs && failed) throw new Exit(code);
    return code;
  }

  #command(runs: boolean): number {
    if (this.#is("if")) return this.#if(runs);
    if (this.#is("!")) {
      this.#at += 1;
      return this.#simple(runs) === 0 ? 1 : 0;
    }
    return this.#simple(runs);
  }

  #if(runs: boolean): number {
    this.#at += 1;
    let isDone = !runs;
    let code = 0;
    for (;;) {
      const holds = this.#condition(!isDone);
      this.#take("then");
      const body = this.#list(["elif", "else", "fi"], !isDone && holds);
      if (!isDone && holds) code = body;
      isDone ||= holds;
      if (!this.#is("elif")) break;
      this.#at += 1;
    }
    if (this.#is("else")) {
      this.#at += 1;
      const body = this.#list(["fi"], !isDone);
      if (!isDone) code = body;
    }
    this.#take("fi");
    return code;
  }

  #condition(runs: boolean): boolean {
    if (this.#is("if")) throw new NotFollowed();
    let code = this.#command(runs);
    while (this.#is("&&") || this.#is("||")) {
      const goesOn = this.#is("&&") ? code === 0 : code !== 0;
      this.#at += 1;
      while (this.#is("\n")) this.#at += 1;
      const next = this.#command(runs && goesOn);
      if (goesOn) code = next;
    }
    while (this.#is(";") || this.#is("\n")) this.#at += 1;
    return code === 0;
  }

  #simple(runs: boolean): number {
    const words: string[] = [];
    const isTest = this.#is("[[");
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      const endsTest = isTest && token.text === "]]" && !token.quoted;
      if (
        token.kind === "operator" &&
        token.text !== "<<<" &&
        !(isTest && (token.text === "&&" || token.text === "||"))
      )
        break;
      words.push(token.text);
      this.#at += 1;
      if (endsTest) break;
    }
    return runs ? run(words) : 0;
  }
}

function run([program = "", ...args]: readonly string[]): number {
  if (/^(?:echo|printf|:|true|set)$/u.test(program)) return 0;
  if (program === "false") return 1;
  if (program === "exit") throw new Exit(exitArgument(args));
  if (program === "[[" && args.at(-1) === "]]") return anyOf(args.slice(0, -1)) ? 0 : 1;
  if (program === "[" && args.at(-1) === "]") return compare(args.slice(0, -1)) ? 0 : 1;
  if (program === "test") return compare(args) ? 0 : 1;
  if (program === "jq") return jq(args);
  throw new NotFollowed();
}

function exitArgument([code = "0"]: readonly string[]): number {
  if (!/^\d+$/u.test(code)) throw new NotFollowed();
  return Number(code) % 256;
}

function anyOf(words: readonly string[]): boolean {
  const at = words.indexOf("||");
  if (at >= 0) return anyOf(words.slice(0, at)) || anyOf(words.slice(at + 1));
  const and = words.indexOf("&&");
  return and < 0 ? compare(words) : compare(words.slice(0, and)) && anyOf(words.slice(and + 1));
}

function compare(words: readonly string[]): boolean {
  if (words[0] === "!") return !compare(words.slice(1));
  const [left = "", relation = "", right = ""] = words;
  if (words.length === 2 && left === "-n") return relation !== "";
  if (words.length === 2 && left === "-z") return relation === "";
  if (words.length !== 3 || /[*?[]/u.test(right)) throw new NotFollowed();
  if (relation === "=" || relation === "==") return left === right;
  if (relation === "!=") return left !== right;
  throw new NotFollowed();
}

/** `jq --exit-status 'all(.result == "success" or .result == "skipped")' <<< '{…}'`, and printing. */
function jq(args: readonly string[]): number {
  const at = args.indexOf("<<<");
  const data = at < 0 ? undefined : args[at + 1];
  const options = args.slice(0, at < 0 ? 0 : at);
  if (data === undefined || args.length !== at + 2) throw new NotFollowed();
  const isAsked = options.some((option) => option === "-e" || option === "--exit-status");
  if (!isAsked) return 0;
  const [program = "", ...more] = options.filter((option) => !option.startsWith("-"));
  const allowed = /^all\((.+)\)$/u
    .exec(program.trim())?.[1]
    ?.split(/\s+or\s+/u)
    .map((part) => /^\.result == "(\w+)"$/u.exec(part.trim())?.[1]);
  if (more.length > 0 || allowed === undefined || allowed.includes(undefined)) throw new NotFollowed();
  const jobs = Object.values(JSON.parse(data) as Record<string, { readonly result: string }>);
  return jobs.every(({ result }) => allowed.includes(result)) ? 0 : 1;
}
