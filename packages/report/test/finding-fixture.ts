import { defineCodemod, type Finding, type Outcome, type Severity } from "@ci-fix/codemod";
import type { LocatedFinding, RegisterMatch, Risk } from "@ci-fix/register";
import type { ScanResult } from "@ci-fix/runner";
import { readWorkflow, type Unit, type Workflow } from "@ci-fix/workflow";

const codemod = defineCodemod({
  meta: {
    id: "strip-soft-fail",
    classes: [{ id: "soft-fail-step", severity: "high", summary: "a step may fail and the job stays green" }],
    summary: "removes soft-fails that hide a failure",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["continue-on-error"],
    subject: () => "strip soft-fail from a step",
  },
  find: () => [],
});

export interface Told {
  /** The part of the text that is pointed at; its first occurrence. */
  readonly at: string;
  readonly outcome?: Outcome;
  readonly severity?: Severity;
  readonly message?: string;
  readonly file?: string;
  readonly evidence?: readonly string[];
  /** Zero-based; the job itself when it is left out. */
  readonly step?: number;
}

function workflowOf(text: string, file = ".github/workflows/unit.yml"): Workflow {
  const read = readWorkflow(file, Buffer.from(text));
  if (!read.ok || read.workflow === undefined) throw new Error(`the fixture does not read: ${JSON.stringify(read)}`);
  return read.workflow;
}

/** A finding about a part of a workflow's text, as a codemod would tell it. */
export function found(text: string, told: Told): LocatedFinding {
  const file = told.file ?? ".github/workflows/unit.yml";
  const workflow = workflowOf(text, file);
  const start = workflow.file.yaml.text.indexOf(told.at);
  const job = workflow.jobs[0]!;
  const unit: Unit = told.step === undefined ? job : job.steps[told.step]!;
  const outcome: Outcome = told.outcome ?? {
    kind: "fix",
    title: "remove the soft-fail",
    safety: "review",
    effect: "reveals-failure",
    edits: [{ kind: "delete", path: [...unit.path, "continue-on-error"] }],
  };
  const finding: Finding = {
    class: unit.kind === "step" ? "soft-fail-step" : "soft-fail-job",
    severity: told.severity ?? "high",
    message: told.message ?? 'step "Run tests" may fail and the job stays green',
    why: "A failing test is not seen by anyone",
    change: outcome.kind === "skip" ? "" : "When a test fails, the step and its job fail",
    at: { path: unit.path, span: { start, end: start + told.at.length } },
    unit,
    evidence: told.evidence ?? ["it runs pytest (line 9)"],
    outcome,
  };
  const { line, column } = workflow.file.yaml.lineColumn(start);
  return { finding, codemod, workflow, file, line, column, fingerprint: "0123456789abcdef" };
}

export function kept(reason: (Outcome & { kind: "skip" })["reason"], message: string): Outcome {
  return { kind: "skip", reason, message };
}

export function scanOf(...findings: readonly LocatedFinding[]): ScanResult {
  return { root: "/repository", files: 3, findings, errors: [] };
}

export function risk(id: string, more: Partial<Risk> = {}): Risk {
  return {
    id,
    title: "the tests of the tools soft-fail",
    severity: "high",
    status: "open",
    targets: [
      {
        file: ".github/workflows/unit.yml",
        job: "unit",
        step: "Run tests",
        class: undefined,
        action: undefined,
        fingerprint: undefined,
      },
    ],
    justification: undefined,
    exitCriteria: undefined,
    owner: undefined,
    expires: undefined,
    ...more,
  };
}

/** What the register says of these findings, one risk each. */
export function matchOf(...pairs: readonly (readonly [Risk, ...LocatedFinding[]])[]): RegisterMatch {
  return {
    risks: pairs.map(([each, ...findings]) => ({
      risk: each,
      findings,
      vanished: findings.length === 0 ? each.targets : [],
      mismatches: [],
    })),
    unregistered: [],
    ids: new Map(pairs.flatMap(([each, ...findings]) => findings.map((located) => [located, each.id] as const))),
  };
}
