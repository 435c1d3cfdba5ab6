import type { Config } from "@ci-fix/register";
import type { FindingFacts, RegisterEntry } from "../types.ts";

interface Given {
  readonly findings: readonly FindingFacts[];
  readonly register: readonly RegisterEntry[];
  /** True where a milestone has a record, or gets one now. */
  readonly hasRecord: boolean;
  readonly hasRegister: boolean;
  readonly config: Config;
}

/** The five questions of the docs score: is what a reader needs written down? */
export function recordQuestions({
  findings,
  register,
  hasRecord,
  hasRegister,
  config,
}: Given): readonly (readonly [string, boolean])[] {
  return [
    ["a register", hasRegister],
    ["every open finding has an id", findings.every(({ state, id }) => state !== "open" || id !== null)],
    ["no acceptance has expired", register.every(({ status }) => status !== "expired")],
    ["a policy that names the milestone", config.milestone !== undefined],
    ["a record of a milestone", hasRecord],
  ];
}
