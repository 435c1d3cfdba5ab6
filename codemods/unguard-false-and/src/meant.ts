import { contextPaths, statusFunctions, type Expression } from "@ci-fix/expression";
import type { Step, Unit } from "@ci-fix/workflow";

const namedSo =
  /\b(?:never|must not|do not|don'?t|should not) (?:be )?run\b|\b(?:always|meant to|should|must) fails?\b|\bkill ?switch\b/iu;
const failing = /^(?:exit\s+[1-9]\d*|false)\s*;?$/u;
const silent = /^(?:#.*|echo\b[^|&;]*|:|)$/u;

/** Why a person should say whether a unit comes back; undefined if nothing speaks against it. */
export function meantToStayOff(unit: Unit, restored: Expression | undefined): string | undefined {
  const text = unit.kind === "job" ? `${unit.id} ${unit.name ?? ""}` : unit.label;
  const name = namedSo.exec(text.replaceAll(/[-_]+/gu, " "))?.[0];
  if (name !== undefined) return `its name says "${name}"`;
  if (restored !== undefined && asksForFailures(restored)) return undefined;
  const steps = unit.kind === "job" ? unit.steps : [unit];
  return steps.length > 0 && steps.every(saysOnly) && steps.some(failsOnPurpose) ? "all it does is to fail" : undefined;
}

/** A gate fails on purpose, but only when something before it did. */
function asksForFailures(condition: Expression): boolean {
  const readsResults = contextPaths(condition).some(([context]) => context === "needs" || context === "steps");
  return readsResults || statusFunctions(condition).some((name) => name === "failure" || name === "cancelled");
}

function linesOf(step: Step): readonly string[] {
  return (step.script?.text ?? "").split(/\r?\n/u).map((line) => line.trim());
}

function saysOnly(step: Step): boolean {
  return step.script !== undefined && linesOf(step).every((line) => failing.test(line) || silent.test(line));
}

function failsOnPurpose(step: Step): boolean {
  return linesOf(step).some((line) => failing.test(line));
}
