import { landedIds, readTrailers, survey, type Survey } from "@ci-fix/runner";
import { headOf } from "../facts/head.ts";
import { inventoryOf, judgedFindings } from "../inventory/inventory.ts";
import type { AuditOptions } from "../options.ts";
import { carriedDeferrals, knownInvariants } from "../records/carried.ts";
import { loadRecords } from "../records/load.ts";
import { recordQuestions } from "../scores/questions.ts";
import { scoreTerms } from "../scores/rubric.ts";
import { trendOf } from "../scores/trend.ts";
import { treeOf, type Tree } from "../tree.ts";
import type { FullAudit } from "../types.ts";
import { deferredRisks } from "./deferred.ts";
import { gapsOf } from "./gaps.ts";
import { recommendationsOf } from "./recommendations.ts";
import { registerEntries } from "./register.ts";
import { softFailsOf } from "./soft-fails.ts";
import { summaryOf } from "./summary.ts";
import { taxonomyOf } from "./taxonomy.ts";

/** The full audit of the files as they are on disk. Rejects where policy, register or a record cannot be read. */
export async function auditAll(options: AuditOptions): Promise<FullAudit> {
  const found = await survey({ ...surveyOptions(options), at: "work-tree" });
  const tree = await treeOfSurvey(found);
  const records = await loadRecords(found.root);
  const landed = landedIds(await readTrailers(found.repository));
  const head = headOf(tree, found, records, options);
  const { date, milestone } = head;
  const workflows = [...tree.workflows.values()];
  const judged = judgedFindings(tree, date);
  const inventory = inventoryOf(tree, judged);
  const findings = judged.map(([, facts]) => facts);
  const softFails = softFailsOf(workflows, judged);
  const taxonomy = taxonomyOf(workflows);
  const register = registerEntries(tree, date, landed);
  const recommendations = recommendationsOf({ tree, findings, softFails, register });
  const others = new Set([...knownInvariants(records).keys(), ...found.config.invariants.map(({ id }) => id)]);
  others.delete("INV-060");
  const now = scoreTerms({
    tree,
    found: judged,
    inventory,
    compat: undefined,
    records: recordQuestions({
      findings,
      register,
      hasRecord: records.length > 0 || options.recording === true,
      hasRegister: found.register !== undefined,
      config: found.config,
    }),
    invariants: { known: others.size, held: others.size },
  });
  return {
    ...head,
    mode: "full",
    summary: summaryOf(judged, inventory, taxonomy, softFails, recommendations),
    taxonomy,
    inventory,
    softFails,
    findings,
    register,
    gaps: gapsOf(tree),
    deferred: [...carriedDeferrals(records, milestone), ...deferredRisks(register, milestone)],
    scores: trendOf({ ...head, records, now, base: undefined }),
    recommendations,
  };
}

export function surveyOptions({
  directory,
  milestone,
  date,
  onFile,
}: AuditOptions): Pick<AuditOptions, "directory" | "milestone" | "date" | "onFile"> {
  return {
    ...(directory === undefined ? {} : { directory }),
    ...(milestone === undefined ? {} : { milestone }),
    ...(date === undefined ? {} : { date }),
    ...(onFile === undefined ? {} : { onFile }),
  };
}

export async function treeOfSurvey({ repository, result, contents, match }: Survey): Promise<Tree> {
  const commit = (await repository?.head())?.oid ?? null;
  const entries = commit === null ? undefined : await repository?.listTree(commit);
  return treeOf({
    commit,
    contents,
    findings: result.findings,
    match,
    errors: result.errors,
    paths: entries === undefined ? undefined : new Set(entries.map(({ path }) => path)),
  });
}
