import type { Unit, Workflow } from "@ci-fix/workflow";
import { unitNames } from "../facts/finding.ts";
import { workOfStep } from "../inventory/purpose.ts";
import type { Judged } from "../inventory/workflow-facts.ts";
import { unitKey } from "../tree.ts";
import type { FindingFacts, SoftFailFacts } from "../types.ts";
import { named } from "../words.ts";
import { isSoft } from "./taxonomy.ts";

/** Every soft-fail of the files that is not switched off, with what the scan made of it. */
export function softFailsOf(workflows: Iterable<Workflow>, found: readonly Judged[]): readonly SoftFailFacts[] {
  const byUnit = new Map(
    found
      .filter(([, facts]) => facts.class.startsWith("soft-fail"))
      .map((judged) => [unitKey(judged[1].file, judged[0].finding.unit), judged]),
  );
  return [...workflows].flatMap((workflow) =>
    workflow.jobs
      .flatMap((job): Unit[] => [job, ...job.steps])
      .filter(isSoft)
      .map((unit) => softFailFacts(workflow, unit, byUnit.get(unitKey(workflow.file.path, unit)))),
  );
}

function softFailFacts(workflow: Workflow, unit: Unit, judged: Judged | undefined): SoftFailFacts {
  const { softFail } = unit;
  const facts = judged?.[1];
  const start = softFail.kind === "absent" ? 0 : softFail.entry.span.start;
  return {
    file: workflow.file.path,
    line: workflow.file.yaml.lineColumn(start).line,
    ...unitNames(unit),
    id: facts?.id ?? null,
    scope: unit.kind,
    value: softFail.kind === "expression" ? softFail.text.trim() : "true",
    runs: unit.kind === "step" ? runsOf(unit) : named(unit.calls ?? `${unit.steps.length} steps`),
    judgement: judgementOf(judged),
    because: becauseOf(facts),
  };
}

function runsOf(unit: Extract<Unit, { kind: "step" }>): string {
  const { seen } = workOfStep(unit);
  const [, what = seen, kind = ""] = /^(.*) \(([^()]*)\)$/su.exec(seen) ?? [];
  if (what.trim() === "") return kind;
  return kind === "" ? named(what) : `${named(what)} (${kind})`;
}

function judgementOf(judged: Judged | undefined): SoftFailFacts["judgement"] {
  switch (judged?.[1].state) {
    case "accepted":
    case "deferred":
      return "settled";
    case "kept":
      return "legitimate";
    case "person":
    case undefined:
      return "person";
    case "open":
      // Its reason is written; it only stands where few read it.
      return judged?.[0].finding.outcome.kind === "document" ? "legitimate" : "critical";
  }
}

function becauseOf(facts: FindingFacts | undefined): string {
  if (facts === undefined) return "no rule of the scan looks at it";
  if (facts.justification !== "") return facts.justification;
  return facts.evidence[0] ?? facts.message;
}
