// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts
const results = ["success", "failure", "cancelled", "skipped"];
const conclusions = [...results, "neutral", "timed_out", "action_required", "stale", "startup_failure"];
// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
const events =
  "branch_protection_rule check_run check_suite create delete deployment deployment_status discussion discussion_comment dynamic fork gollum image_version issue_comment issues label merge_group milestone page_build project project_card project_column public pull_request pull_request_review pull_request_review_comment pull_request_target push registry_package release repository_dispatch schedule status watch workflow_dispatch workflow_run".split(
    " ",
  );

const closed: ReadonlyMap<string, readonly string[]> = new Map([
  ["job.status", results.slice(0, 3)],
  ["runner.os", ["Linux", "Windows", "macOS"]],
  ["runner.arch", ["X86", "X64", "ARM", "ARM64"]],
  ["github.event_name", events],
  ["github.event.workflow_run.conclusion", conclusions],
]);

/** Every value that a context can have, by its path in lower case; undefined where it can be anything. Strings compare without regard to case. */
export function contextValues(path: string): readonly string[] | undefined {
  return closed.get(path);
}

/** Whether a context can have a value at all. New events come: an unknown name of one is taken to be none. */
export function canBe(path: string, value: unknown): boolean {
  const known = closed.get(path);
  return (
    known === undefined ||
    (typeof value === "string" && known.some((each) => each.toLowerCase() === value.toLowerCase()))
  );
}
