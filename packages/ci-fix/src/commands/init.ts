import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newPolicy } from "@ci-fix/register";
import { configPaths, gatherPolicyFacts, survey } from "@ci-fix/runner";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { CommandError } from "../problems.ts";
import { exists } from "./root.ts";
import { reportScanErrors } from "./survey-notes.ts";

/** Where an editor finds the schema when this package is installed beside the policy. */
const SCHEMA = "./node_modules/ci-fix/dist/schema/policy.schema.json";

/** Writes a policy from what the repository tells; refuses where there is one. With `print` it goes to stdout instead. */
export async function initPolicy(invocation: Invocation, { print }: { readonly print?: true }): Promise<ExitCode> {
  const { terminal, directory } = invocation;
  const found = await survey({ directory, at: "work-tree" });
  reportScanErrors(invocation, found);
  const text = newPolicy(await gatherPolicyFacts(found), SCHEMA);
  if (print === true) {
    terminal.print(text);
    return EXIT.done;
  }
  const there = await whichIsThere(found.root);
  if (there !== undefined) throw alreadyThere(there);
  const [path = ""] = configPaths;
  await mkdir(dirname(join(found.root, path)), { recursive: true });
  await writeFile(join(found.root, path), text, { flag: "wx" }).catch((error: unknown) => {
    throw error instanceof Error && "code" in error && error.code === "EEXIST" ? alreadyThere(path) : error;
  });
  terminal.print(`wrote ${path}\n`);
  terminal.note("read it through: what is commented out is yours to decide; `ci-fix scan` shows what it changes");
  return EXIT.done;
}

async function whichIsThere(root: string): Promise<string | undefined> {
  for (const path of configPaths) if (await exists(join(root, path))) return path;
  return undefined;
}

function alreadyThere(path: string): CommandError {
  return new CommandError("CI_FIX_EXISTS", EXIT.refused, `there is a policy already: ${path}`, {
    hint: "it is never overwritten; ci-fix init --print shows what would be written",
  });
}
