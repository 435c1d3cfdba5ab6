import type { Command, Script } from "unbash";
import { commandsIn, type ScriptCommand } from "./commands.ts";
import { explore, type Ways } from "./model/explore.ts";
import type { ShellOptions } from "./model/state.ts";
import { parseScript } from "./parse.ts";

/**
 * What a failure of one command does to the exit status of its script, when nothing else fails.
 * `hidden`: the script ends with 0 on every way on which the command runs. `shown`: it never does. `sometimes`: it depends on the way,
 * or on which round of a loop fails. `unreached`: it runs on no way. `unknown`: the script does something that is not followed.
 */
export type Fate = "hidden" | "shown" | "sometimes" | "unreached" | "unknown";

/** A script of bash or sh that was parsed. */
export class ShellScript {
  readonly text: string;
  readonly options: ShellOptions;
  /** The tree; offsets are UTF-16 indexes into `text`. */
  readonly tree: Script;
  #commands: readonly ScriptCommand[] | undefined;

  constructor(text: string, options: ShellOptions, tree: Script) {
    this.text = text;
    this.options = options;
    this.tree = tree;
  }

  /** In file order. */
  get commands(): readonly ScriptCommand[] {
    this.#commands ??= commandsIn(this.tree);
    return this.#commands;
  }

  fateOf(command: ScriptCommand, options: ShellOptions = this.options): Fate {
    const always = fate(explore(this.tree, options, new Set([command.node])));
    if (always.kind !== "hidden" && always.kind !== "shown") return always.kind;
    if (!always.repeats) return always.kind;
    const first = fate(explore(this.tree, options, new Set([command.node]), { times: "first" }));
    return first.kind === always.kind ? always.kind : "sometimes";
  }

  /** The statuses with which the script can end when these commands succeed; undefined where that cannot be told. */
  endings(succeeding: readonly ScriptCommand[] = []): ReadonlySet<number> | undefined {
    const passing = new Set(succeeding.map(({ node }) => node));
    const { ways, complete } = explore(this.tree, this.options, new Set<Command>(), { passing });
    return complete ? new Set(ways.map(({ status }) => status)) : undefined;
  }
}

/** Reads a script; undefined where it is not what the shell accepts. */
export function readShellScript(text: string, options: ShellOptions): ShellScript | undefined {
  const tree = parseScript(text);
  return tree === undefined ? undefined : new ShellScript(text, options, tree);
}

function fate({ ways, complete }: Ways): { readonly kind: Fate; readonly repeats: boolean } {
  const reached = ways.filter(({ ran }) => ran > 0);
  const repeats = reached.some(({ ran }) => ran > 1);
  if (!complete) return { kind: "unknown", repeats };
  if (reached.length === 0) return { kind: "unreached", repeats };
  if (reached.every(({ status }) => status === 0)) return { kind: "hidden", repeats };
  return { kind: reached.every(({ status }) => status !== 0) ? "shown" : "sometimes", repeats };
}
