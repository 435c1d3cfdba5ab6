import type { LogEntry } from "@ci-fix/git";
import { type Landing, type LogEvent, readEvents } from "../message.ts";

/** A commit that put a risk's fix into effect. `landing` is undefined where it carries no trailers and was found by its effect. */
export interface FoundLanding {
  readonly commit: LogEntry;
  readonly landing: Landing | undefined;
}

export type LandingSearch =
  | { readonly kind: "landed"; readonly found: FoundLanding }
  | { readonly kind: "rolled-back"; readonly commit: LogEntry }
  | { readonly kind: "none" };

/** The newest word of the history on a risk: landed, taken back, or nothing. `log` is newest first. */
export function searchTrailers(log: readonly LogEntry[], id: string): LandingSearch {
  for (const commit of log) {
    const events = readEvents(commit.message).filter((event) => idsOf(event).includes(id));
    // A squash may hold both in either order; whether the fix is in effect is then read off the file.
    const event = events.find(({ kind }) => kind === "landed") ?? events[0];
    if (event?.kind === "landed") return { kind: "landed", found: { commit, landing: event.landing } };
    if (event?.kind === "rolled-back") return { kind: "rolled-back", commit };
  }
  return { kind: "none" };
}

function idsOf(event: LogEvent): readonly string[] {
  return event.kind === "landed" ? event.landing.ids : event.ids;
}

/** Ids of the risks whose fix stands in this history: landed, and not taken back since. `log` is newest first. */
export function landedIds(log: readonly LogEntry[]): ReadonlySet<string> {
  const ids = new Set(log.flatMap(({ message }) => readEvents(message).flatMap(idsOf)));
  return new Set([...ids].filter((id) => searchTrailers(log, id).kind === "landed"));
}

/** A commit with the risks that it lands and those that it takes back, by its trailers. */
export interface ToldCommit {
  readonly commit: LogEntry;
  readonly landed: readonly string[];
  readonly rolledBack: readonly string[];
}

/** What each commit of a log does to risks, in the order of the log. */
export function tellLandings(log: readonly LogEntry[]): ToldCommit[] {
  return log.map((commit) => {
    const events = readEvents(commit.message);
    const idsWhere = (kind: LogEvent["kind"]): string[] => events.filter((event) => event.kind === kind).flatMap(idsOf);
    return { commit, landed: idsWhere("landed"), rolledBack: idsWhere("rolled-back") };
  });
}
