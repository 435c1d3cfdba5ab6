import type { Reach } from "@ci-fix/batch";
import { count } from "@ci-fix/report/text";
import type { CampaignOptions, ReachOptions } from "../../batch-command.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import type { Invocation } from "../../invocation.ts";
import { UsageError } from "../../problems.ts";
import { type Campaign, inCampaign } from "./campaign.ts";
import { tellOutcome } from "./outcome.ts";

/** How far it goes; undefined where nothing was said. */
export function readReach({ commit, push, pr }: ReachOptions): Reach | undefined {
  if (pr === true) return "pr-open";
  if (push === true) return "pushed";
  return commit === true ? "committed" : undefined;
}

/** Lands what is planned. */
export async function applyBatch(invocation: Invocation, options: CampaignOptions & ReachOptions): Promise<ExitCode> {
  const reach = readReach(options);
  if (reach === undefined)
    throw new UsageError(
      "apply needs to know how far to go",
      "--commit makes branches in local clones, --push pushes them, --pr opens pull requests",
    );
  return inCampaign(invocation, options, async (campaign) => {
    if (reach === "pr-open") await tellExpectedEnd(invocation, campaign);
    const taken = await campaign.batch.apply(reach);
    if (taken === 0) invocation.terminal.note("nothing was planned: ci-fix batch plan comes first");
    return tellOutcome(invocation, campaign);
  });
}

/** Hosts limit how fast pull requests are opened: a person should know beforehand when the last one is. */
async function tellExpectedEnd({ terminal }: Invocation, { ledger, findForge }: Campaign): Promise<void> {
  const hosts = new Map<string, number>();
  for await (const { host } of ledger.entries(["planned", "committed", "pushed"]))
    hosts.set(host, (hosts.get(host) ?? 0) + 1);
  for (const [host, openings] of hosts) {
    const milliseconds = findForge(host)?.expectedDuration(openings);
    if (milliseconds === undefined) continue;
    const end = new Date(Date.now() + milliseconds).toISOString().replace(/\.\d+Z$/u, "Z");
    terminal.note(`${count(openings, "pull request")} on ${host}: the last one is open at about ${end}`);
  }
}

/** Tries again what failed. */
export async function retryBatch(
  invocation: Invocation,
  options: CampaignOptions & { readonly blocked?: true },
): Promise<ExitCode> {
  return inCampaign(invocation, options, async (campaign) => {
    const taken = await campaign.batch.retry({ blocked: options.blocked === true });
    invocation.terminal.note(
      taken === 0 ? "nothing had failed" : `${count(taken, "repository", "repositories")} tried again`,
    );
    return taken === 0 ? EXIT.done : tellOutcome(invocation, campaign);
  });
}
