import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";

/** What can be asked for that the command line itself does not know. */
export type Lookup = "risks" | "classes";

/** What may stand where the cursor is. */
export interface Expected {
  /** Fixed words, each with what it is. */
  readonly words: readonly Candidate[];
  /** Words that are looked up in the repository. */
  readonly lookup: Lookup | undefined;
  /** Where nothing else fits. */
  readonly paths: "files" | "folders" | "none";
  /** Stands before each candidate: `--risk=`, or the words of a list before the last comma. */
  readonly prefix: string;
  /** The folder that `-C` names. */
  readonly folder: string | undefined;
}

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Where the words before the cursor lead to. */
interface Walk {
  readonly command: CommandUnknownOpts;
  /** The option whose value comes next. */
  readonly pending: Option | undefined;
  /** How many arguments the command has already. */
  readonly given: number;
  readonly folder: string | undefined;
  /** Behind `--` there are no options. */
  readonly onlyArguments: boolean;
}

/** Arguments that are looked up, by the command's name. */
const LOOKUPS: Readonly<Record<string, Lookup>> = {
  rollback: "risks",
  prove: "risks",
  accept: "risks",
  defer: "risks",
  explain: "classes",
};
const LISTS: Readonly<Record<string, Lookup>> = { risk: "risks", class: "classes" };

/** What can come next. `words` are those behind the program's name up to the cursor; the last one may be empty. */
export function expectedNext(program: CommandUnknownOpts, words: readonly string[]): Expected {
  const last = words.at(-1) ?? "";
  const walk = walkAlong(program, words.slice(0, -1));
  const nothing: Expected = { words: [], lookup: undefined, paths: "none", prefix: "", folder: walk.folder };
  if (walk.pending !== undefined) return { ...nothing, ...valuesOf(walk.pending, last, "") };
  const [, name = "", value] = /^(--[^=]+)=(.*)$/su.exec(last) ?? [];
  const option = optionOf(walk.command, name);
  if (value !== undefined && option !== undefined && !walk.onlyArguments)
    return { ...nothing, ...valuesOf(option, value, `${name}=`) };
  if (last.startsWith("-") && !walk.onlyArguments) return { ...nothing, words: optionsOf(walk.command) };
  return { ...nothing, ...argumentsOf(walk, last) };
}

function walkAlong(program: CommandUnknownOpts, words: readonly string[]): Walk {
  let walk: Walk = { command: program, pending: undefined, given: 0, folder: undefined, onlyArguments: false };
  for (const word of words) walk = step(walk, word);
  return walk;
}

function step(walk: Walk, word: string): Walk {
  const { command, pending, given, onlyArguments } = walk;
  if (pending !== undefined)
    return { ...walk, pending: undefined, folder: pending.short === "-C" ? word : walk.folder };
  if (onlyArguments) return { ...walk, given: given + 1 };
  if (word === "--") return { ...walk, onlyArguments: true };
  if (word.startsWith("-")) {
    const option = word.includes("=") ? undefined : optionOf(command, word);
    return option !== undefined && takesValue(option) ? { ...walk, pending: option } : walk;
  }
  const below = given === 0 ? command.commands.find((each) => each.name() === word) : undefined;
  return below === undefined ? { ...walk, given: given + 1 } : { ...walk, command: below, given: 0 };
}

function argumentsOf({ command, given }: Walk, last: string): Partial<Expected> {
  const commands = given === 0 ? command.createHelp().visibleCommands(command) : [];
  const words = commands.map((each) => ({ value: each.name(), description: each.description() }));
  const argument =
    command.registeredArguments[given] ?? command.registeredArguments.findLast(({ variadic }) => variadic);
  if (argument === undefined) return { words };
  const choices = (argument.argChoices ?? []).map((value) => ({ value, description: "" }));
  const lookup = LOOKUPS[command.name()];
  if (lookup !== undefined) return { words, lookup, prefix: lookup === "risks" ? listBefore(last) : "" };
  return { words: [...words, ...choices], paths: argument.name() === "paths" ? "files" : "none" };
}

function valuesOf(option: Option, value: string, prefix: string): Partial<Expected> {
  const words = (option.argChoices ?? []).map((choice) => ({ value: choice, description: "" }));
  const lookup = LISTS[option.attributeName()];
  if (lookup !== undefined) return { lookup, prefix: prefix + listBefore(value) };
  const paths = /<(?:file|path|certificate)/u.test(option.flags)
    ? "files"
    : /<(?:dir|folder)/u.test(option.flags)
      ? "folders"
      : "none";
  return { words, paths, prefix };
}

/** `M03-R01,` of `M03-R01,M03`: what is written of a list. */
function listBefore(text: string): string {
  return text.slice(0, text.lastIndexOf(",") + 1);
}

function optionsOf(command: CommandUnknownOpts): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => ({ value: long ?? short ?? "", description }));
}

/** An option of the command, or one that stands above it. */
function optionOf(command: CommandUnknownOpts, word: string): Option | undefined {
  for (let each: CommandUnknownOpts | null = command; each !== null; each = each.parent) {
    const option = each.options.find(({ long, short }) => word === long || word === short);
    if (option !== undefined) return option;
  }
  return undefined;
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}
