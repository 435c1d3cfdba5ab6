import type { Step } from "@ci-fix/workflow";
import { judgedAction, scriptOfAction } from "./actions.ts";
import { judgedCommands } from "./commands.ts";
import type { Judged } from "./kind.ts";
import { kindOfName } from "./names.ts";
import { once } from "./once.ts";

/** What a whole step is worth, with the command or action that decided. `masked`: its own script hides the failure already. */
export interface StepKind extends Judged {
  readonly masked: boolean;
}

/** The kind of a step by what it runs; its name is not asked. */
export const kindOfStep: (step: Step) => StepKind = once((step) => {
  if (step.script !== undefined) return kindOfScript(step.script.text, step);
  if (step.action === undefined) return { kind: "chore", what: "nothing", seen: step.label, masked: false };
  const script = scriptOfAction(step.action.name, step.inputs);
  if (script !== undefined) return kindOfScript(script, step);
  return { ...judgedAction(step.action.name), masked: false };
});

function kindOfScript(script: string, step: Step): StepKind {
  const commands = judgedCommands(script);
  const open = commands.filter(({ masked }) => !masked);
  for (const kind of ["critical", "advisory", "delivery", "unknown", "best-effort"] as const) {
    const found = open.find((command) => command.kind === kind);
    if (found === undefined) continue;
    if (kind === "delivery") return deliveryIn(step, found);
    const hidden =
      kind === "critical" ? undefined : commands.find((command) => command.masked && command.kind === "critical");
    return hidden === undefined || kind === "unknown" ? found : hidden;
  }
  const masked = commands.find((command) => command.masked && command.kind === "critical");
  if (masked !== undefined) return masked;
  const prepares = open.findLast(({ kind }) => kind === "prepare");
  return prepares ?? open[0] ?? { kind: "chore", what: "nothing", seen: step.label, masked: false };
}

const deliveries = new Set([
  "a release",
  "a publication",
  "a deployment",
  "pushes an image",
  "copies files to a server",
]);

/** True for work that hands something out: releases, publications, deployments. */
export function delivers({ kind, what }: StepKind): boolean {
  return kind === "critical" && deliveries.has(what);
}

/** True for a script that compares or searches, and fails by that: `git diff --exit-code`, `grep -q`, `exit 1`. */
export function asserts({ script }: Step): boolean {
  return /\bexit [1-9]|\bgit diff\b|\b(?:diff|cmp|grep|test|compare)\s|\[\[?\s/u.test(script?.text ?? "");
}

const delivering = /(?:^|[^a-z])(?:re-?lease|publish|deploy|distribut|production|ship|promote|rollout|website)/iu;

/** A push or a copy is critical where the file, the job or the step says that it delivers; elsewhere it keeps images or files. */
function deliveryIn(step: Step, found: StepKind): StepKind {
  const { job } = step;
  const named = kindOfName(step.name);
  if (named?.kind === "best-effort") return { ...found, kind: "best-effort" };
  const file = job.workflow.file.path.split("/").at(-1);
  const place = [step.name, job.id, job.name, job.workflow.name, file].find(
    (name) => name !== undefined && delivering.test(name),
  );
  if (place === undefined) return { ...found, kind: "best-effort" };
  return { ...found, kind: "critical" };
}
