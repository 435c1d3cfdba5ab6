import { isActionable } from "./order.ts";
import type { LocatedFinding, RiskTarget, Unit } from "./types.ts";

/** Says whether a finding is one that a target names. */
export type NameTest = (located: LocatedFinding, target: RiskTarget) => boolean;

/** A target without job and step stands for whatever can be done in its file, today and later. */
export function isWholeFile(target: RiskTarget): boolean {
  return target.job === undefined && target.step === undefined;
}

/** Compares by file, class, job and step. `files` are those that a bare file name may stand for. */
export function nameTest(files: ReadonlySet<string>): NameTest {
  return (located, target) =>
    located.file === fileOf(target, files) &&
    (target.class === undefined || target.class === located.finding.class) &&
    names(located, target);
}

/**
 * The file a target means. A person may write its bare name (`tools-unit-tests.yml`), which is taken for the one file
 * called so, as long as the target has no fingerprint.
 */
export function fileOf(target: RiskTarget, files: ReadonlySet<string>): string | undefined {
  if (target.fingerprint !== undefined || target.file.includes("/") || files.has(target.file)) return target.file;
  const called = [...files].filter((file) => file.endsWith(`/${target.file}`));
  return called.length === 1 ? called[0] : undefined;
}

function names(located: LocatedFinding, target: RiskTarget): boolean {
  // One finding has a fingerprint, a whole file has not: without its fingerprint such a target names nothing.
  if (isWholeFile(target)) return target.fingerprint === undefined && isActionable(located);
  return namesUnit(located.finding.unit, target);
}

/** Says whether a job and a step, as a person wrote them, mean a unit. Without a step the job itself is meant. */
export function namesUnit(unit: Unit, { job: jobName, step }: Pick<RiskTarget, "job" | "step">): boolean {
  const job = unit.kind === "job" ? unit : unit.job;
  if (jobName !== undefined && jobName !== job.id && jobName !== job.name) return false;
  if (step === undefined) return unit.kind === "job";
  return (
    unit.kind === "step" && [unit.name, unit.id, unit.label].some((name) => name !== undefined && sameWords(name, step))
  );
}

function sameWords(left: string, right: string): boolean {
  return words(left) === words(right);
}

function words(text: string): string {
  return text.trim().replaceAll(/\s+/gu, " ");
}

/** What two findings share if one may be the other under a new name. */
export function kinship(file: string, riskClass: string | undefined, job: string | undefined): string {
  return JSON.stringify([file, riskClass ?? null, job ?? ""]);
}

/** The id of a finding's job; empty for a composite action, which has none. */
export function jobOf(located: LocatedFinding): string {
  const { unit } = located.finding;
  return unit.kind === "job" ? unit.id : unit.job.id;
}
