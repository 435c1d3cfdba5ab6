import { kindOfStep } from "@ci-fix/judgement";
import { eachStep, trustOf } from "@ci-fix/workflow";
import type { Tree } from "../tree.ts";
import type { EvidenceGap } from "../types.ts";
import { count } from "../words.ts";

const ALWAYS: readonly EvidenceGap[] = [
  {
    what: "Which checks are required",
    why: "Branch protection and rulesets are settings of the repository, not files of it.",
    close: "List them in Settings → Rules, and name them to `ci-fix prove --required`.",
  },
  {
    what: "How often each workflow passes, and why it fails",
    why: "The history of runs is not in the files.",
    close: "Read the last hundred runs of each core workflow: `gh run list --workflow FILE --limit 100`.",
  },
];

/** What cannot be seen from the files, with how much of it there is here. */
export function gapsOf(tree: Tree): readonly EvidenceGap[] {
  const workflows = [...tree.workflows.values()];
  const steps = workflows.flatMap((workflow) => [...eachStep(workflow)]);
  const uses = workflows.flatMap((workflow) => trustOf(workflow).uses);
  const called = uses.filter(({ step, pin }) => step === undefined && pin !== "local").length;
  const foreign = new Set(uses.filter(({ step, pin }) => step !== undefined && pin !== "local").map(({ name }) => name))
    .size;
  const own = steps.filter((step) => step.script !== undefined && kindOfStep(step).kind === "unknown").length;
  const dynamic = workflows.flatMap(({ jobs }) => jobs).filter(({ matrix }) => matrix?.dynamic === true).length;
  const varying = workflows
    .flatMap(({ jobs }) => jobs.flatMap((job) => [job, ...job.steps]))
    .filter(({ condition }) => /\b(?:vars|inputs|secrets)\./u.test(condition.parsed.text)).length;
  const gaps: (EvidenceGap | undefined)[] = [
    ...ALWAYS,
    gap(foreign, {
      what: `What ${count(foreign, "action")} from elsewhere ${foreign === 1 ? "does" : "do"} inside`,
      why: "Their code is in other repositories, and a tag can be moved.",
      close: "Pin them to full commits and review what is pinned.",
    }),
    gap(called, {
      what: `What ${count(called, "job")} that ${called === 1 ? "calls" : "call"} a workflow of another repository ${called === 1 ? "hides" : "hide"}`,
      why: "Soft-fails inside a called workflow are not seen from the caller.",
      close: "Audit those repositories as well.",
    }),
    gap(own, {
      what: `What hides inside the scripts that ${count(own, "step")} ${own === 1 ? "runs" : "run"}`,
      why: "The scripts are programs of their own; whether they pass a failure on is not in the workflow.",
      close: "Look for ignored exit codes in the scripts that critical steps run.",
    }),
    gap(dynamic, {
      what: `Which legs ${count(dynamic, "matrix", "matrices")} ${dynamic === 1 ? "has" : "have"}`,
      why: "They are worked out while the run goes on; an empty list runs nothing.",
      close: "Look at the jobs of a real run.",
    }),
    gap(varying, {
      what: `Whether ${count(varying, "unit")} with a condition on inputs, variables or secrets ${varying === 1 ? "runs" : "run"}`,
      why: "Their values are set outside of the files.",
      close: "Look at the variables of the repository and at a real run.",
    }),
    gap(tree.errors.length, {
      what: `What ${count(tree.errors.length, "CI file")} that cannot be read ${tree.errors.length === 1 ? "says" : "say"}`,
      why: "No server would run them either.",
      close: "Mend or remove them; `ci-fix scan` names the line.",
    }),
  ];
  return gaps.filter((each) => each !== undefined);
}

function gap(number: number, facts: EvidenceGap): EvidenceGap | undefined {
  return number === 0 ? undefined : facts;
}
