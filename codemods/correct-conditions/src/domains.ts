import { suggest } from "@ci-fix/codemod";
import { contextValues, type Job, type Unit } from "@ci-fix/workflow";

/** What a context can hold where a condition reads it. */
export interface Domain {
  /** Every value it can have; empty where it is always null. */
  readonly values: readonly string[];
  /** As a clause: "it is success, failure, cancelled or skipped". */
  readonly says: string;
  /** What was meant by a value that it never has. */
  meant(literal: string): string | undefined;
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts
const results = ["success", "failure", "cancelled", "skipped"];

const otherWords: Readonly<Record<string, readonly string[]>> = {
  failure: ["failed", "fail", "fails", "failing", "error", "errored", "false"],
  success: ["succeeded", "successful", "successfull", "succeed", "succes", "passed", "pass", "ok", "true"],
  cancelled: ["canceled", "cancel", "aborted"],
  skipped: ["skip", "skiped"],
  macos: ["darwin", "osx", "mac", "macos-latest", "mac os"],
  linux: ["ubuntu", "ubuntu-latest", "gnu/linux"],
  windows: ["win", "win32", "windows-latest", "windows_nt"],
  x64: ["amd64", "x86_64", "x86-64"],
  arm64: ["aarch64"],
};

/** The domain of a context path; undefined where nothing certain is known of it. */
export function domainOf(path: readonly string[], unit: Unit): Domain | undefined {
  const [context, first = "", second = ""] = path.map((segment) => segment.toLowerCase());
  const key = path.length === 2 ? `${context}.${first}` : "";
  if (context === "needs" && first !== "*") return needDomain(unit, first, second, path.length);
  if (context === "steps" && first !== "*") return stepDomain(unit, first, second, path.length);
  if (key === "github.event_name") return eventDomain;
  const values = contextValues(path.join(".").toLowerCase());
  return values === undefined ? undefined : closed(values, "it");
}

/** What `needs.*.result` holds. */
export const resultDomain: Domain = closed(results, "a result");

function needDomain(unit: Unit, id: string, property: string, length: number): Domain | undefined {
  const job = unit.kind === "job" ? unit : unit.job;
  if (job.id === "") return undefined;
  if (!job.needs.ids.some((need) => need.toLowerCase() === id))
    return nothing(`job ${job.id} does not need ${id}, so that there is nothing to read`);
  return property === "result" && length === 3 ? resultDomain : undefined;
}

function stepDomain(unit: Unit, id: string, property: string, length: number): Domain | undefined {
  if (unit.kind === "job" || !knowsItsSteps(unit.job)) return undefined;
  const step = unit.job.steps.find((one) => one.id?.toLowerCase() === id);
  if (step === undefined) return nothing(`no step of the job has the id ${id}, so that there is nothing to read`);
  if (step.index >= unit.index)
    return nothing(`step ${id} ${step === unit ? "is this one" : "comes later"}, so that there is nothing to read yet`);
  if (length !== 3 || (property !== "outcome" && property !== "conclusion")) return undefined;
  if (property === "conclusion" && step.softFail.kind === "literal" && step.softFail.value) {
    const values = results.filter((value) => value !== "failure");
    return {
      ...closed(values, "it"),
      says: `step ${id} may fail, and its conclusion is success then: only the outcome tells`,
    };
  }
  return closed(results, "it");
}

/** Groups of steps hold further steps that are not seen here. */
export function knowsItsSteps(job: Job): boolean {
  return job.steps.every((step) => step.script !== undefined || step.action !== undefined);
}

function nothing(says: string): Domain {
  return { values: [], says, meant: () => undefined };
}

function closed(values: readonly string[], what: string): Domain {
  return {
    values,
    says: `${what} is ${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`,
    meant: (literal) => values.find((value) => otherWords[value.toLowerCase()]?.includes(literal.trim().toLowerCase())),
  };
}

const events = contextValues("github.event_name") ?? [];

/** New events come; a name that is near none of those is left alone. */
const eventDomain: Domain = {
  values: events,
  says: "there is no event of that name",
  meant: (literal) => suggest(literal, events),
};

/** In a called workflow the event is that of the caller. */
export const calledWorkflow = "workflow_call";
