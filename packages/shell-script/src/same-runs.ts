import { type Command, forEachChild, type Redirection, type SyntaxNode } from "unbash";
import type { ShellScript } from "./script.ts";

/** What the shell does by itself, and what no later command can tell; how it ends is followed. */
const own = /^(?:set|echo|true|:|exit|\[|export|local|declare|typeset|readonly)$/u;
/** Options that say when a script ends, or what it shows. */
const followed = /^(?:[-+][euxoE]+|errexit|pipefail|nounset|xtrace)$/u;
/** What a script keeps of a status: `rc=0`, `rc=$?`, `${PIPESTATUS[0]}`; and what comes of a command that is told by itself. */
const status = /^[a-z_]+=(?:\d+|"?\$(?:\?|\{PIPESTATUS\b.*\})"?)$|^\w+="?\$\(.*\)"?$/su;

/**
 * Whether two scripts run the same commands, in the same order, with the same words, input and variables. Only then does a command end in
 * the one as it does in the other: an option, a variable or a folder that goes or comes makes another command of it.
 */
export function runsSame(before: ShellScript, after: ShellScript): boolean {
  return runsOf(before).join("\n") === runsOf(after).join("\n");
}

function runsOf({ tree, text }: ShellScript): readonly string[] {
  const found: string[] = [];
  const slice = ({ pos, end }: { readonly pos: number; readonly end: number }): string =>
    text.slice(pos, end).replace(/\s+|\\\n/gu, " ");
  const visit = (node: SyntaxNode): void => {
    if (node.type === "Command") found.push(...runOf(node, slice));
    if (node.type === "Redirected") found.push(...node.redirects.map((redirect) => redirection(redirect, slice)));
    forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

type Slice = (of: { readonly pos: number; readonly end: number }) => string;

function runOf({ name, prefix, args, redirects }: Command, slice: Slice): readonly string[] {
  const variables = [...prefix, ...args].flatMap((part) => (part.type === "Assignment" ? [slice(part)] : []));
  const assigned = variables.filter((variable) => !status.test(variable));
  const written = redirects.filter((redirect) => !isOutput(redirect)).map((redirect) => redirection(redirect, slice));
  const program = name === undefined ? "" : slice(name);
  const words = args.map(slice);
  const isOwn =
    name === undefined || (own.test(program) && (program !== "set" || words.every((word) => followed.test(word))));
  return isOwn ? [...assigned, ...written] : [[...assigned, program, ...words, ...written].join(" ")];
}

/** Where something is shown makes no difference to how it ends. */
function isOutput(redirect: Redirection): boolean {
  return redirect.type === "Redirect" && /^(?:[12&]|\/dev\/(?:null|stdout|stderr))$/u.test(redirect.target?.text ?? "");
}

function redirection(redirect: Redirection, slice: Slice): string {
  return `${slice(redirect)}${redirect.type === "HereDoc" ? slice(redirect.body) : ""}`;
}
