import { UsageError } from "./problems.ts";

/** A point in time as a person gave it. */
export interface GivenDate {
  /** `YYYY-MM-DD`, as written. */
  readonly day: string;
  /** As git wants it: seconds since 1970 and the zone. */
  readonly commitDate: string;
}

const SHAPE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Reads an ISO date or date-time. What is not said is midnight and UTC, so that the same words give the same commit everywhere. */
export function readDate(text: string): GivenDate {
  const [, day, time = "00:00", zone = "Z"] = SHAPE.exec(text) ?? [];
  const offset = zone === "Z" ? "+0000" : zone.replace(":", "");
  const milliseconds =
    day === undefined
      ? Number.NaN
      : Date.parse(`${day}T${time}${zone === "Z" ? "Z" : `${offset.slice(0, 3)}:${offset.slice(3)}`}`);
  if (day === undefined || Number.isNaN(milliseconds) || !isDay(day)) {
    throw new UsageError(`"${text}" is not a date`, "write it like 2026-02-08 or 2026-02-08T10:30:00+01:00");
  }
  return { day, commitDate: `${Math.floor(milliseconds / 1000)} ${offset}` };
}

/** Date.parse takes February 30th for a day in March. */
function isDay(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** Today, in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
