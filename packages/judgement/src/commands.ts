import { broadCommands, narrowCommands, type CommandRow } from "./command-table.ts";
import { criticalCommands, taskRunners } from "./critical-commands.ts";
import type { Judged } from "./kind.ts";
import { kindOfName } from "./names.ts";
import { commandsOf, type Command } from "./script.ts";
import { innerScript, programOf, unwrapped } from "./unwrap.ts";

/** A command of a script with what it is worth. */
export interface JudgedCommand extends Judged {
  /** Its own script hides its failure already (`|| true`). */
  readonly masked: boolean;
}

/** What every command of a script is worth, in order; the script inside `bash -c` is looked into. */
export function judgedCommands(script: string, depth = 0): readonly JudgedCommand[] {
  return commandsOf(script).flatMap((command) => judgedCommand(command, depth));
}

function judgedCommand({ words, masked }: Command, depth: number): readonly JudgedCommand[] {
  const run = unwrapped(words);
  const inner = depth < 4 ? innerScript(run) : undefined;
  if (inner !== undefined) {
    return judgedCommands(inner, depth + 1).map((judged) => ({ ...judged, masked: judged.masked || masked }));
  }
  return [{ ...kindOfCommand(run), seen: shortened(run), masked }];
}

/** What one command is worth, given as its words; the script inside `bash -c` is worth what its weightiest command is. */
export function judgedWords(words: readonly string[]): Judged {
  const judged = judgedCommand({ words, masked: false }, 0).filter(({ masked }) => !masked);
  const weightiest = kindsByWeight.find((kind) => judged.some((each) => each.kind === kind));
  return judged.find(({ kind }) => kind === weightiest) ?? { ...shellWord, seen: shortened(words) };
}

const kindsByWeight = ["critical", "delivery", "advisory", "unknown", "best-effort", "prepare", "chore"] as const;

const shellWord = { kind: "chore", what: "shell" } as const;
const unknownProgram = { kind: "unknown", what: "a program" } as const;

function kindOfCommand(words: readonly string[]): Omit<Judged, "seen"> {
  const program = programOf(words[0] ?? "");
  if (program.startsWith("$")) return words.length > 1 || program === "${expression}" ? unknownProgram : shellWord;
  if (program === "" || /^[\d(){}\][;"'%*-]/u.test(program)) return shellWord;
  const args = words.slice(1).join(" ");
  const row =
    rowFor(narrowCommands, program, args) ?? rowFor(criticalCommands, program, args) ?? preparing(program, args);
  return row ?? kindOfTask(program, words.slice(1)) ?? rowFor(broadCommands, program, args) ?? unknownProgram;
}

function preparing(program: string, args: string): CommandRow | undefined {
  const row = taskRunners.has(program) ? rowFor(broadCommands, program, args) : undefined;
  return row?.kind === "prepare" ? row : undefined;
}

/** `make`, `npm run`, `just` and their like: the task's name tells. Without a task they build. */
function kindOfTask(program: string, args: readonly string[]): Omit<Judged, "seen"> | undefined {
  if (!taskRunners.has(program)) return undefined;
  const tasks = tasksIn(args);
  if (tasks.length === 0) return { kind: "critical", what: "a build" };
  const kinds = tasks.map((task) => kindOfName(task)).filter((row) => row !== undefined);
  const row = kinds.find(({ kind }) => kind === "critical") ?? kinds[0];
  if (row === undefined) return undefined;
  return { kind: row.kind, what: row.what, byName: true };
}

function tasksIn(args: readonly string[]): readonly string[] {
  const tasks: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? "";
    if (arg === "--") break;
    if (/^(?:-C|-f|-F|-w|--directory|--prefix|--filter|--cwd|--workspace|--makefile|--file|--dir|-j)$/u.test(arg))
      at += 1;
    else if (!/^[-+]|[/=]/u.test(arg) && !/^(?:run|run-script|exec|workspace|workspaces|foreach|-r)$/u.test(arg))
      tasks.push(arg);
  }
  return tasks;
}

const programsOf = new WeakMap<CommandRow, ReadonlySet<string>>();

function rowFor(table: readonly CommandRow[], program: string, args: string): CommandRow | undefined {
  return table.find((row) => {
    if (row.programs !== "*") {
      const programs = programsOf.get(row) ?? new Set(row.programs.split(" "));
      programsOf.set(row, programs);
      if (!programs.has(program)) return false;
    }
    return row.args === undefined || row.args.test(args);
  });
}

function shortened(words: readonly string[]): string {
  const text = words.join(" ");
  return text.length <= 60 ? text : `${text.slice(0, 57).trimEnd()}…`;
}
