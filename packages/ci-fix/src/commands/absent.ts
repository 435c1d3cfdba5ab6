import { landedIds, readTrailers, survey, type Refusal, type RiskPlan, type Survey } from "@ci-fix/runner";
import type { Invocation } from "../invocation.ts";
import type { FixRequest } from "./fix.ts";

/** A risk for which nothing was found, and why that does not mean that it is fixed. */
interface AbsentRisk {
  readonly id: string;
  readonly refusals: readonly Refusal[];
}

/**
 * Says of each risk without a finding why there is none: fixed, which is a note, or not to be found, which is a refusal. A mistyped name and
 * a change that is not committed yet look like a fix otherwise.
 */
export async function settleAbsent(
  { terminal }: Invocation,
  found: Survey,
  plans: readonly RiskPlan[],
  request: FixRequest,
): Promise<AbsentRisk[]> {
  const ids = plans.flatMap(({ id, done }) => (done && id !== null ? [id] : []));
  if (ids.length === 0) return [];
  const landed = landedIds(await readTrailers(found.repository));
  const elsewhere =
    request.mode === "commit" && found.repository?.bare !== true
      ? await survey({ ...request.surveyOptions, at: "work-tree" })
      : undefined;
  const absent: AbsentRisk[] = [];
  for (const id of ids) {
    const refusal = notCommitted(elsewhere, id) ?? (landed.has(id) ? undefined : neverFound(found, id));
    if (refusal === undefined) terminal.note(`${id} has nothing left to fix`);
    else absent.push({ id, refusals: [refusal] });
  }
  return absent;
}

function notCommitted(elsewhere: Survey | undefined, id: string): Refusal | undefined {
  const [finding] = elsewhere?.match.risks.find(({ risk }) => risk.id === id)?.findings ?? [];
  if (finding === undefined || finding.finding.outcome.kind === "skip") return undefined;
  return {
    code: "CI_FIX_NOT_COMMITTED",
    message: "it is found in the work tree only, and a commit starts from the last commit",
    file: finding.file,
    line: finding.line,
    hint: "commit the file first, or use --write",
  };
}

function neverFound(found: Survey, id: string): Refusal | undefined {
  const matched = found.match.risks.find(({ risk }) => risk.id === id);
  const target = matched?.vanished.find(({ fingerprint }) => fingerprint === undefined);
  if (matched === undefined || target === undefined || matched.risk.status === "fixed") return undefined;
  const isThere = [...found.contents.keys()].some((path) => path === target.file || path.endsWith(`/${target.file}`));
  if (!isThere) {
    return {
      code: "CI_FIX_NOT_FOUND",
      message: "no CI file is called so",
      file: target.file,
      line: undefined,
      hint: "was it renamed? Correct the name in .ci-fix/register.yml and run `ci-fix register update`",
    };
  }
  const place = [
    ...(target.step === undefined ? [] : [`step "${target.step}"`]),
    ...(target.job === undefined ? [] : [`job ${target.job}`]),
  ].join(" of ");
  return {
    code: "CI_FIX_NOT_FOUND",
    message: `nothing fails silently at ${place === "" ? "this place" : place}, and nothing ever did as far as the history tells`,
    file: target.file,
    line: undefined,
    hint: "is the name of the file, job and step in .ci-fix/register.yml right?",
  };
}
