import type { Step } from "@ci-fix/workflow";

const LONGEST = 60;

/**
 * What the steps of one list are called in a certificate: by their label, numbered where it is not the only one. A fix
 * changes no label, so that a step has the same name on both sides.
 */
export function stepNames(steps: readonly Step[]): readonly string[] {
  const seen = new Map<string, number>();
  return steps.map(({ label }) => {
    const short = label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label;
    const count = (seen.get(short) ?? 0) + 1;
    seen.set(short, count);
    return count === 1 ? short : `${short} (${count})`;
  });
}
