import type { LogEntry } from "../types.ts";
import type { Range } from "./range.ts";

/** Rollbacks of the whole history and what records tell, oldest first. Flaky runs leave no trace in files. */
export function logOf({ history, standing, records }: Range): readonly LogEntry[] {
  const recorded = records.flatMap(({ milestone, log }) =>
    log.map(({ item, type, status, evidence }) => ({
      item,
      type,
      firstSeen: milestone,
      status,
      evidence,
      fixOrDefer: status,
    })),
  );
  const rollbacks = history.toReversed().flatMap(({ commit, rolledBack }) =>
    rolledBack.map((id): LogEntry => {
      const again = standing.has(id);
      return {
        item: `${id} was rolled back`,
        type: "regression",
        firstSeen: id.split("-R", 1)[0] ?? "",
        status: again ? "landed again since" : "open again",
        evidence: `commit \`${commit.oid.slice(0, 11)}\``,
        fixOrDefer: again ? "fixed" : `\`ci-fix --risk ${id}\``,
      };
    }),
  );
  return [...recorded, ...rollbacks];
}
