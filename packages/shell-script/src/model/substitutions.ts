import type { Assignment, ParsedScript, Redirection, Word, WordPart } from "unbash";
import type { Engine } from "./engine.ts";
import type { State } from "./state.ts";

type Holder = Assignment | Redirection | Word | undefined;

/** Runs the substitutions in the words of a command, in order; the status of the last `$(…)`, if there is one. */
export function runSubstitutions(run: Engine, holders: readonly Holder[], state: State): number | undefined {
  let last: number | undefined;
  for (const { script, isCommand } of substitutionsIn(holders)) {
    const inner = isCommand ? state.forkForSubstitution() : state.fork();
    const status = run.apart(inner, (shell) => run.statements(script.commands, shell));
    if (isCommand) last = status;
  }
  return last;
}

interface Substitution {
  readonly script: ParsedScript;
  /** `$(…)`, not `<(…)`. */
  readonly isCommand: boolean;
}

const none: readonly Substitution[] = [];

/** Most commands have none, and each way through a script asks each of them. */
function substitutionsIn(holders: readonly Holder[]): readonly Substitution[] {
  let found: Substitution[] | undefined;
  for (const holder of holders) {
    for (const part of partsOf(holder)) {
      for (const each of inPart(part)) (found ??= []).push(each);
    }
  }
  return found ?? none;
}

function partsOf(holder: Holder): readonly WordPart[] {
  if (holder === undefined) return [];
  switch (holder.type) {
    case "Word":
      return holder.parts ?? [];
    case "Assignment":
      return holder.value.type === "Word"
        ? (holder.value.parts ?? [])
        : holder.value.elements.flatMap(({ parts }) => parts ?? []);
    case "HereDoc":
      return holder.body.parts ?? [];
    default:
      return holder.target?.parts ?? [];
  }
}

function inPart(part: WordPart): readonly Substitution[] {
  if (part.type === "CommandExpansion" || part.type === "ProcessSubstitution") {
    return part.script === undefined ? none : [{ script: part.script, isCommand: part.type === "CommandExpansion" }];
  }
  if (part.type === "DoubleQuoted" || part.type === "LocaleString") return part.parts.flatMap(inPart);
  if (part.type === "ParameterExpansion" && part.operation !== undefined && "operand" in part.operation)
    return part.operation.operand?.parts?.flatMap(inPart) ?? none;
  return none;
}
