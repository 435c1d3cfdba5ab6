import { settleFindings, type Finding, type Outcome } from "@ci-fix/codemod";
import type { Job, Trigger, Workflow, YamlItem } from "@ci-fix/workflow";

const filter = "branches";
const watched = new Set(["push", "pull_request", "pull_request_target"]);

/** Triggers that wait for branches which the repository does not have. Without all of its branches nothing is said. */
export function findDeadTriggers(workflow: Workflow): Iterable<Finding> {
  const { branches } = workflow.repository;
  const [job] = workflow.jobs;
  if (branches === undefined || job === undefined) return [];
  const found = workflow.triggers.flatMap((trigger) => {
    const items = itemsOf(workflow, trigger);
    const names = items.map(nameOf);
    const isDead =
      names.length > 0 && names.every((name) => name !== undefined && isPlain(name) && !branches.names.has(name));
    return isDead ? [findingFor(workflow, job, trigger, names as readonly string[])] : [];
  });
  return settleFindings(workflow.file.yaml, found);
}

/** The filter of a trigger that nothing but this filter lets through. */
function itemsOf({ file }: Workflow, { event, filters, path }: Trigger): readonly YamlItem[] {
  if (!watched.has(event) || filters.includes("tags") || filters.includes("tags-ignore")) return [];
  const list = file.yaml.node([...path, filter]);
  return list?.kind === "sequence" ? list.items : [];
}

function nameOf({ value }: YamlItem): string | undefined {
  return value?.kind === "scalar" ? value.text : undefined;
}

/** A pattern may be for branches to come. */
function isPlain(name: string): boolean {
  return /^[\w./-]+$/u.test(name);
}

function findingFor(workflow: Workflow, job: Job, trigger: Trigger, names: readonly string[]): Finding {
  const { yaml } = workflow.file;
  const outcome = outcomeFor(workflow, trigger, names.length);
  const wanted = names.map((name) => `\`${name}\``).join(", ");
  const others = workflow.triggers.filter((one) => one !== trigger).map(({ event }) => event);
  return {
    class: "dead-trigger",
    severity: "high",
    message: `the workflow never runs on ${trigger.event}: no branch is called ${names.join(" or ")}`,
    why: "A workflow that does not start reports nothing, and nothing that it checks is missed.",
    change: outcome.kind === "skip" ? "" : `The workflow starts on ${trigger.event} for the main branch.`,
    at: { path: trigger.path, span: yaml.at(trigger.path)?.span ?? { start: 0, end: 1 } },
    unit: job,
    evidence: [
      `it waits for ${wanted}; the repository has ${workflow.repository.branches?.names.size ?? 0} branches, and none of that name`,
      ...(others.length === 0 ? ["it starts in no other way"] : [`it also starts on ${others.slice(0, 3).join(", ")}`]),
    ],
    outcome,
  };
}

function outcomeFor(workflow: Workflow, trigger: Trigger, count: number): Outcome {
  if (workflow.generated !== undefined)
    return {
      kind: "skip",
      reason: "generated",
      message: `the file is generated (${workflow.generated}): change it there`,
    };
  const main = workflow.repository.branches?.main;
  const title = `let the workflow start on ${trigger.event} for ${main ?? "a branch that exists"}`;
  if (main === undefined) return { kind: "fix", title, safety: "report", effect: "needs-decision", edits: [] };
  const edit = { kind: "insert-item", path: [...trigger.path, filter], index: count, value: main } as const;
  return { kind: "fix", title, safety: "review", effect: "restores-check", edits: [edit] };
}
