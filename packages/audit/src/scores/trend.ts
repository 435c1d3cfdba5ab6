import { recordedRows, recordsUntil } from "../records/carried.ts";
import type { MilestoneRecord, ScoreRow, ScoreTerm, ScoreTrend } from "../types.ts";
import { capital } from "../words.ts";
import { scoresOf } from "./rubric.ts";

/** What the scores were called in every audit so far. */
export const SCORE_WORDS: Readonly<Record<ScoreTerm["name"] | "overall", string>> = {
  invariants: "Invariants",
  compat: "Compat",
  arch: "Arch",
  ci: "CI",
  sec: "Sec",
  tests: "Tests",
  dx: "DX",
  docs: "Docs",
  overall: "Overall",
};

interface Given {
  readonly milestone: string;
  readonly title: string | null;
  readonly records: readonly MilestoneRecord[];
  readonly now: readonly ScoreTerm[];
  /** The terms of the base; undefined for a full audit. */
  readonly base: { readonly terms: readonly ScoreTerm[]; readonly name: string } | undefined;
}

/** Rows of the records before this milestone, the base where there is one, and the audited tree. */
export function trendOf({ milestone, title, records, now, base }: Given): ScoreTrend {
  const earlier = recordedRows(recordsUntil(records, milestone).filter((record) => record.milestone !== milestone));
  const from: ScoreRow[] =
    base === undefined ? [] : [{ milestone: base.name, title: "before", scores: scoresOf(base.terms), from: "base" }];
  const last: ScoreRow = { milestone, title, scores: scoresOf(now), from: "now" };
  const before = base?.terms ?? [];
  return {
    rows: [...earlier, ...from, last],
    working: now,
    movement: now.flatMap((term) =>
      movementOf(
        term,
        before.find(({ name }) => name === term.name),
      ),
    ),
  };
}

function movementOf(now: ScoreTerm, before: ScoreTerm | undefined): readonly string[] {
  if (before === undefined || now.value === null || before.value === null || now.value === before.value) return [];
  const step = Math.round((now.value - before.value) * 10) / 10;
  const sign = step > 0 ? "+" : "−";
  return [
    `${capital(SCORE_WORDS[now.name])}: ${before.value.toFixed(1)} → ${now.value.toFixed(1)} (${sign}${Math.abs(step).toFixed(1)}): ${before.numbers} before, ${now.numbers} now (${now.what}).`,
  ];
}
