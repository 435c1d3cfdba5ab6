import { openRepository } from "@ci-fix/git";
import { renderDiff, visible } from "@ci-fix/report";
import { commitRollback, loadConfig, loadRegister, planRollback, type RollbackPlan } from "@ci-fix/runner";
import { readDate, today } from "../dates.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { readList } from "../lists.ts";
import { UsageError } from "../problems.ts";
import { commitOptions, printCommits } from "./commit.ts";
import { reportRefusals } from "./refusals.ts";

export interface RollbackCommandOptions {
  readonly commit?: boolean;
  readonly date?: string;
  readonly runHooks?: boolean;
  readonly sign?: boolean;
}

/** Takes fixes back: shows the diff, or makes one commit for each. */
export async function rollBack(
  invocation: Invocation,
  words: readonly string[],
  options: RollbackCommandOptions,
): Promise<ExitCode> {
  const { terminal } = invocation;
  const ids = readList(words);
  if (ids.length === 0) throw new UsageError("rollback needs an id", "ci-fix rollback M03-R04");
  const date = options.date === undefined ? undefined : readDate(options.date);
  const repository = await openRepository(invocation.directory);
  const { config } = await loadConfig(repository.root);
  const policy = {
    milestone: config.milestone ?? "",
    date: date?.day ?? today(),
    critical: config.critical,
    bestEffort: config.bestEffort,
  };
  const register = (await loadRegister(repository.root))?.register;
  const plans = await planRollback(repository, ids, { policy, register });
  for (const plan of plans)
    if (plan.already) terminal.note(`${plan.ids.join(", ")} is not in effect: nothing to take back`);
  const refused = reportRefusals(invocation, plans);
  const effective = plans.filter((plan) => plan.changes.length > 0);
  if (effective.length === 0) {
    if (!refused) terminal.print(`${terminal.style.paint("success", "nothing to do")}\n`);
  } else if (options.commit === true) {
    printCommits(invocation, await commitRollback(repository, effective, commitOptions(options, date?.commitDate)));
  } else {
    preview(invocation, effective);
  }
  return refused ? EXIT.refused : EXIT.done;
}

function preview({ terminal, folder }: Invocation, plans: readonly RollbackPlan[]): void {
  for (const plan of plans) {
    const head = `take back ${plan.ids.join(", ")}: ${plan.subject.replace(/^ci\([^)]*\): /, "")}`;
    const diffs = plan.changes.map((change) => renderDiff(change, terminal.style));
    terminal.print(`${terminal.style.paint("strong", visible(head))}\n\n${diffs.join("\n")}\n`);
  }
  const ids = plans.flatMap((plan) => plan.ids).join(",");
  const command = `ci-fix ${folder === undefined ? "" : `-C ${visible(folder)} `}rollback ${visible(ids)} --commit`;
  terminal.print(`land it: ${terminal.style.paint("command", command)}\n`);
}
