import { type Proof, proveFix } from "@ci-fix/proof";
import type { FileChange, Refusal } from "./types.ts";

/** The bytes of the repository's CI files by path: what a proof may look into besides the changed file. */
export type Contents = ReadonlyMap<string, Uint8Array>;

/** What is shown of a change: in which cases of a run something differs, and that none of them is weaker. */
export function proveChange(change: Pick<FileChange, "file" | "before" | "after">, contents: Contents): Proof {
  const { file, before, after } = change;
  return proveFix({ file, before, after, load: (path) => contents.get(path) });
}

/** A fix that makes a red run green is refused, whatever else it does. */
export function weakening(change: Pick<FileChange, "file">, proof: Proof | undefined): Refusal[] {
  if (proof?.judgement !== "weaker") return [];
  return [
    {
      code: "CI_FIX_WEAKENS",
      message: `this change would let a run pass that fails today; it is never made`,
      file: change.file,
      line: undefined,
      hint: "please report it: a fix must not weaken a check",
    },
  ];
}
