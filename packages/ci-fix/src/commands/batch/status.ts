import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { events, type Ledger, type State, standings, summarise } from "@ci-fix/batch";
import { count, visible, visibleJson } from "@ci-fix/report";
import type { BatchStatusOptions } from "../../batch-command.ts";
import type { ExitCode } from "../../exit-code.ts";
import { EXIT } from "../../exit-code.ts";
import type { Invocation } from "../../invocation.ts";
import { inCampaign } from "./campaign.ts";
import { exitCodeOf, paintState } from "./outcome.ts";

/** Shows where the campaign stands. The exit code tells failures, as that of the commands that met them. */
export async function showStatus(invocation: Invocation, options: BatchStatusOptions): Promise<ExitCode> {
  return inCampaign(invocation, options, async ({ ledger, batch }) => {
    if (options.refresh === true) await batch.refresh();
    const only = options.only as readonly State[] | undefined;
    if (options.format === "jsonl") await printEvents(invocation, ledger);
    else if (options.format === "json") await printJson(invocation, ledger, only);
    else await printList(invocation, ledger, only);
    if (options.html !== undefined) {
      const { renderCampaign } = await import("./page.ts");
      await writeFile(resolve(invocation.directory, options.html), await renderCampaign(ledger));
    }
    return exitCodeOf(await summarise(ledger)) ?? EXIT.done;
  });
}

async function printEvents({ terminal }: Invocation, ledger: Ledger): Promise<void> {
  for await (const event of events(ledger)) terminal.print(`${visibleJson(JSON.stringify(event))}\n`);
}

async function printJson({ terminal }: Invocation, ledger: Ledger, only: readonly State[] | undefined): Promise<void> {
  const { counts, total, open, files, contents } = await summarise(ledger);
  const repositories = [];
  for await (const standing of standings(ledger, only)) repositories.push(standing);
  const json = {
    version: 1,
    campaign: ledger.campaign,
    total,
    open,
    files,
    contents,
    counts: Object.fromEntries(counts),
    repositories,
  };
  terminal.print(`${visibleJson(JSON.stringify(json, null, 2))}\n`);
}

async function printList(
  { terminal, verbose }: Invocation,
  ledger: Ledger,
  only: readonly State[] | undefined,
): Promise<void> {
  const { style } = terminal;
  let shown = 0;
  for await (const { name, state, reason, detail, tip, pullUrl, nextAt, errors } of standings(ledger, only)) {
    shown += 1;
    const why = [reason, detail, pullUrl ?? "", nextAt === null ? "" : `again at ${new Date(nextAt).toISOString()}`];
    const words = why
      .filter((word) => word !== "")
      .map(visible)
      .join(": ");
    const at = tip === null ? "" : ` ${tip.slice(0, 10)}`;
    terminal.print(
      `${style.paint(paintState(state), state.padEnd(10))} ${visible(name)}${style.paint("muted", at)}${words === "" ? "" : ` ${words}`}\n`,
    );
    for (const { file, message } of verbose ? errors : [])
      terminal.print(`           ${visible(file)}: ${visible(message)}\n`);
  }
  const { open } = await summarise(ledger);
  terminal.note(`${count(shown, "repository", "repositories")}${open === 0 ? "" : `; ${open} still in the queue`}`);
}
