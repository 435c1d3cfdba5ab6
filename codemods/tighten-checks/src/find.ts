import { settleFindings, type Finding, type Outcome, type Policy } from "@ci-fix/codemod";
import {
  commentsAt,
  clipped,
  fileEdits,
  quoted,
  reasonIn,
  scriptFinding,
  standingOf,
  weighedCommands,
  type WeighedCommand,
} from "@ci-fix/judgement";
import { edited, shellScriptOf, type ShellScript } from "@ci-fix/shell-script";
import { eachStep, type Step, type Workflow } from "@ci-fix/workflow";
import { marks } from "./marks.ts";
import { noTestsPass } from "./no-tests.ts";
import type { Slack } from "./slack.ts";
import { softFlag } from "./soft-flag.ts";
import { writeMode } from "./write-mode.ts";

/** Checks that are told, or made, not to fail. */
export function find(workflow: Workflow, policy: Policy): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow, policy)]);
}

const rules: readonly ((step: Step, weighed: WeighedCommand) => Slack | undefined)[] = [
  noTestsPass,
  softFlag,
  writeMode,
];

function* judged(workflow: Workflow, policy: Policy): IterableIterator<Finding> {
  for (const step of eachStep(workflow)) {
    const script = marks.some((mark) => step.script?.text.includes(mark)) ? shellScriptOf(step) : undefined;
    if (script === undefined) continue;
    for (const weighed of weighedCommands(step)) {
      for (const rule of rules) {
        const slack = rule(step, weighed);
        const standing = slack === undefined ? undefined : standingOf(step, policy);
        if (slack === undefined || standing === undefined || standing.kind === "out") continue;
        yield scriptFinding(step, riskOf(step, script, weighed, slack), standing);
      }
    }
  }
}

function riskOf(step: Step, script: ShellScript, { command, judged: worth }: WeighedCommand, slack: Slack) {
  return {
    class: slack.class,
    severity: slack.severity ?? "medium",
    message: slack.message,
    why: slack.why,
    change: slack.change,
    at: command.span,
    evidence: [slack.evidence ?? `${quoted(command.words)} is ${worth.what}`],
    outcome: outcomeOf(step, script, command.span, slack),
  } as const;
}

function outcomeOf(step: Step, script: ShellScript, span: { start: number; end: number }, slack: Slack): Outcome {
  const reason = commentsAt(script.text, span).map(reasonIn).find(Boolean);
  if (reason !== undefined)
    return { kind: "skip", reason: "documented", message: `a comment on it gives a reason: "${clipped(reason, 80)}"` };
  if (slack.skip !== undefined) return { kind: "skip", ...slack.skip };
  if (edited(script, slack.edits) === undefined)
    return { kind: "skip", reason: "not-representable", message: "the script would not parse any more" };
  return {
    kind: "fix",
    title: slack.title,
    safety: slack.safety ?? "review",
    effect: "reveals-failure",
    edits: fileEdits(step, slack.edits),
  };
}
