import { plainPath, type RepositoryView } from "@ci-fix/workflow";
import { judgedCommands, judgedWords } from "../commands.ts";
import type { Judged, Kind } from "../kind.ts";
import { programOf, unwrapped } from "../unwrap.ts";
import { targetsOf } from "./make.ts";

/** Where a command is looked up. */
interface Place {
  readonly repository: RepositoryView;
  /** Relative to the root. */
  readonly folder: string;
}

/** Calls of calls that are followed. */
const deepest = 4;

/**
 * What a command is worth, with a look at what it calls in the same repository: a script, a target of a Makefile or justfile, a script of
 * package.json. `folder` is where it starts (relative to the root). Nothing is run; what cannot be found counts by its name.
 */
export function judgedCall(words: readonly string[], repository: RepositoryView, folder: string | undefined): Judged {
  const plain = folder === undefined ? "" : plainPath(`./${folder}`);
  const root = folder === undefined || folder === "." || folder === "./";
  return plain === undefined && !root ? judgedWords(words) : judgedAt(words, { repository, folder: plain ?? "" }, 0);
}

function judgedAt(words: readonly string[], place: Place, depth: number): Judged {
  const own = judgedWords(words);
  if (depth === deepest || (own.kind !== "unknown" && !isTask(own))) return own;
  const lines = calledLines(unwrapped(words), place);
  if (lines === undefined) return own;
  const inner = lines.flatMap((line) => judgedLine(line, place, depth));
  const weightiest = byWeight.find((kind) => inner.some((each) => each.kind === kind));
  const found = inner.find(({ kind }) => kind === weightiest);
  return found === undefined ? own : { ...found, seen: own.seen, what: `runs \`${found.seen}\`, ${found.what}` };
}

const byWeight: readonly Kind[] = ["critical", "delivery", "unknown", "advisory", "best-effort", "prepare", "chore"];

/** Tasks are told by their names alone, so what they run tells more. */
function isTask({ what }: Judged): boolean {
  return what === "a task that tests, checks or builds";
}

function judgedLine(line: string, place: Place, depth: number): readonly Judged[] {
  return judgedCommands(line).flatMap((command) => {
    if (command.masked) return [];
    const words = command.seen.endsWith("…") ? undefined : command.seen.split(" ");
    return words !== undefined && (command.kind === "unknown" || isTask(command))
      ? [judgedAt(words, place, depth + 1)]
      : [command];
  });
}

/** The lines that a command runs elsewhere in the repository; undefined where it calls nothing that can be read. */
function calledLines(words: readonly string[], place: Place): readonly string[] | undefined {
  const [program = "", ...args] = words;
  const name = programOf(program);
  if (/^(?:ba|da|z)?sh$/u.test(name))
    return scriptLines(
      args.find((arg) => !arg.startsWith("-")),
      place,
    );
  if (name === "make" || name === "gmake" || name === "just") return targetLines(name, args, place);
  if (/^(?:npm|pnpm|yarn|bun)$/u.test(name)) return packageLines(args, place);
  return /^\.{0,2}\/|\//u.test(program) || /\.(?:sh|bash)$/u.test(program) ? scriptLines(program, place) : undefined;
}

function scriptLines(path: string | undefined, place: Place): readonly string[] | undefined {
  if (path === undefined) return undefined;
  const text = textAt(path, place);
  const isShell = text !== undefined && (/^#!.*\b(?:ba|da|z|k)?sh\b/u.test(text) || /\.(?:sh|bash)$/u.test(path));
  return isShell ? [text] : undefined;
}

function targetLines(program: string, args: readonly string[], place: Place): readonly string[] | undefined {
  if (args.some((arg) => /^-[fC]|^--(?:directory|file|makefile|justfile)/u.test(arg))) return undefined;
  const names = program === "just" ? ["justfile", "Justfile", ".justfile"] : ["GNUmakefile", "makefile", "Makefile"];
  const text = names.map((each) => textAt(each, place)).find((each) => each !== undefined);
  const wanted = args.filter((arg) => !/^-|=/u.test(arg));
  if (text === undefined || wanted.length === 0) return undefined;
  const targets = targetsOf(text, program === "just" ? "just" : "make");
  const seen = new Set<string>();
  const lines: string[] = [];
  const visit = (target: string): void => {
    if (seen.has(target)) return;
    seen.add(target);
    for (const need of targets.get(target)?.needs ?? []) visit(need);
    lines.push(...(targets.get(target)?.commands ?? []).filter((line) => !line.startsWith("-")));
  };
  for (const target of wanted) visit(target);
  return lines.length === 0 ? undefined : lines;
}

function packageLines(args: readonly string[], place: Place): readonly string[] | undefined {
  if (
    args.some((arg) =>
      /^(?:--prefix|-C|--dir|--cwd|--filter|-F|-w|--workspaces?|-r|--recursive|workspaces?)$/u.test(arg),
    )
  )
    return undefined;
  const name = args.find((arg) => !arg.startsWith("-") && arg !== "run" && arg !== "run-script");
  const text = textAt("package.json", place);
  if (name === undefined || text === undefined) return undefined;
  try {
    const { scripts } = JSON.parse(text) as { readonly scripts?: Readonly<Record<string, unknown>> };
    const script = scripts?.[name];
    return typeof script === "string" ? [script] : undefined;
  } catch {
    return undefined;
  }
}

function textAt(path: string, { repository, folder }: Place): string | undefined {
  if (path.includes("$")) return undefined;
  const whole = plainPath(folder === "" ? path : `${folder}/${path}`);
  return whole === undefined ? undefined : repository.text(whole);
}
