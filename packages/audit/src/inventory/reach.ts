import type { Workflow } from "@ci-fix/workflow";
import type { WorkflowFacts } from "../types.ts";

type Reach = WorkflowFacts["reach"];

/** The first that a workflow has says when it runs. */
const EVENTS: readonly (readonly [Reach, ReadonlySet<string>])[] = [
  ["change", new Set(["pull_request", "pull_request_target", "merge_group"])],
  ["merge", new Set(["push", "release", "create", "deployment", "registry_package", "page_build", "workflow_run"])],
  ["schedule", new Set(["schedule"])],
  ["called", new Set(["workflow_call"])],
  ["hand", new Set(["workflow_dispatch", "repository_dispatch"])],
];

export function reachOf({ kind, triggers }: Workflow): Reach {
  if (kind === "composite-action") return "called";
  if (triggers.length === 0) return "never";
  return EVENTS.find(([, events]) => triggers.some(({ event }) => events.has(event)))?.[0] ?? "event";
}

export function tierOf(reach: Reach, matters: boolean, generated: boolean): WorkflowFacts["tier"] {
  if (reach === "called") return "shared";
  if (!matters) return "housekeeping";
  if (generated) return "periodic";
  if (reach === "change") return "core";
  return reach === "merge" ? "delivery" : "periodic";
}

/** When a workflow runs, in words. */
export const REACH_WORDS: Readonly<Record<Reach, string>> = {
  change: "for each change",
  merge: "after a merge",
  schedule: "by the clock",
  hand: "by hand",
  called: "when called",
  event: "on events of issues and the like",
  never: "never",
};
