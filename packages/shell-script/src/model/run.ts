import type {
  Command,
  CommandNode,
  CompoundList,
  Pipeline,
  PipelineNode,
  AndOr,
  Redirected,
  Script,
  Statement,
} from "unbash";
import { runBuiltin } from "./builtins.ts";
import { type Engine, type Oracle, Unfollowed } from "./engine.ts";
import { runFor, runWhile } from "./loops.ts";
import { type Body, type Jump, type ShellOptions, State } from "./state.ts";
import { runSubstitutions } from "./substitutions.ts";
import { testHolds } from "./tests.ts";
import { arithmetic, assignedIn, valueOf } from "./values.ts";

/** More commands than any real script runs before it is clear that a loop does not end. */
const mostCommands = 5000;

/**
 * Runs the control flow of a script: which commands run is decided by the rules of the shell, what they exit with by the oracle.
 * Source: Bash Reference Manual, "The Set Builtin" (-e, pipefail), "Lists of Commands", "Pipelines", "Command Execution Environment".
 */
export class Run implements Engine {
  readonly oracle: Oracle;
  #commands = 0;

  constructor(oracle: Oracle) {
    this.oracle = oracle;
  }

  /** The exit status of the script. Throws `Unfollowed`. */
  exitStatus(script: Script, options: ShellOptions): number {
    return this.apart(new State(options), (state) => this.statements(script.commands, state));
  }

  statements(statements: readonly Statement[], state: State): Jump | undefined {
    for (const statement of statements) {
      const jump = this.#statement(statement, state);
      if (jump !== undefined) return jump;
    }
    return undefined;
  }

  list(list: CompoundList, state: State): Jump | undefined {
    return this.statements(list.commands, state);
  }

  /** Runs something whose failure is looked at, so that errexit does not act on it. */
  testing(state: State, run: () => Jump | undefined, isExempt = true): Jump | undefined {
    state.tested += 1;
    state.exempt += Number(isExempt);
    const jump = run();
    state.tested -= 1;
    state.exempt -= Number(isExempt);
    return jump;
  }

  body(body: Body, state: State): Jump | undefined {
    if (body.type === "CompoundList" || body.type === "Script") return this.statements(body.commands, state);
    return this.node(body, state);
  }

  /** Where errexit acts: on a failed command, pipeline or subshell that nothing tests. */
  checked(state: State): Jump | undefined {
    return state.status !== 0 && state.errexit && state.exempt === 0 ? { kind: "exit", levels: 0 } : undefined;
  }

  /** Runs in a subshell and gives its status. */
  apart(state: State, run: (inner: State) => Jump | undefined): number {
    const jump = run(state);
    if (jump?.kind === "break" || jump?.kind === "continue") throw new Unfollowed("a loop that is left from outside");
    const { status, onExit } = state;
    if (onExit === undefined) return status;
    // Errexit acts in a trap as well, whatever looks at the shell, and then the status is that of what failed there.
    Object.assign(state, { onExit: undefined, tested: 0, exempt: 0 });
    return this.statements(onExit.commands, state) === undefined ? status : state.status;
  }

  #statement({ command, background }: Statement, state: State): Jump | undefined {
    if (background !== true) return this.node(command, state);
    const inner = state.fork();
    inner.tested = 0;
    inner.exempt = 0;
    state.background.push(this.apart(inner, (shell) => this.node(command, shell)));
    state.status = 0;
    return undefined;
  }

  node(node: PipelineNode | AndOr, state: State): Jump | undefined {
    if (node.type === "AndOr") return this.#andOr(node, state);
    if (node.type === "Pipeline") return this.#pipeline(node, state);
    return this.#command(node, state);
  }

  #andOr({ commands, operators }: AndOr, state: State): Jump | undefined {
    for (const [index, command] of commands.entries()) {
      const operator = operators[index - 1];
      if (operator !== undefined && (operator === "&&") !== (state.status === 0)) continue;
      const isLast = index === commands.length - 1;
      const jump = isLast ? this.node(command, state) : this.testing(state, () => this.node(command, state));
      if (jump !== undefined) return jump;
    }
    return undefined;
  }

  #pipeline({ commands, prefixes }: Pipeline, state: State): Jump | undefined {
    const isNegated = prefixes.filter(({ type }) => type === "Negation").length % 2 === 1;
    const run = (): Jump | undefined => {
      const [only] = commands;
      if (commands.length > 1 || only === undefined) return this.#piped(commands, state);
      return this.#command(only, state);
    };
    if (!isNegated) return run();
    // Bash makes errexit wait behind `!` only where it was set before.
    const jump = this.testing(state, run, state.errexit || state.dialect === "sh");
    if (jump !== undefined) return jump;
    state.status = state.status === 0 ? 1 : 0;
    return undefined;
  }

  #piped(commands: readonly CommandNode[], state: State): Jump | undefined {
    const statuses = commands.map((command) => this.apart(state.fork(), (inner) => this.#command(command, inner)));
    const failed = state.pipefail ? statuses.findLast((status) => status !== 0) : undefined;
    state.status = failed ?? statuses.at(-1) ?? 0;
    return this.checked(state);
  }

  #command(node: CommandNode, state: State): Jump | undefined {
    switch (node.type) {
      case "Command":
        return this.#simple(node, state);
      case "Redirected":
        return this.#redirected(node, state);
      case "Subshell":
        state.status = this.apart(state.fork(), (inner) => this.list(node.body, inner));
        return this.checked(state);
      case "BraceGroup":
        return this.list(node.body, state);
      case "If":
        return this.#if([node, ...node.elif], node.else, state);
      case "While":
        return runWhile(this, node, state);
      case "For":
      case "ArithmeticFor":
        return runFor(this, node, state);
      case "Case": {
        const item = node.items[this.oracle.choose(node.items.length + 1)];
        if (item !== undefined && item.body.commands.length > 0) return this.list(item.body, state);
        state.status = 0;
        return undefined;
      }
      case "Function":
        state.functions.set(node.name.value, node.body);
        state.status = 0;
        return undefined;
      case "TestCommand":
        return this.decided(testHolds(node.expression, state), state);
      case "ArithmeticCommand": {
        const value = node.expression === undefined ? undefined : arithmetic(node.expression, state);
        for (const name of assignedIn(node.expression)) state.variables.delete(name);
        return this.decided(value === undefined ? undefined : value !== 0, state);
      }
      default:
        throw new Unfollowed(`a ${node.type.toLowerCase()}`);
    }
  }

  /** Ends a test that came out so; one that is not known may come out either way. */
  decided(holds: boolean | undefined, state: State): Jump | undefined {
    state.status = holds === undefined ? this.oracle.choose(2) : Number(!holds);
    return this.checked(state);
  }

  #redirected({ command, redirects }: Redirected, state: State): Jump | undefined {
    runSubstitutions(this, redirects, state);
    return this.#command(command, state);
  }

  #if(
    branches: readonly { readonly clause: CompoundList; readonly then: CompoundList }[],
    otherwise: CompoundList | undefined,
    state: State,
  ): Jump | undefined {
    for (const { clause, then } of branches) {
      const jump = this.testing(state, () => this.list(clause, state));
      if (jump !== undefined) return jump;
      if (state.status === 0) return this.list(then, state);
    }
    // `$?` in the else branch is that of the condition.
    if (otherwise !== undefined) return this.list(otherwise, state);
    state.status = 0;
    return undefined;
  }

  #simple(command: Command, state: State): Jump | undefined {
    this.#commands += 1;
    if (this.#commands > mostCommands) throw new Unfollowed("a loop that does not end");
    const substituted = runSubstitutions(this, [...command.prefix, command.name, ...command.suffix], state);
    if (command.name === undefined) {
      assign(command, state);
      state.status = substituted ?? 0;
      return this.checked(state);
    }
    const name = valueOf(command.name, state);
    const body = name === undefined ? undefined : state.functions.get(name);
    if (body !== undefined) return this.#call(body, state);
    const done = name === undefined ? undefined : runBuiltin(this, name, command, state);
    if (done !== undefined) return done.jump ?? this.checked(state);
    state.status = this.oracle.statusOf(command, state.tested > 0);
    return this.checked(state);
  }

  #call(body: Body, state: State): Jump | undefined {
    state.inFunction += 1;
    if (state.inFunction > 20) throw new Unfollowed("a function that calls itself");
    const jump = this.body(body, state);
    state.inFunction -= 1;
    if (jump?.kind === "exit") return jump;
    return this.checked(state);
  }
}

function assign({ prefix }: Command, state: State): void {
  for (const part of prefix) {
    if (part.type !== "Assignment") continue;
    const value = part.value.type === "Word" && part.append !== true ? valueOf(part.value, state) : undefined;
    if (value === undefined || part.index !== undefined) state.variables.delete(part.name);
    else state.variables.set(part.name, value);
  }
}
