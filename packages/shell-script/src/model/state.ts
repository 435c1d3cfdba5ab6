import type { CompoundList, Function as ShellFunction, Script } from "unbash";

/** The shells whose rules are known. `sh` is dash or a bash in POSIX mode: where the two differ, nothing is claimed. */
export type Dialect = "bash" | "sh";

/** What a script starts with. */
export interface ShellOptions {
  readonly dialect: Dialect;
  readonly errexit: boolean;
  readonly pipefail: boolean;
}

/** Control leaves the commands around: the whole (sub)shell, a function, or loops. */
export interface Jump {
  readonly kind: "exit" | "return" | "break" | "continue";
  /** How many loops, for those two. */
  readonly levels: number;
}

export type Body = ShellFunction["body"] | CompoundList | Script;

/** A shell, or a subshell, at one moment. */
export class State {
  readonly dialect: Dialect;
  errexit: boolean;
  pipefail: boolean;
  /** `shopt -s inherit_errexit`. */
  inherits = false;
  /** How many constructs around look at the status: conditions, all but the last of an and-or list, `!`. */
  tested = 0;
  /** How many of them make errexit wait. */
  exempt = 0;
  /** `$?` */
  status = 0;
  inFunction = 0;
  /** Values as far as they are known. A variable that is absent is unknown. */
  readonly variables: Map<string, string>;
  readonly functions: Map<string, Body>;
  /** What a trap runs when this shell ends. */
  onExit: Script | undefined;
  /** Statuses of what runs in the background. */
  background: number[] = [];

  constructor({ dialect, errexit, pipefail }: ShellOptions, from?: State) {
    this.dialect = dialect;
    this.errexit = errexit;
    this.pipefail = pipefail;
    this.variables = new Map(from?.variables);
    this.functions = new Map(from?.functions);
  }

  /** A subshell: what it changes stays in it. */
  fork(): State {
    const copy = new State(this, this);
    copy.inherits = this.inherits;
    copy.tested = this.tested;
    copy.exempt = this.exempt;
    copy.status = this.status;
    copy.inFunction = this.inFunction;
    return copy;
  }

  /** The shell of `$(…)`. Bash clears errexit there, unless it is told to inherit it or follows POSIX; dash keeps it, tested or not. */
  forkForSubstitution(): State {
    const copy = this.fork();
    if (this.dialect === "sh") copy.exempt = 0;
    else if (!this.inherits) copy.errexit = false;
    return copy;
  }
}
