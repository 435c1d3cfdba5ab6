import type { Survey } from "@ci-fix/runner";
import type { AuditOptions } from "../options.ts";
import type { Tree } from "../tree.ts";
import type { AuditHead, MilestoneRecord } from "../types.ts";
import { repositoryOf } from "./guards.ts";

export function headOf(
  tree: Tree,
  { policy: { milestone, date }, config }: Pick<Survey, "policy" | "config">,
  records: readonly MilestoneRecord[],
  { repository, title }: AuditOptions,
): AuditHead {
  return {
    version: 1,
    milestone,
    title: title ?? records.find((record) => record.milestone === milestone)?.title ?? null,
    date,
    repository: repository ?? config.upstream ?? repositoryOf([...tree.workflows.values()]),
    commit: tree.commit,
    unread: tree.errors.map(({ file, message }) => ({ file, message })),
  };
}
