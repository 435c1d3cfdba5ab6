import { CiFixError } from "@ci-fix/codemod";
import type { Database, Queries } from "./types.ts";

/** Everything that a campaign knows. Times are milliseconds since 1970 by the database's clock, so that machines need not agree. */
const TABLES = `
create schema if not exists ci_fix;
create table if not exists ci_fix.format (
  number integer primary key
);
create table if not exists ci_fix.campaign (
  name text primary key,
  settings jsonb not null,
  created float8 not null,
  round integer not null default 0,
  round_since float8
);
create table if not exists ci_fix.repository (
  campaign text not null references ci_fix.campaign,
  id text not null,
  source text not null,
  kind text not null,
  name text not null,
  host text not null,
  organisation text not null,
  state text not null,
  reason text not null default '',
  detail text not null default '',
  head_ref text,
  head text,
  scanned_by text,
  judged jsonb not null default '[]',
  errors jsonb not null default '[]',
  plan text,
  plan_body jsonb,
  merged jsonb not null default '[]',
  base text,
  tip text,
  tips jsonb not null default '[]',
  pushed text,
  pull integer,
  pull_url text,
  declined jsonb not null default '[]',
  taken_back jsonb not null default '[]',
  failed_in text,
  tries integer not null default 0,
  next_at float8,
  step jsonb,
  ticket text,
  worker text,
  held boolean not null default false,
  round integer not null default 0,
  beat float8,
  updated float8 not null,
  primary key (campaign, id)
);
create index if not exists repository_open on ci_fix.repository (campaign, id) where ticket is not null;
create index if not exists repository_ticket on ci_fix.repository (ticket) where ticket is not null;
create index if not exists repository_held on ci_fix.repository (host) where worker is not null;
create table if not exists ci_fix.event (
  seq bigserial primary key,
  campaign text not null,
  repository text not null,
  name text not null,
  at float8 not null,
  state text not null,
  detail jsonb not null
);
create index if not exists event_campaign on ci_fix.event (campaign, seq);
create table if not exists ci_fix.judgement (
  key text not null,
  variant text not null,
  needs jsonb not null,
  body jsonb not null,
  primary key (key, variant)
);
create table if not exists ci_fix.content (
  digest text primary key,
  bytes bytea not null
);
create table if not exists ci_fix.pace (
  name text primary key,
  promised float8 not null
);
create table if not exists ci_fix.creation (
  pace text not null references ci_fix.pace,
  id text not null,
  started float8 not null,
  ended float8,
  primary key (pace, id)
);
create table if not exists ci_fix.risk (
  campaign text not null,
  key text not null,
  id text not null,
  body jsonb not null,
  primary key (campaign, key)
);
`;

/** Counts up with each change of the tables above. */
const FORMAT = 2;

/** True where tables stand that are not those above; a ledger of the first days says no number. */
async function isOther(queries: Queries): Promise<boolean> {
  const [stands] = await queries.query<{ campaign: boolean; format: boolean }>(
    "select to_regclass('ci_fix.campaign') is not null as campaign, to_regclass('ci_fix.format') is not null as format",
  );
  if (stands?.campaign !== true) return false;
  if (!stands.format) return true;
  const [format] = await queries.query<{ number: number }>("select number from ci_fix.format");
  return format?.number !== FORMAT;
}

/**
 * Makes what is missing. Two processes may do so at once.
 * @throws CiFixError `CI_FIX_OTHER_LEDGER` where another version of ci-fix made the tables
 */
export async function prepareSchema(database: Database): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query("select pg_advisory_xact_lock($1)", [0x63_69_66_69]);
    if (await isOther(queries))
      throw new CiFixError("CI_FIX_OTHER_LEDGER", "the ledger was made by another version of ci-fix", {
        hint: "finish its campaigns with that version, or begin anew with another --state or --database",
      });
    await queries.query(TABLES);
    await queries.query("insert into ci_fix.format values ($1) on conflict do nothing", [FORMAT]);
  });
}

/** Milliseconds since 1970, by the database. */
export const NOW = "(extract(epoch from clock_timestamp()) * 1000)";
