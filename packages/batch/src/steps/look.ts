import type { Context } from "../context.ts";
import type { Change, Entry } from "../types.ts";
import { planOf, repositoryName } from "./pull-request.ts";

/** What became of a pull request: merged, closed (which is a no to its plan), or still open. */
export async function lookStep(context: Context, entry: Entry): Promise<Change> {
  const forge = entry.host === "" ? undefined : context.findForge(entry.host);
  if (forge === undefined || entry.pull === null) return { state: entry.state };
  const pulls = await forge.findPullRequests(repositoryName(entry), context.ledger.settings.branch);
  const pull = pulls.find(({ number }) => number === entry.pull);
  if (pull?.state === "merged") return { state: "merged" };
  if (pull?.state !== "closed") return { state: entry.state };
  const plan = planOf(pull) ?? entry.plan;
  const detail = `somebody closed ${pull.url}`;
  return {
    state: "closed",
    reason: "declined",
    detail,
    declined: [...entry.declined, ...(plan === null ? [] : [plan])],
  };
}
