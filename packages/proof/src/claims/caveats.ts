import { FAILURE } from "../model/world.ts";
import type { Caveat, Claim } from "../types.ts";
import { ancestorsOf, movedRed, turnedRed } from "./claims.ts";
import type { Observable, Sides } from "./sides.ts";

/** What a reviewer should know besides the claims. */
export function caveatsOf(
  sides: Sides,
  claims: readonly Claim[],
  requiredChecks: readonly string[] | undefined,
): readonly Caveat[] {
  const differing = sides.observables.filter(({ before, after }) => before !== after);
  const checks = differing.filter(({ kind }) => kind === "check");
  return [...redMoved(sides, checks), ...staysGreen(sides, claims), ...gone(sides), ...runsMore(sides)].map((caveat) =>
    requiredChecks === undefined
      ? caveat
      : {
          ...caveat,
          required: caveat.jobs.some((id) =>
            namesOf(sides, id).some((name) => requiredChecks.some((check) => isOf(name, check))),
          ),
        },
  );
}

/** What the checks of a job can be called: by its name if it has one, else by its id. */
function namesOf({ before, after }: Sides, id: string): readonly string[] {
  const jobs = [before, after].flatMap(({ ends }) => ends.get(id)?.job ?? []);
  return jobs.flatMap((job) => [job.id, job.name ?? job.id]);
}

/** The check of a job itself, of a leg of it (`unit (linux)`), or of a job of the workflow that it calls (`all / unit`). */
function isOf(name: string, check: string): boolean {
  return check === name || check.startsWith(`${name} (`) || check.startsWith(`${name} / `);
}

/** Red that moves to an earlier job leaves a skipped check behind, which counts as passing. */
function redMoved(sides: Sides, checks: readonly Observable[]): readonly Caveat[] {
  const { no } = sides.world.logic;
  const moved = jobIds(checks.filter((check) => movedRed(sides, check) !== no));
  if (moved.length === 0) return [];
  const changed = jobIds(checks.filter((check) => !moved.includes(check.jobId ?? "")));
  const earlier = changed.filter((id) => moved.some((job) => ancestorsOf(sides.after, job).has(id)));
  const gate = gateOf(sides, moved);
  const close =
    gate === undefined
      ? `a job that runs with always(), needs them and fails when one of them has failed would close this`
      : `${gate} is red whenever the run is: require that check`;
  const message = `red moves to ${listed(earlier)}, and ${listed(moved)} can then be skipped, which counts as passing; ${close}`;
  return [{ kind: "red-moved", jobs: moved, message }];
}

/** A job whose check is red in every case in which the run is. */
function gateOf({ world: { logic }, observables, after }: Sides, except: readonly string[]): string | undefined {
  const run = observables.find(({ kind }) => kind === "run");
  if (run === undefined) return undefined;
  return [...after.ends.keys()].find((id) => {
    const checks = observables.filter(({ kind, jobId }) => kind === "check" && jobId === id);
    const red = logic.any(checks.map((check) => logic.is(check.after, FAILURE)));
    return !except.includes(id) && logic.and(logic.is(run.after, FAILURE), logic.not(red)) === logic.no;
  });
}

function staysGreen(sides: Sides, claims: readonly Claim[]): readonly Caveat[] {
  const bites = claims.find(({ name }) => name === "bites");
  const isRunRed = bites?.observed.some(({ observable, verdict }) => observable === "run" && verdict === "proved");
  if (bites?.verdict !== "proved" || isRunRed === true || sides.after.workflow.kind !== "workflow") return [];
  const { logic } = sides.world;
  const run = sides.observables.find(({ kind }) => kind === "run");
  const isGreen = run === undefined ? logic.no : logic.not(logic.is(run.after, FAILURE));
  const red = sides.observables.filter(
    (each) => each.kind === "check" && logic.and(turnedRed(sides, each), isGreen) !== logic.no,
  );
  const jobs = jobIds(red);
  if (jobs.length === 0) return [];
  const message = `only the check of ${listed(jobs)} turns red; the run stays green, because the job is soft-failed as well`;
  return [{ kind: "run-stays-green", jobs, message }];
}

function gone({ before, after }: Sides): readonly Caveat[] {
  const jobs = [...before.ends.keys()].filter((id) => !after.ends.has(id));
  if (jobs.length === 0) return [];
  const message = `${listed(jobs)} made a check that was always skipped and makes none any more; a required check of that name would be waited for`;
  return [{ kind: "check-gone", jobs, message }];
}

/** Jobs that run in cases in which they did not, by themselves and not because others do. */
function runsMore({ world: { logic }, before, after }: Sides): readonly Caveat[] {
  const jobs = [...after.ends].flatMap(([id, end]) => {
    const old = before.ends.get(id);
    return old !== undefined && logic.and(end.runs, logic.not(old.runs)) !== logic.no ? [id] : [];
  });
  if (jobs.length === 0) return [];
  return [
    {
      kind: "runs-more",
      jobs,
      message: `${listed(jobs)} can run where ${jobs.length > 1 ? "they" : "it"} did not before`,
    },
  ];
}

function jobIds(observables: readonly Observable[]): readonly string[] {
  return [...new Set(observables.flatMap(({ jobId }) => (jobId === undefined ? [] : [jobId])))];
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return "an earlier job";
  return names.length < 3 ? names.join(" and ") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
