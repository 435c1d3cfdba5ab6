import type { Codemod, Finding, Policy } from "@ci-fix/codemod";
import { exceptionRules } from "@ci-fix/register";
import { codemods } from "./codemods.ts";

/** Every class that a finding of CI can have. An exception can be written for each of them. */
export const ciClasses: readonly string[] = codemods.flatMap(classesOf);

/** Those and the classes of findings about exceptions: all that a policy can set. */
export const knownClasses: readonly string[] = [...ciClasses, ...classesOf(exceptionRules)];

export function classesOf({ meta }: Codemod): readonly string[] {
  return meta.classes.map(({ id }) => id);
}

/** Findings as the policy's `classes` has them: without those that are off, the others with the severity that it gives. */
export function asPolicySays<Found extends { readonly finding: Finding }>(
  findings: readonly Found[],
  { classes }: Pick<Policy, "classes">,
): readonly Found[] {
  if (classes === undefined || classes.size === 0) return findings;
  return findings.flatMap((found) => {
    const setting = classes.get(found.finding.class);
    if (setting === "off") return [];
    // The very same object stays where nothing differs: a register's match knows findings by it.
    return setting === undefined || setting === found.finding.severity
      ? found
      : { ...found, finding: { ...found.finding, severity: setting } };
  });
}
