import { settleFindings, type Finding, type Outcome } from "@ci-fix/codemod";
import { flawsOf, type Flaw } from "@ci-fix/js-script";
import { clipped } from "@ci-fix/judgement";
import { eachStep, unitName, type Step, type Workflow, type YamlScalar } from "@ci-fix/workflow";
import { calledScripts, inlineScript } from "./scripts.ts";
import { changeOf, titleOf, whatOf } from "./wording.ts";

/** Places where the JavaScript that a workflow runs loses a failure. */
export function findScriptFlaws(workflow: Workflow): Iterable<Finding> {
  return settleFindings(workflow.file.yaml, [...judged(workflow)]);
}

/** Parsing takes long: a script without these has nothing to find. */
const suspicious = /\bcatch\b|(?:^|[;{})])[ \t]*(?:github|octokit|exec)\s*\./mu;

function* judged(workflow: Workflow): Iterable<Finding> {
  for (const step of eachStep(workflow)) {
    const scalar = inlineScript(step);
    if (scalar !== undefined && suspicious.test(scalar.text)) {
      for (const flaw of flawsOf(scalar.text) ?? []) yield inlineFinding(step, scalar, flaw, workflow);
    }
    for (const { path, text } of calledScripts(step)) {
      if (!/\bcatch\b/u.test(text)) continue;
      for (const flaw of flawsOf(text) ?? []) {
        if (flaw.kind === "exit-zero" || flaw.kind === "error-only")
          yield fileFinding(step, path, text, flaw, workflow);
      }
    }
  }
}

function base(step: Step, flaw: Flaw): Pick<Finding, "class" | "severity" | "message" | "why" | "unit"> {
  return {
    class: flaw.kind === "floats" ? "script-floats" : "script-swallows",
    severity: "medium",
    message: `the script of ${unitName(step)} ${whatOf(flaw.kind)}`,
    why:
      flaw.kind === "floats"
        ? "The step goes on, and may end, before anybody knows whether it worked."
        : "Whatever fails there, the step is green and its log is all that tells.",
    unit: step,
  };
}

function inlineFinding(step: Step, scalar: YamlScalar, flaw: Flaw, workflow: Workflow): Finding {
  const outcome = inlineOutcome(step, scalar, flaw, workflow);
  return {
    ...base(step, flaw),
    change: outcome.kind === "skip" ? "" : changeOf(step, flaw.kind),
    at: { path: scalar.path, span: { start: scalar.sourceOffset(flaw.start), end: scalar.sourceOffset(flaw.end) } },
    evidence: evidenceOf(flaw),
    outcome,
  };
}

function fileFinding(step: Step, path: string, text: string, flaw: Flaw, workflow: Workflow): Finding {
  const line = text.slice(0, flaw.start).split("\n").length;
  const kept = leftAlone(step, flaw, workflow);
  const title = `${titleOf(step, flaw.kind)}, in ${path}:${line}`;
  const outcome: Outcome = kept ?? { kind: "fix", title, safety: "report", effect: "needs-decision", edits: [] };
  return {
    ...base(step, flaw),
    change: outcome.kind === "skip" ? "" : changeOf(step, flaw.kind),
    at: { path: step.path, span: step.item.span },
    evidence: [`it stands in ${path}:${line}`, ...evidenceOf(flaw)],
    outcome,
  };
}

function evidenceOf(flaw: Flaw): readonly string[] {
  return [
    `it says \`${clipped(flaw.text, 100)}\``,
    `what may fail there: \`${clipped(flaw.work.replaceAll(/\s+/gu, " "), 100)}\``,
  ];
}

function inlineOutcome(step: Step, { path, anchor }: YamlScalar, flaw: Flaw, workflow: Workflow): Outcome {
  const kept = leftAlone(step, flaw, workflow);
  if (kept !== undefined) return kept;
  if (anchor !== undefined) return skip("not-representable", "other steps share the script by an anchor");
  const title = titleOf(step, flaw.kind);
  if (flaw.edits.length === 0) return { kind: "fix", title, safety: "report", effect: "needs-decision", edits: [] };
  const edits = flaw.edits.map((edit) => ({ kind: "replace-in-scalar", path, ...edit }) as const);
  return { kind: "fix", title, safety: "review", effect: "reveals-failure", edits };
}

const notes = /comment|label|reaction|assignee|reviewer|\block\b|minimize|summary|notif|milestone/iu;
const deeds =
  /release|deploy|merge|createRef|updateRef|deleteRef|dispatch|createOrUpdate|statuses|commitStatus|checks\.(?:create|update)|tags?\b|exec\./iu;

function leftAlone(step: Step, flaw: Flaw, workflow: Workflow): Outcome | undefined {
  if (workflow.generated !== undefined)
    return skip("generated", `the file is generated (${workflow.generated}): change it there`);
  if (step.softFail.kind !== "absent") return skip("no-effect", "the step may fail: that is a risk of its own");
  if (step.condition.constant === false || step.job.condition.constant === false)
    return skip("no-effect", "it never runs");
  if (notes.test(flaw.work) && !deeds.test(flaw.work))
    return skip("best-effort", "it only writes notes for people: comments, labels, assignments");
  return undefined;
}

function skip(reason: Extract<Outcome, { kind: "skip" }>["reason"], message: string): Outcome {
  return { kind: "skip", reason, message };
}
