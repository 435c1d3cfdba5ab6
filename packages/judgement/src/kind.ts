/** What a piece of work is worth to a run. `prepare` makes other work possible, `chore` looks around or cleans up. */
export type Kind = "critical" | "delivery" | "advisory" | "best-effort" | "prepare" | "chore" | "unknown";

/** A kind with the fact behind it: what it is (`a test runner`) and where it was seen (`pytest`). */
export interface Judged {
  readonly kind: Kind;
  readonly what: string;
  readonly seen: string;
  /** Nothing but the name of a task says so: `npm run coverage`. */
  readonly byName?: boolean;
}
