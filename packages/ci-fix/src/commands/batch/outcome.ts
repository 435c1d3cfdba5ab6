import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { events, type Ledger, type State, STATES, standings, summarise, type Summary } from "@ci-fix/batch";
import { count, visible, type Role } from "@ci-fix/report/text";
import { EXIT, type ExitCode } from "../../exit-code.ts";
import type { Invocation } from "../../invocation.ts";
import type { Campaign } from "./campaign.ts";

export function paintState(state: State): Role {
  if (state === "failed") return "failure";
  if (state === "blocked" || state === "superseded") return "warning";
  return state === "skipped" || state === "clean" || state === "closed" ? "muted" : "success";
}

/** How many of the not so good are named; `status` names all. */
const NAMED = 20;

/** Tells where the campaign stands, leaves the JSON lines and the page in its folder, and gives the exit code. */
export async function tellOutcome(
  invocation: Invocation,
  { ledger, folder, worker }: Campaign,
  whenFine: (summary: Summary) => ExitCode = () => EXIT.done,
): Promise<ExitCode> {
  const { terminal } = invocation;
  const summary = await summarise(ledger);
  const parts = STATES.flatMap((state) => {
    const found = summary.counts.get(state) ?? 0;
    return found === 0 ? [] : [terminal.style.paint(paintState(state), `${found} ${state}`)];
  });
  terminal.print(`${count(summary.total, "repository", "repositories")}: ${parts.join(", ")}\n`);
  if (summary.files > 0) {
    const { judged } = worker.judging.counts;
    terminal.note(
      `${count(summary.files, "file")}, ${summary.contents} different; ${judged} judged now, the others known`,
    );
  }
  if (summary.unread > 0)
    terminal.note(
      `${count(summary.unread, "CI file")} could not be looked at: ci-fix batch status --verbose names them`,
    );
  await nameTroubles(invocation, ledger);
  const written = await keepFiles(ledger, folder);
  terminal.note(`ledger: ${visible(written.lines)}\npage:   ${visible(written.page)}`);
  return exitCodeOf(summary) ?? whenFine(summary);
}

/** Partial failure is failure: what failed comes before what was refused. */
export function exitCodeOf({ counts }: Summary): ExitCode | undefined {
  if ((counts.get("failed") ?? 0) > 0) return EXIT.failed;
  return (counts.get("blocked") ?? 0) > 0 ? EXIT.refused : undefined;
}

async function nameTroubles({ terminal }: Invocation, ledger: Ledger): Promise<void> {
  let named = 0;
  for await (const { name, state, reason, detail } of standings(ledger, ["failed", "blocked", "superseded"])) {
    named += 1;
    if (named > NAMED) continue;
    terminal.note(`${state} ${visible(name)}: ${visible(reason)}: ${visible(detail)}`);
  }
  if (named > NAMED) terminal.note(`… and ${named - NAMED} more: ci-fix batch status --only failed,blocked,superseded`);
}

async function* jsonLines(ledger: Ledger): AsyncGenerator<string> {
  for await (const event of events(ledger)) yield `${JSON.stringify(event)}\n`;
}

async function keepFiles(ledger: Ledger, folder: string): Promise<{ readonly lines: string; readonly page: string }> {
  await mkdir(folder, { recursive: true });
  const paths = { lines: join(folder, "ledger.jsonl"), page: join(folder, "campaign.html") };
  // Written as it is read: it may have a line for each of fifty thousand repositories.
  await writeFile(paths.lines, jsonLines(ledger));
  const { renderCampaign } = await import("./page.ts");
  await writeFile(paths.page, await renderCampaign(ledger));
  return paths;
}
