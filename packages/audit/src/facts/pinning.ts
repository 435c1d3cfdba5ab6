import { trustOf, type Workflow } from "@ci-fix/workflow";
import type { Pinning } from "../types.ts";

/** How the code from elsewhere is pinned that these workflows run. */
export function pinningOf(workflows: readonly Workflow[]): Pinning {
  const foreign = workflows.flatMap((workflow) => trustOf(workflow).uses).filter(({ pin }) => pin !== "local");
  const counted = (pin: string): number => foreign.filter((use) => use.pin === pin).length;
  return { uses: foreign.length, commit: counted("commit"), tag: counted("tag"), floating: counted("floating") };
}
