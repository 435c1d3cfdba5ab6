import type { Policy } from "@ci-fix/codemod";
import type { AuditOptions } from "../options.ts";
import type { Tree } from "../tree.ts";
import type { AuditHead, MilestoneRecord } from "../types.ts";
import { repositoryOf } from "./guards.ts";

export function headOf(
  tree: Tree,
  { milestone, date }: Policy,
  records: readonly MilestoneRecord[],
  { repository }: AuditOptions,
): AuditHead {
  return {
    version: 1,
    milestone,
    title: records.find((record) => record.milestone === milestone)?.title ?? null,
    date,
    repository: repository ?? repositoryOf([...tree.workflows.values()]),
    commit: tree.commit,
    unread: tree.errors.map(({ file, message }) => ({ file, message })),
  };
}
