export interface Postgres {
  /** `postgres://postgres@127.0.0.1:PORT/postgres` */
  readonly address: string;
  stop(): Promise<void>;
}

/** A Postgres of its own on loopback, in a folder that goes away; undefined where none is installed. */
export function startPostgres(): Promise<Postgres | undefined>;
