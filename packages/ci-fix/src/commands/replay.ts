import { type Style, visible } from "@ci-fix/report/text";
import { landedFix, type Replay, replayChange, type RiskPlan, type Survey, type Unplayed } from "@ci-fix/runner";

/** What a real shell made of the scripts that a risk changes. */
export interface Replayed {
  readonly replays: readonly Replay[];
  readonly unplayed: readonly Unplayed[];
}

/** Replays the fix to come, or the one that landed. */
export async function replayed({ repository, register, policy }: Survey, plan: RiskPlan): Promise<Replayed> {
  const risk = register?.register.risks.find(({ id }) => id === plan.id);
  const landed =
    plan.done && repository !== undefined ? await landedFix(repository, plan.id ?? "", risk, policy) : undefined;
  const played = await Promise.all((landed?.changes ?? plan.changes).map((change) => replayChange(change)));
  return { replays: played.flatMap((each) => each.replays), unplayed: played.flatMap((each) => each.unplayed) };
}

/** The replay as lines. In Markdown it reads as well. */
export function replayText({ replays, unplayed }: Replayed, style: Style): string {
  if (replays.length + unplayed.length === 0) return "replay: no script is changed\n";
  const lines = replays.flatMap((replay) => [
    `${style.paint("strong", "replay:")} ${visible(`${replay.unit} of ${replay.file}`)}`,
    `  when \`${visible(replay.command)}\` fails: ${ended(replay.before.failing)} before, ${ended(replay.after.failing)} after`,
    `  when all is well: ${ended(replay.before.well)} before, ${ended(replay.after.well)} after`,
    replay.confirmed
      ? `  ${style.paint("success", "confirmed")}: the failure is hidden before and shows after`
      : `  ${style.paint("medium", "not confirmed")}: a real shell ends otherwise; look at the script before you land it`,
  ]);
  const left = unplayed.map(
    ({ unit, file, reason }) => `replay: ${visible(`${unit} of ${file}`)} is not run: ${visible(reason)}`,
  );
  return `${[...lines, ...left].join("\n")}\n`;
}

function ended(status: number | null): string {
  return status === null ? "stopped by a limit" : `exit ${status}`;
}
