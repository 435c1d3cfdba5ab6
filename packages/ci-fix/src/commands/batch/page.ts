import { type Ledger, previewCampaign, standings, summarise } from "@ci-fix/batch";
import { renderCampaignPage } from "@ci-fix/report";

/** Diffs and repositories on one page: more would not be read, and would not be shown well either. */
const MOST_ROWS = 5000;

/** The page of a campaign, complete in one file. */
export async function renderCampaign(ledger: Ledger): Promise<string> {
  const summary = await summarise(ledger);
  const rows = [];
  for await (const standing of standings(ledger, undefined)) {
    rows.push(standing);
    if (rows.length >= MOST_ROWS) break;
  }
  return renderCampaignPage({
    name: ledger.campaign,
    milestone: ledger.settings.milestone,
    date: ledger.settings.date,
    branch: ledger.settings.branch,
    counts: [...summary.counts],
    total: summary.total,
    files: summary.files,
    contents: summary.contents,
    risks: await previewCampaign(ledger),
    repositories: rows,
  });
}
