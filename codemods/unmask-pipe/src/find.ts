import { settleFindings, type Finding, type Outcome, type Policy } from "@ci-fix/codemod";
import {
  clipped,
  commentsAt,
  quoted,
  reasonIn,
  scriptFinding,
  type ScriptRisk,
  standingOf,
  type WeighedCommand,
  weighedCommands,
} from "@ci-fix/judgement";
import { type Mask, masksOf, shellScriptOf, type ShellScript } from "@ci-fix/shell-script";
import { eachStep, type Step, type Workflow } from "@ci-fix/workflow";
import { disturbedPipe, copiesOnly, readsLog, stopsReading } from "./pipes.ts";
import { planPipefail } from "./plan.ts";

/** Critical commands on the left of a pipe whose status the shell does not look at. */
export function findMaskingPipes(workflow: Workflow, policy: Policy): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow, policy)]);
}

function* judged(workflow: Workflow, policy: Policy): IterableIterator<Finding> {
  for (const step of eachStep(workflow)) {
    if (step.script?.text.includes("|") !== true) continue;
    const script = shellScriptOf(step);
    const [first, ...others] = script === undefined ? [] : lostInPipes(step, script);
    if (script === undefined || first === undefined) continue;
    const standing = standingOf(step, policy);
    if (standing.kind !== "out") yield scriptFinding(step, riskOf(step, script, first, others), standing);
  }
}

/** A critical command with the pipe that hides its failure. */
interface Lost extends Pick<WeighedCommand, "command" | "judged"> {
  readonly pipe: Extract<Mask, { kind: "pipe" }>;
}

function lostInPipes(step: Step, script: ShellScript): readonly Lost[] {
  // Whoever reads PIPESTATUS knows of the pipe.
  if (script.options.pipefail || /PIPESTATUS|pipestatus/u.test(script.text)) return [];
  return weighedCommands(step).flatMap((weighed) => {
    const { command } = weighed;
    const masks = masksOf(script, command);
    const pipe = masks.find((mask) => mask.kind === "pipe");
    const isWatched = masks.some(({ kind }) => kind === "substitution" || kind === "condition" || kind === "negation");
    if (pipe === undefined || isWatched || !readsLog(pipe.after)) return [];
    return weighed.isCritical && script.fateOf(command) === "hidden" ? [{ command, judged: weighed.judged, pipe }] : [];
  });
}

function riskOf(step: Step, script: ShellScript, first: Lost, others: readonly Lost[]): ScriptRisk {
  const name = quoted(first.command.words);
  const sink = first.pipe.after[0]?.words[0] ?? "the next command";
  return {
    class: "pipe-masks-exit",
    severity: "high",
    message: `a failure of ${name} is lost in its pipe`,
    why: `The shell takes the exit status of a pipe from its last command, \`${sink}\`, so the step passes whatever comes before it does.`,
    change: `When ${name} fails, step "${step.label}" fails.`,
    at: first.command.span,
    evidence: [
      `it is critical: ${first.judged.what}`,
      `the shell is \`${step.shell.template}\`, without pipefail`,
      ...others.map(({ command }) => `the same goes for ${quoted(command.words)}`),
    ],
    outcome: outcomeOf(step, script, first, [first, ...others]),
  };
}

function outcomeOf(step: Step, script: ShellScript, first: Lost, lost: readonly Lost[]): Outcome {
  const reason = commentsAt(script.text, first.pipe.span).map(reasonIn).find(Boolean);
  if (reason !== undefined) return skip("documented", `a comment on it gives a reason: "${clipped(reason)}"`);
  const fallback = masksOf(script, first.command).find(({ kind }) => kind === "fallback");
  if (fallback !== undefined) {
    const behind = script.text.slice(first.pipe.span.end, fallback.span.end).trim();
    return skip("no-effect", `\`${behind}\` behind the pipe hides the failure as well; settle that first`);
  }
  const stopping = lost.find(({ pipe }) => stopsReading(pipe.after));
  if (stopping !== undefined) {
    const reader = quoted(stopping.pipe.after[0]?.words ?? []);
    return skip(
      "needs-person",
      `${reader} stops reading early, which would count as a failure of what stands before it`,
    );
  }
  const disturbed = disturbedPipe(
    script,
    lost.map(({ pipe }) => pipe.span),
  );
  if (disturbed !== undefined) {
    return skip("needs-person", `pipefail would also act on \`${disturbed}\`, which may fail when all is well`);
  }
  const plan = planPipefail(step, script, first.command);
  if (plan.kind === "none") return skip(plan.reason, plan.message);
  const isCopy = lost.every(({ pipe }) => copiesOnly(pipe.after));
  return {
    kind: "fix",
    title: `let ${quoted(first.command.words)} fail its pipe`,
    safety: isCopy ? "safe" : "review",
    effect: "reveals-failure",
    edits: plan.edits,
  };
}

function skip(reason: Extract<Outcome, { kind: "skip" }>["reason"], message: string): Outcome {
  return { kind: "skip", reason, message };
}
