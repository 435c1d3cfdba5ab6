import type { Policy } from "@ci-fix/codemod";
import type { Repository } from "@ci-fix/git";
import type { Proof } from "@ci-fix/proof";
import type { Risk } from "@ci-fix/register";
import { type ProofContext, proveChange } from "../prove.ts";
import { reproduceFix } from "./reproduce.ts";
import { findLanding } from "./search.ts";

/** What is shown of a fix that landed: from the commit before it, with nothing but this fix applied. Empty if none is in effect. */
export async function proveLanded(
  repository: Repository,
  id: string,
  risk: Risk | undefined,
  { policy, ...context }: ProofContext & { readonly policy: Policy },
): Promise<Proof[]> {
  const search = await findLanding(repository, id, risk, policy);
  if (search.kind !== "landed") return [];
  const fixes = (await reproduceFix(repository, search.found, risk, policy)) ?? [];
  return fixes.map(({ file, before, fixed }) =>
    proveChange({ file, before: Buffer.from(before, "utf8"), after: Buffer.from(fixed, "utf8") }, context),
  );
}
