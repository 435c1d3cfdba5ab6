import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/** How the language server is started. */
export interface Program {
  readonly command: string;
  readonly args: string[];
}

const INSTALLED = ["node_modules", "ci-fix", "dist", "ci-fix.mjs"];

/** The program that the settings name, else the one of the first workspace folder that has it, else that of the PATH. */
export function findProgram(configured: string, folders: readonly string[]): Program {
  const named = configured.trim();
  const [first] = folders;
  const given =
    named === "" || isAbsolute(named) || first === undefined || !/[\\/]/u.test(named) ? named : join(first, named);
  const script =
    given === "" ? folders.map((folder) => join(folder, ...INSTALLED)).find((path) => existsSync(path)) : given;
  if (script === undefined) return { command: "ci-fix", args: ["lsp"] };
  return /\.[cm]?js$/u.test(script) ? { command: "node", args: [script, "lsp"] } : { command: script, args: ["lsp"] };
}
