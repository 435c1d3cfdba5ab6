import type { Assignment, ParsedScript, Redirection, Word, WordPart } from "unbash";
import type { Engine } from "./engine.ts";
import type { State } from "./state.ts";

type Holder = Assignment | Redirection | Word | undefined;

/** Runs the substitutions in the words of a command, in order; the status of the last `$(…)`, if there is one. */
export function runSubstitutions(run: Engine, holders: readonly Holder[], state: State): number | undefined {
  let last: number | undefined;
  for (const { script, isCommand } of holders.flatMap((holder) => [...substitutionsIn(holder)])) {
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

function* substitutionsIn(holder: Holder): Iterable<Substitution> {
  if (holder === undefined) return;
  switch (holder.type) {
    case "Word":
      yield* inParts(holder.parts);
      break;
    case "Assignment":
      for (const word of holder.value.type === "Word" ? [holder.value] : holder.value.elements)
        yield* inParts(word.parts);
      break;
    case "HereDoc":
      yield* inParts(holder.body.parts);
      break;
    default:
      yield* inParts(holder.target?.parts);
  }
}

function* inParts(parts: readonly WordPart[] | undefined): Iterable<Substitution> {
  for (const part of parts ?? []) {
    if (part.type === "CommandExpansion" || part.type === "ProcessSubstitution") {
      if (part.script !== undefined) yield { script: part.script, isCommand: part.type === "CommandExpansion" };
    } else if (part.type === "DoubleQuoted" || part.type === "LocaleString") {
      yield* inParts(part.parts);
    } else if (part.type === "ParameterExpansion" && part.operation !== undefined && "operand" in part.operation) {
      yield* inParts(part.operation.operand?.parts);
    }
  }
}
