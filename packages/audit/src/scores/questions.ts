import type { Config } from "@ci-fix/register";
import type { FindingFacts, MilestoneRecord, RegisterEntry } from "../types.ts";

interface Given {
  readonly findings: readonly FindingFacts[];
  readonly register: readonly RegisterEntry[];
  readonly records: readonly MilestoneRecord[];
  readonly hasRegister: boolean;
  readonly config: Config;
}

/** The five questions of the docs score: is what a reader needs written down? */
export function recordQuestions({
  findings,
  register,
  records,
  hasRegister,
  config,
}: Given): readonly (readonly [string, boolean])[] {
  return [
    ["a register", hasRegister],
    ["every open finding has an id", findings.every(({ state, id }) => state !== "open" || id !== null)],
    ["no acceptance has expired", register.every(({ status }) => status !== "expired")],
    ["a policy that names the milestone", config.milestone !== undefined],
    ["a record of a milestone", records.length > 0],
  ];
}
