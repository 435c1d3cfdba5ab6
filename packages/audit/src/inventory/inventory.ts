import { findingFacts } from "../facts/finding.ts";
import type { Tree } from "../tree.ts";
import type { FindingFacts, Inventory, SignalStrength, WorkflowFacts } from "../types.ts";
import { groupBy } from "../words.ts";
import { workflowFacts, type Judged } from "./workflow-facts.ts";

const TIERS: readonly WorkflowFacts["tier"][] = ["core", "delivery", "periodic", "shared", "housekeeping"];

/** Every finding of a tree with its facts, in file order. */
export function judgedFindings(tree: Tree, date: string): readonly Judged[] {
  return tree.findings.map((located): [typeof located, FindingFacts] => [
    located,
    findingFacts(located, tree.match, date),
  ]);
}

export function inventoryOf(tree: Tree, found: readonly Judged[]): Inventory {
  const byFile = groupBy(found, ([{ file }]) => file);
  const all = [...tree.workflows.values()];
  const list = all
    .map((workflow) => workflowFacts(workflow, byFile.get(workflow.file.path) ?? []))
    .sort((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || (a.file < b.file ? -1 : 1));
  const started = (event: string): number =>
    all.filter(({ triggers }) => triggers.some((trigger) => trigger.event === event)).length;
  const workflows = list.filter(({ kind }) => kind === "workflow");
  const withStrength = (strength: SignalStrength): number =>
    workflows.filter((each) => each.strength === strength).length;
  return {
    files: tree.contents.size,
    workflows: workflows.length,
    actions: list.length - workflows.length,
    others: tree.contents.size - list.length,
    reusable: started("workflow_call"),
    generated: list.filter(({ generated }) => generated !== null).length,
    scheduled: started("schedule"),
    dispatchable: started("workflow_dispatch"),
    jobs: workflows.reduce((sum, { jobs }) => sum + jobs, 0),
    steps: list.reduce((sum, { steps }) => sum + steps, 0),
    strengths: {
      strong: withStrength("strong"),
      weak: withStrength("weak"),
      cosmetic: withStrength("cosmetic"),
      disabled: withStrength("disabled"),
    },
    list,
  };
}
