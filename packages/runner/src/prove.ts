import { type Proof, type ProofInput, proveFix } from "@ci-fix/proof";
import { type ChangedFile, scriptsOf, workflowOf } from "./scripts.ts";
import type { FileChange, Refusal } from "./types.ts";

/** The bytes of the repository's CI files by path: what a proof may look into besides the changed file. */
export type Contents = ReadonlyMap<string, Uint8Array>;

/** What a proof is made under, besides the change. */
export interface ProofContext extends Pick<ProofInput, "evidence" | "requiredChecks"> {
  readonly contents: Contents;
}

/** What is shown of a change: in which cases of a run something differs, and that none of them is weaker. */
export function proveChange({ file, ...sides }: ChangedFile, { contents, ...context }: ProofContext): Proof {
  const change = {
    file,
    before: workflowOf(file, sides.before) ?? sides.before,
    after: workflowOf(file, sides.after) ?? sides.after,
  };
  return proveFix({ ...change, load: (path) => contents.get(path), scripts: scriptsOf(change), ...context });
}

/** Called workflows and actions are taken as a whole then. */
export const noContext: ProofContext = { contents: new Map() };

/** A fix that makes a red run green is refused, whatever else it does, and one that makes a file which is rejected as a whole. */
export function weakening({ file }: Pick<FileChange, "file">, proof: Proof | undefined): Refusal[] {
  const hint = "please report it: a fix must not weaken a check";
  if (proof?.breaks === true) {
    const reason = proof.certificate.claims[0]?.reason ?? "";
    return [{ code: "CI_FIX_BREAKS", message: `this change is never made: ${reason}`, file, line: undefined, hint }];
  }
  if (proof?.judgement !== "weaker") return [];
  const message = "this change would let a run pass that fails today; it is never made";
  return [{ code: "CI_FIX_WEAKENS", message, file, line: undefined, hint }];
}
