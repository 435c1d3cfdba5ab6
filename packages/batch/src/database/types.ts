/** One row of an answer. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs SQL with `$1`-style values. Without values the text may hold several statements. */
export interface Queries {
  query<T = Row>(sql: string, values?: readonly unknown[]): Promise<T[]>;
}

/** The ledger's database: embedded for one machine, a server for many. The same SQL runs on both. */
export interface Database extends Queries {
  readonly kind: "embedded" | "server";
  /** Runs work in one transaction: all of it is written, or none. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
