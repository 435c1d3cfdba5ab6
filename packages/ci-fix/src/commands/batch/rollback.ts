import { landedWith, readFleetRisks } from "@ci-fix/batch";
import { count, visible } from "@ci-fix/report/text";
import type { CampaignOptions, ReachOptions } from "../../batch-command.ts";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import type { Invocation } from "../../invocation.ts";
import { readList } from "../../lists.ts";
import { UsageError } from "../../problems.ts";
import { readReach } from "./apply.ts";
import { inCampaign } from "./campaign.ts";
import { tellOutcome } from "./outcome.ts";

/** Takes risks back everywhere, or tells where that would be. */
export async function rollBackBatch(
  invocation: Invocation,
  words: readonly string[],
  options: CampaignOptions & ReachOptions,
): Promise<ExitCode> {
  const { terminal } = invocation;
  const ids = readList(words);
  if (ids.length === 0) throw new UsageError("rollback needs an id", "ci-fix batch rollback M03-R04");
  const reach = readReach(options);
  return inCampaign(invocation, options, async (campaign) => {
    const risks = await readFleetRisks(campaign.ledger);
    const unknown = ids.find((id) => !risks.some((risk) => risk.id === id));
    if (unknown !== undefined)
      throw new UsageError(`the campaign has no risk ${unknown}`, "ci-fix batch preview shows its risks");
    const landed = await landedWith(campaign.ledger, ids);
    if (landed.length === 0) {
      terminal.print(`${terminal.style.paint("success", "nothing to do")}\n`);
      return EXIT.done;
    }
    if (reach === undefined) {
      terminal.print(`${ids.join(", ")} landed in ${count(landed.length, "repository", "repositories")}\n`);
      for (const { name } of landed) terminal.print(`  ${visible(name)}\n`);
      terminal.print(
        `take it back: ${terminal.style.paint("command", `ci-fix batch rollback ${ids.join(",")} --push`)}\n`,
      );
      return EXIT.done;
    }
    await campaign.batch.takeBack(ids, reach);
    return tellOutcome(invocation, campaign);
  });
}
