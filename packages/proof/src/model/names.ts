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
  const oldNames = stepNames(old.steps);
  const nowNames = namesOnBothSides(old, now.steps);
  return old.steps.flatMap((step, index) =>
    now.steps.filter((_step, at) => nowNames[at] === oldNames[index]).map((paired) => [step, paired] as const),
  );
}

/** What the steps of a job are called that was another one before: as then, where it has as many. */
export function namesOnBothSides(old: Job, steps: readonly Step[]): readonly string[] {
  return stepNames(old.steps.length === steps.length ? old.steps : steps);
}
