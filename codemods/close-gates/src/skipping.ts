import type { Finding, Outcome, Severity } from "@ci-fix/codemod";
import type { Job } from "@ci-fix/workflow";
import { behaviourOf, type Behaviour, type Fate } from "./behaviour.ts";
import { leftAlone } from "./left-alone.ts";
import { conditional, repairOf } from "./repair.ts";

/** A gate that is not red although a job that it gathers failed or was cancelled. */
export function skipping(gate: Job): Finding | undefined {
  const behaviour = behaviourOf(gate);
  const hole = holeOf(gate, behaviour);
  if (hole === undefined) return undefined;
  const outcome = outcomeFor(gate);
  return {
    class: "gate-skips",
    severity: hole.severity,
    message: `gate ${gate.id} is ${hole.fate} when a job that it gathers ${hole.result === "failure" ? "failed" : "was cancelled"}`,
    why:
      hole.fate === "skipped"
        ? "A skipped check counts as passed, for branch protection and for whoever looks at the list."
        : "Whoever trusts the gate takes the run for good.",
    change:
      outcome.kind === "skip"
        ? ""
        : `Gate ${gate.id} is red when a job that it gathers failed or was cancelled; a job that is skipped on purpose lets it pass.`,
    at: spanOf(gate),
    unit: gate,
    evidence: evidenceFor(gate, behaviour),
    outcome,
  };
}

interface Hole {
  readonly result: "failure" | "cancelled";
  readonly fate: Fate;
  readonly severity: Severity;
}

function holeOf(gate: Job, { whenWell, on }: Behaviour): Hole | undefined {
  const isOpen = (fate: Fate): boolean => fate === "skipped" || fate === "green";
  if (looksAtSome(gate)) return undefined;
  if (isOpen(on.failure) && whenWell === "green") {
    // What others wait for holds those back, and they show it.
    if (on.failure === "skipped" && gate.dependents.length > 0) return undefined;
    return { result: "failure", fate: on.failure, severity: "critical" };
  }
  if (on.failure !== "red" || !isOpen(on.cancelled) || speaksOfCancelling(gate)) return undefined;
  return { result: "cancelled", fate: on.cancelled, severity: "medium" };
}

/** A gate that is red for some of its jobs is incomplete rather than blind. */
export function looksAtSome(gate: Job): boolean {
  const { of, on } = behaviourOf(gate);
  return on.failure === "green" && gate.needs.ids.some((id) => of(id.toLowerCase(), "failure") === "red");
}

/** "cancelled jobs are ignored": then it is meant. */
function speaksOfCancelling({ steps, entry, workflow }: Job): boolean {
  const { span } = entry ?? { span: { start: 0, end: 0 } };
  const comments = workflow.file.yaml.comments.filter(
    (comment) => comment.span.start >= span.start && comment.span.end <= span.end,
  );
  const texts = [...steps.map(({ script }) => script?.text ?? ""), ...comments.map(({ text }) => text)];
  return texts.some((text) => /cancel/iu.test(text.replaceAll(/\$\{\{.*?\}\}/gsu, "")));
}

function outcomeFor(gate: Job): Outcome {
  const kept = leftAlone(gate);
  if (kept !== undefined) return kept;
  const edits = repairOf(gate);
  const title = `let gate ${gate.id} always run, and fail when a needed job failed or was cancelled`;
  if (edits === undefined) return { kind: "fix", title, safety: "report", effect: "needs-decision", edits: [] };
  return {
    kind: "fix",
    title,
    safety: conditional(gate).length === 0 ? "safe" : "review",
    effect: "may-block-merge",
    edits,
  };
}

function evidenceFor(gate: Job, { on }: Behaviour): readonly string[] {
  const count = gate.needs.ids.length;
  const condition =
    gate.condition.entry === undefined
      ? "without a condition"
      : `with \`if: ${gate.condition.parsed.text.replaceAll(/\s+/gu, " ").trim()}\``;
  const left = conditional(gate).map(({ id }) => id);
  return [
    `it gathers ${count} ${count === 1 ? "job" : "jobs"} and does no work of its own, ${condition}`,
    `played: a failed job makes it ${on.failure}, a cancelled one ${on.cancelled}, a skipped one ${on.skipped}`,
    ...(left.length === 0
      ? []
      : [`not always run: ${left.slice(0, 3).join(", ")}${left.length > 3 ? ` and ${left.length - 3} more` : ""}`]),
  ];
}

export function spanOf(gate: Job): Finding["at"] {
  const { entry } = gate;
  return { path: gate.path, span: entry?.keySpan ?? { start: 0, end: 1 } };
}
