import type { Assignment, Command, Word } from "unbash";
import { parseScript } from "../parse.ts";
import { type Engine, Unfollowed } from "./engine.ts";
import type { Jump, State } from "./state.ts";
import { bracketHolds } from "./tests.ts";
import { valueOf } from "./values.ts";

/** A builtin that was run: its status is in the state. */
interface Done {
  readonly jump?: Jump;
}

type Builtin = (run: Engine, command: Command, state: State) => Done | undefined;

/** Runs a builtin of the shell; undefined where the name is none, or one that the world decides like a program. */
export function runBuiltin(run: Engine, name: string, command: Command, state: State): Done | undefined {
  return builtins.get(name)?.(run, command, state);
}

function wordsOf({ args }: Command): readonly Word[] {
  return args.filter((arg) => arg.type === "Word");
}

const succeed: Builtin = (_, __, state) => ended(state, 0);

function ended(state: State, status: number): Done {
  state.status = status;
  return {};
}

/** `local x=$(…)`: the status is that of `local`, whatever its words ran. */
const declare: Builtin = (_, { args }, state) => {
  for (const arg of args) if (arg.type === "Assignment") remember(arg, state);
  return ended(state, 0);
};

function remember(assignment: Assignment, state: State): void {
  const value = assignment.value.type === "Word" ? valueOf(assignment.value, state) : undefined;
  if (value === undefined || assignment.append === true) state.variables.delete(assignment.name);
  else state.variables.set(assignment.name, value);
}

/** Sets variables to what is not known. */
const reads: Builtin = (run, command, state) => {
  forget(command, state);
  state.status = state.tested > 0 ? run.oracle.choose(2) : 0;
  return {};
};

/** `let x=0` fails where the value is 0. */
const tells: Builtin = (run, command, state) => {
  forget(command, state);
  return decided(run, undefined, state);
};

/** `command exit` is the builtin of the shell all the same. */
const bypasses: Builtin = (_, command) => {
  const word = wordsOf(command).find(({ text }) => !text.startsWith("-"));
  if (word !== undefined && builtins.has(word.text)) throw new Unfollowed("a builtin that is called by another one");
  return undefined;
};

const prints: Builtin = (_, command, state) => {
  if (wordsOf(command)[0]?.text === "-v") forget(command, state);
  return ended(state, 0);
};

function forget(command: Command, state: State): void {
  for (const word of wordsOf(command)) state.variables.delete(word.value.replace(/\W.*$/u, ""));
}

/** Text or a file that is run as part of the script: what it sets is not known, and it is taken to leave options alone. */
const runsText: Builtin = (run, command, state) => {
  if (wordsOf(command).some(({ value }) => /\bset [-+]|\bexit\b/u.test(value)))
    throw new Unfollowed("text that is run");
  state.variables.clear();
  state.status = run.oracle.statusOf(command, state.tested > 0);
  return {};
};

const setOptions: Builtin = (_, command, state) => {
  const words = wordsOf(command).map(({ text }) => text);
  for (let at = 0; at < words.length; at += 1) {
    const [, sign, letters = ""] = /^([-+])([a-zA-Z]+)$/u.exec(words[at] ?? "") ?? [];
    if (sign === undefined) break;
    if (/[nt]/u.test(letters)) throw new Unfollowed("a shell that reads commands without running them");
    if (letters.includes("e")) setErrexit(sign === "-", state);
    if (!letters.endsWith("o")) continue;
    at += 1;
    setNamedOption(words[at], sign === "-", state);
  }
  return ended(state, 0);
};

/** Where bash lets it wait that is set behind `!` or in a condition is told nowhere. */
function setErrexit(on: boolean, state: State): void {
  if (on && !state.errexit && state.tested > 0) throw new Unfollowed("errexit that is set while a status is looked at");
  state.errexit = on;
}

function setNamedOption(name: string | undefined, on: boolean, state: State): void {
  if (name === "errexit") setErrexit(on, state);
  if (name === "noexec" || name === "onecmd") throw new Unfollowed("a shell that reads commands without running them");
  if (name === "posix") throw new Unfollowed("POSIX mode");
  if (name === "pipefail" && state.dialect === "sh") throw new Unfollowed("pipefail, which not every sh has");
  if (name === "pipefail") state.pipefail = on;
}

const shopt: Builtin = (_, command, state) => {
  const [flag, ...names] = wordsOf(command).map(({ text }) => text);
  if (names.includes("inherit_errexit")) state.inherits = flag === "-s";
  if (names.includes("lastpipe")) throw new Unfollowed("lastpipe");
  return ended(state, 0);
};

/** `exit` and `return` with a status that is not known end in one of both ways. */
function leave(run: Engine, command: Command, state: State): void {
  const [word] = wordsOf(command);
  if (word === undefined) return;
  const value = valueOf(word, state);
  state.status = value !== undefined && /^\d+$/u.test(value) ? Number(value) & 255 : run.oracle.choose(2);
}

const exit: Builtin = (run, command, state) => {
  leave(run, command, state);
  return { jump: { kind: "exit", levels: 0 } };
};

const returns: Builtin = (run, command, state) => {
  if (state.inFunction === 0) throw new Unfollowed("a return outside of any function");
  leave(run, command, state);
  return { jump: { kind: "return", levels: 0 } };
};

const leavesLoop =
  (kind: "break" | "continue"): Builtin =>
  (_, command, state) => {
    const levels = Number(wordsOf(command)[0]?.text ?? 1);
    state.status = 0;
    return { jump: { kind, levels: Number.isInteger(levels) && levels > 0 ? levels : 1 } };
  };

const test: Builtin = (run, command, state) => {
  const words = wordsOf(command);
  const isBracket = command.name?.text === "[";
  return decided(run, bracketHolds(isBracket ? words.slice(0, -1) : words, state), state);
};

function decided(run: Engine, holds: boolean | undefined, state: State): Done {
  const jump = run.decided(holds, state);
  return jump === undefined ? {} : { jump };
}

/** A trap may exit with another status than the script does. */
const trap: Builtin = (_, command, state) => {
  const [action, ...signals] = wordsOf(command);
  const on = (names: RegExp): boolean => signals.some(({ text }) => names.test(text));
  const body = action === undefined || action.text === "-" ? "" : action.value;
  if (on(/^(?:EXIT|ERR|DEBUG|RETURN|SIGEXIT|0)$/iu) && mayExit(body, state))
    throw new Unfollowed("a trap that may decide the status");
  if (on(/^(?:DEBUG|RETURN)$/iu) && body !== "") throw new Unfollowed("a trap between commands");
  if (on(/^(?:EXIT|SIGEXIT|0)$/iu)) state.onExit = parseScript(body);
  return ended(state, 0);
};

function mayExit(body: string, state: State): boolean {
  return (
    /\b(?:exit|return|kill|set)\b/u.test(body) || body.split(/[\s;&|]+/u).some((word) => state.functions.has(word))
  );
}

const waits: Builtin = (run, command, state) => {
  const isNamed = wordsOf(command).length > 0;
  const failed = state.background.some((status) => status !== 0);
  state.background = [];
  state.status = isNamed && failed ? run.oracle.choose(2) : 0;
  return {};
};

const exec: Builtin = (run, command, state) => {
  if (wordsOf(command).length === 0) return ended(state, 0);
  state.status = run.oracle.statusOf(command, state.tested > 0);
  return { jump: { kind: "exit", levels: 0 } };
};

const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...["true", ":", "echo", "unset", "shift", "alias", "unalias", "umask", "ulimit", "hash", "disown"].map(
    (name): [string, Builtin] => [name, succeed],
  ),
  ["false", (_, __, state) => ended(state, 1)],
  ["printf", prints],
  ...["local", "declare", "typeset", "export", "readonly"].map((name): [string, Builtin] => [name, declare]),
  ...["read", "mapfile", "readarray", "getopts"].map((name): [string, Builtin] => [name, reads]),
  ...["eval", "source", "."].map((name): [string, Builtin] => [name, runsText]),
  ["let", tells],
  ["command", bypasses],
  ["builtin", bypasses],
  ["set", setOptions],
  ["shopt", shopt],
  ["exit", exit],
  ["return", returns],
  ["break", leavesLoop("break")],
  ["continue", leavesLoop("continue")],
  ["[", test],
  ["test", test],
  ["trap", trap],
  ["wait", waits],
  ["exec", exec],
]);
