import { CiFixError } from "@ci-fix/codemod";
import { readConfig, readRegister, type LocatedFinding } from "@ci-fix/register";
import { triage } from "@ci-fix/report";
import { configPaths, knownClasses, registerPath, survey, type Survey } from "@ci-fix/runner";
import { isCiFile } from "@ci-fix/workflow";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Place } from "./root.ts";

/** Something that is wrong with a file as a whole, or with one of its lines. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** 1-based. */
  readonly line: number | undefined;
}

/** What is known about one version of a document. */
export interface Analysis {
  readonly document: TextDocument;
  readonly place: Place;
  /** What can be done and nobody has settled. */
  readonly open: readonly LocatedFinding[];
  readonly problems: readonly Problem[];
  /** Undefined for a policy and a register, and where one of them cannot be read. */
  readonly found: Survey | undefined;
}

/** Looks at a document as it is in the editor. Undefined for a document that is none of ours. Never rejects for bad input. */
export async function analyse(document: TextDocument, place: Place): Promise<Analysis | undefined> {
  const bytes = new TextEncoder().encode(document.getText());
  const nothing = { document, place, open: [], problems: [], found: undefined };
  if (configPaths.includes(place.path))
    return { ...nothing, problems: problemsOf(readConfig(bytes, knownClasses), "CI_FIX_CONFIG_INVALID") };
  if (place.path === registerPath)
    return { ...nothing, problems: problemsOf(readRegister(bytes), "CI_FIX_REGISTER_INVALID") };
  if (!isCiFile(place.path)) return undefined;
  try {
    const overlay = new Map([[place.path, bytes]]);
    const found = await survey({ directory: place.root, at: "work-tree", paths: [place.path], overlay });
    const { open } = triage(found.result, found.match, found.policy.date);
    // Findings about the policy or the register lie in files of their own.
    return { ...nothing, open: open.filter(({ file }) => file === place.path), problems: found.result.errors, found };
  } catch (error) {
    if (!(error instanceof CiFixError)) throw error;
    return { ...nothing, problems: [{ code: error.code, message: error.message, line: undefined }] };
  }
}

function problemsOf(
  read: ReturnType<typeof readConfig> | ReturnType<typeof readRegister>,
  code: string,
): readonly Problem[] {
  return read.ok ? [] : read.problems.map((problem) => ({ code, ...problem }));
}
