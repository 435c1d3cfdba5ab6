import type { Allowed } from "../engine/cases.ts";
import { FAULT, type Diagram, type Term, type Variable } from "../engine/diagram.ts";
import { FAILURE } from "../model/world.ts";
import type { Claim, ClaimName, ObservedClaim } from "../types.ts";
import type { CaseBook } from "./case-book.ts";
import type { Observable, Side, Sides } from "./sides.ts";

/** Everything that runs succeeds, and every condition can be evaluated. */
const allIsWell: Allowed = ({ kind }: Variable, term: Term) =>
  term !== FAULT && (kind !== "outcome" || term === "success");

/** Claims that a run which does not come about can break. */
const OF_ALL_RUNS = new Set<ClaimName>(["never-weaker", "no-change"]);

/** Works out all claims about each thing that differs; what is the same on both sides needs no work. */
export function claimsOf(sides: Sides, book: CaseBook): readonly Claim[] {
  const differing = sides.observables.filter(({ kind, before, after }) => kind === "run" || before !== after);
  const of = (name: ClaimName, observe: (each: Observable) => ObservedClaim): Claim => {
    const observed = differing.map(observe);
    const verdict = overall(name, observed);
    const isDoubtful = sides.doubt !== undefined && verdict === "proved" && OF_ALL_RUNS.has(name);
    return isDoubtful ? { name, verdict: "unknown", reason: sides.doubt, observed: [] } : { name, verdict, observed };
  };
  return [
    of("never-weaker", (each) => against(each, book, weakened(sides, each))),
    of("same-when-all-is-well", (each) => against(each, book, redChanged(sides, each), allIsWell)),
    of("bites", (each) => biting(each, book, turnedRed(sides, each))),
    of("no-change", (each) => against(each, book, sides.world.logic.differs(each.before, each.after))),
  ];
}

function overall(name: ClaimName, observed: readonly ObservedClaim[]): Claim["verdict"] {
  if (name !== "bites") return observed.some(({ verdict }) => verdict === "refuted") ? "refuted" : "proved";
  return observed.some(({ verdict }) => verdict === "proved") ? "proved" : "refuted";
}

/**
 * Where red is lost. The check of a job that is not red any more because one that it waits for has failed now, and had not
 * before, has lost nothing: the red has moved to where it belongs. That is a caveat, not a weakening.
 */
function weakened({ world: { logic }, before, after }: Sides, each: Observable): Diagram {
  const lost = logic.and(logic.is(each.before, FAILURE), logic.not(logic.is(each.after, FAILURE)));
  if (each.kind === "run" || lost === logic.no) return lost;
  const failed = ({ ends }: Side, id: string): Diagram => logic.is(ends.get(id)?.result ?? logic.no, FAILURE);
  const moved = logic.any(
    [...ancestorsOf(after, each.jobId ?? "")].map((id) => logic.and(failed(after, id), logic.not(failed(before, id)))),
  );
  return logic.and(lost, logic.not(moved));
}

/** Where the check of a job loses its red to one that it waits for. */
export function movedRed(sides: Sides, each: Observable): Diagram {
  const { logic } = sides.world;
  const lost = logic.and(logic.is(each.before, FAILURE), logic.not(logic.is(each.after, FAILURE)));
  return logic.and(lost, logic.not(weakened(sides, each)));
}

export function turnedRed({ world: { logic } }: Sides, { before, after }: Observable): Diagram {
  return logic.and(logic.is(after, FAILURE), logic.not(logic.is(before, FAILURE)));
}

function redChanged({ world: { logic } }: Sides, { before, after }: Observable): Diagram {
  return logic.differs(logic.is(before, FAILURE), logic.is(after, FAILURE));
}

function against(each: Observable, book: CaseBook, goal: Diagram, allowed?: Allowed): ObservedClaim {
  const found = book.find(goal, allowed);
  if (found === undefined) return { observable: each.name, verdict: "proved" };
  return { observable: each.name, verdict: "refuted", case: book.keep(found) };
}

function biting(each: Observable, book: CaseBook, goal: Diagram): ObservedClaim {
  // `needs` is no place where anybody sees red.
  const found = each.kind === "needs" ? undefined : book.find(goal);
  if (found === undefined) return { observable: each.name, verdict: "refuted" };
  return { observable: each.name, verdict: "proved", case: book.keep(found) };
}

/** All jobs that a job waits for, through others too. */
export function ancestorsOf({ ends }: Sides["after"], id: string): ReadonlySet<string> {
  const found = new Set(ends.get(id)?.job.needs.ids.map((need) => need.toLowerCase()));
  for (const next of found) for (const need of ends.get(next)?.job.needs.ids ?? []) found.add(need.toLowerCase());
  return found;
}
