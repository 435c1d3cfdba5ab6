import type { DeferredEntry, RegisterEntry } from "../types.ts";

/** Risks that the register puts off. The milestone of their id is the one in which they were found. */
export function deferredRisks(register: readonly RegisterEntry[], milestone: string): readonly DeferredEntry[] {
  return register
    .filter(({ status }) => status === "deferred")
    .map(({ id, title, followUp }) => ({
      id,
      issue: title,
      discovered: id.split("-R", 1)[0] ?? milestone,
      deferredTo: "when its exit criteria are met",
      reason: "put off in the register",
      blocker: false,
      exitCriteria: followUp.replace(/^until: /u, ""),
      status: "open",
      isNew: false,
      fingerprint: null,
    }));
}
