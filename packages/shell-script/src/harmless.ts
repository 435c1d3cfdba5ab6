import { forEachChild, type Redirection, type SyntaxNode } from "unbash";
import { holdsMask, maskExpressions } from "./parse.ts";
import type { ShellScript } from "./script.ts";

/** Builtins that reach out of a folder or change how programs are found. */
const reaching =
  /^(?:kill|enable|builtin|ulimit|eval|coproc|bind|history|fc|suspend|logout|trap|umask|complete|hash|read|mapfile|readarray|select)$/u;
const plainTarget =
  /^(?:\/dev\/(?:null|stdout|stderr)|&?\d|-|[\w.-][\w./-]*|"?\$\{?GITHUB_(?:OUTPUT|ENV|STEP_SUMMARY|PATH|STATE)\}?"?)$/u;

/**
 * Why a script must not be run, even with every program replaced by a stub: what it names could lie outside of the folder that it runs in.
 * Undefined where nothing speaks against it. When in doubt it speaks against it.
 */
export function harmOf(script: ShellScript): string | undefined {
  if (/\bPATH\b/u.test(script.text.replace(/GITHUB_PATH/gu, ""))) return "it uses PATH";
  if (/\/dev\/(?:tcp|udp)|\bBASH_ENV\b|\bLD_\w+|\bIFS\b/u.test(script.text))
    return "it reaches for the network or the loader";
  for (const { words } of script.commands) {
    const [program = "", ...args] = words;
    if (!/^[\w.+/-]+$/u.test(program)) return `\`${program}\` is a program whose name is only known when it runs`;
    if (program.startsWith("/") || program.split("/").includes("..") || program.startsWith("~"))
      return `\`${program}\` lies outside of the folder`;
    if (reaching.test(program)) return `\`${program}\` reaches out of the script`;
    if (
      /^(?:command|declare|typeset|local|printf|unset|exec|set|shopt)$/u.test(program) &&
      args.some(
        (arg) => (program === "command" ? /^-[a-zA-Z]*p/u : /^-[a-zA-Z]*[pnvfr]/u).test(arg) && program !== "set",
      )
    )
      return `\`${words.join(" ")}\` changes what names mean`;
    if (program === "set" && args.some((arg) => /posix|^-[a-z]*[rn]/u.test(arg)))
      return "it changes the mode of the shell";
  }
  return harmIn(script.tree);
}

function harmIn(node: SyntaxNode): string | undefined {
  if (node.type === "Redirect" && !isPlain(node)) return `it redirects to \`${node.target?.text ?? ""}\``;
  if (node.type === "Coproc" || node.type === "Select") return "it waits for input";
  let harm: string | undefined;
  forEachChild(node, (child) => {
    harm ??= harmIn(child);
  });
  return harm;
}

function isPlain(redirect: Extract<Redirection, { type: "Redirect" }>): boolean {
  const text = redirect.target?.text.replace(/^"(.*)"$/u, "$1") ?? "";
  return plainTarget.test(text) && !text.split("/").includes("..") && !holdsMask(text);
}

/** The script as it is run with stubs: what stands in `${{ }}` is a word without meaning. */
export function replayText(script: ShellScript): string {
  return maskExpressions(script.text);
}
