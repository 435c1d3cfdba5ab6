import type { Policy } from "@ci-fix/codemod";
import type { LogEntry, Repository } from "@ci-fix/git";
import type { Proof } from "@ci-fix/proof";
import type { Risk } from "@ci-fix/register";
import { type ProofContext, proveChange } from "../prove.ts";
import type { FileChange } from "../types.ts";
import { reproduceFix } from "./reproduce.ts";
import { findLanding } from "./search.ts";

/** A fix that stands in the history: the commit that brought it, and each file before it and with nothing but this fix applied. */
export interface LandedFix {
  readonly commit: LogEntry;
  readonly changes: readonly Pick<FileChange, "file" | "before" | "after">[];
}

/** What a risk's fix changed when it landed. Undefined if none is in effect; no changes where the history does not show them. */
export async function landedFix(
  repository: Repository,
  id: string,
  risk: Risk | undefined,
  policy: Policy,
): Promise<LandedFix | undefined> {
  const search = await findLanding(repository, id, risk, policy);
  if (search.kind !== "landed") return undefined;
  const fixes = (await reproduceFix(repository, search.found, risk, policy)) ?? [];
  return {
    commit: search.found.commit,
    changes: fixes.map(({ file, before, fixed }) => ({
      file,
      before: Buffer.from(before, "utf8"),
      after: Buffer.from(fixed, "utf8"),
    })),
  };
}

/** What is shown of a fix that landed: from the commit before it, with nothing but this fix applied. Empty if none is in effect. */
export async function proveLanded(
  repository: Repository,
  id: string,
  risk: Risk | undefined,
  { policy, ...context }: ProofContext & { readonly policy: Policy },
): Promise<Proof[]> {
  const fix = await landedFix(repository, id, risk, policy);
  return (fix?.changes ?? []).map((change) => proveChange(change, context));
}
