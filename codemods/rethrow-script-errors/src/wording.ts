import type { FlawKind } from "@ci-fix/js-script";
import { unitName, type Step } from "@ci-fix/workflow";

const what: Readonly<Record<FlawKind, string>> = {
  "error-only": "catches an error and only logs it, with `core.error`",
  logged: "catches an error and only prints it",
  "empty-callback": "throws an error away with an empty `.catch`",
  "exit-zero": "ends with success when it has caught an error",
  floats: "does not wait for what it starts",
};

const repair: Readonly<Record<FlawKind, string>> = {
  "error-only": "call `core.setFailed`",
  logged: "throw the error again",
  "empty-callback": "let the error through",
  "exit-zero": "exit with 1",
  floats: "await it",
};

/** As the end of a sentence about the script. */
export function whatOf(kind: FlawKind): string {
  return what[kind];
}

export function titleOf(step: Step, kind: FlawKind): string {
  return `${repair[kind]} in the script of ${unitName(step)}`;
}

export function changeOf(step: Step, kind: FlawKind): string {
  const name = unitName(step);
  const start = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return kind === "floats"
    ? `${start} waits for it, and fails when it failed.`
    : `${start} fails when its script caught an error there.`;
}
