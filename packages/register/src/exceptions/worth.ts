import type { Finding, Outcome } from "@ci-fix/codemod";
import type { Exception } from "./types.ts";

/** True from the day after the last one that it holds. */
export function isPast({ expires }: { readonly expires: string | undefined }, date: string): boolean {
  return expires !== undefined && expires < date;
}

/** What is said of a finding that an exception keeps. */
export function keptBy(exception: Omit<Exception, "class">, source?: string): Outcome {
  const terms = [
    exception.owner === undefined ? "no owner" : `owner ${exception.owner}`,
    exception.expires === undefined ? "no expiry" : `until ${exception.expires}`,
    ...(source === undefined ? [] : [source]),
  ];
  return { kind: "skip", reason: "excepted", message: `excepted: ${exception.reason} (${terms.join(", ")})` };
}

/** A written reason that is not an exception gives way to one that is; other reasons to keep a finding are facts. */
export function canBeExcepted({ outcome }: Finding): boolean {
  return outcome.kind !== "skip" || outcome.reason === "documented";
}
