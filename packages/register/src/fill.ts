import type { TargetMatch } from "./assign.ts";
import type { Round } from "./edit-rounds.ts";
import { targetPath, writeKey } from "./entry-edits.ts";
import { isWholeFile } from "./match-target.ts";
import { targetOf } from "./new-risks.ts";
import { isActionable } from "./order.ts";
import type { Register, RiskTarget } from "./types.ts";

type TargetKey = keyof RiskTarget;

/** A target, and what its entry shall say. */
interface Filling {
  readonly risk: number;
  readonly target: number;
  readonly values: Partial<Record<TargetKey, string>>;
}

const PLACE: readonly TargetKey[] = ["file", "job", "step"];
const ORDER: readonly (readonly [key: TargetKey, behind: readonly TargetKey[]])[] = [
  ["file", []],
  ["step", ["file", "job"]],
  ["class", PLACE],
  ["action", [...PLACE, "class"]],
  ["fingerprint", [...PLACE, "class", "action"]],
];

/** What the register does not say yet of targets that name one finding. */
export function fillings(register: Register, matches: readonly TargetMatch[]): readonly Filling[] {
  return matches.flatMap((match) => {
    const values = missing(match);
    if (Object.keys(values).length === 0) return [];
    return [{ risk: register.risks.indexOf(match.risk), target: match.index, values }];
  });
}

/** One round for each key that is written at all, so that each finds its place behind the one before. */
export function fillRounds(filled: readonly Filling[]): readonly Round[] {
  return ORDER.filter(([key]) => filled.some(({ values }) => values[key] !== undefined)).map(
    ([key, behind]): Round =>
      (file) =>
        filled.flatMap(({ risk, target, values }) => {
          const value = values[key];
          return value === undefined ? [] : writeKey(file, targetPath(file, risk, target), key, value, behind);
        }),
  );
}

/** A target that names several findings goes on naming them all, and one for a whole file stays one. */
function missing({ risk, target, findings, by }: TargetMatch): Partial<Record<TargetKey, string>> {
  const [located, ...others] = findings;
  if (located === undefined || others.length > 0 || isWholeFile(target)) return {};
  // Of what is kept only exceptions are tracked: a fingerprint on an open risk says that it was a finding once.
  if (!isActionable(located) && risk.status !== "accepted" && risk.status !== "deferred") return {};
  const now = targetOf(located);
  const values: Partial<Record<TargetKey, string>> = {};
  if (target.file !== now.file) values.file = now.file;
  if (by === "rename" && now.step !== undefined) values.step = now.step;
  if (target.class === undefined && now.class !== undefined) values.class = now.class;
  if (target.action === undefined && now.action !== undefined) values.action = now.action;
  if (target.fingerprint !== now.fingerprint && now.fingerprint !== undefined) values.fingerprint = now.fingerprint;
  return values;
}
