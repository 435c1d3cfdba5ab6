import type { Job, Step } from "@ci-fix/workflow";

const LONGEST = 60;

/** What the steps of one list are called in a certificate: by their label, numbered where it is not the only one. */
export function stepNames(steps: readonly Step[]): readonly string[] {
  const seen = new Map<string, number>();
  return steps.map(({ label }) => {
    const short = label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label;
    const count = (seen.get(short) ?? 0) + 1;
    seen.set(short, count);
    return count === 1 ? short : `${short} (${count})`;
  });
}

/**
 * Steps that are on both sides of a fix. A job that keeps the number of its steps keeps their order, whatever they are called:
 * a script is the label of a step without a name. In any other they are known by their label.
 */
export function pairsOf(old: Job, now: Job): readonly (readonly [Step, Step])[] {
  const byPosition = old.steps.length === now.steps.length;
  const [oldNames, nowNames] = [stepNames(old.steps), stepNames(now.steps)];
  return old.steps.flatMap((step, index): [Step, Step][] => {
    const paired = now.steps[byPosition ? index : nowNames.indexOf(oldNames[index] ?? "")];
    return paired === undefined ? [] : [[step, paired]];
  });
}

/** What the steps of a job are called on both sides: as they were before, where they are paired by position. */
export function namesOnBothSides(sides: readonly Job[], steps: readonly Step[]): readonly string[] {
  const [old] = sides;
  return old !== undefined && old.steps.length === steps.length ? stepNames(old.steps) : stepNames(steps);
}
