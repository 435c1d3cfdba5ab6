import { randomUUID } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { type Database, openDatabase, paceMemory } from "../src/index.ts";
import { stateFolder, temporaryFolder } from "./fleet.ts";
import { startPostgres } from "./postgres.mjs";

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

/** Adds uses from several workers at once, and tells what is known in the end. */
async function shared(databases: readonly Database[]): Promise<{ uses: number; others: number; isTime: boolean }> {
  const add = (database: Database): Promise<void> =>
    paceMemory(database)("host").change(({ uses }, now) => void uses.push({ id: randomUUID(), start: now }));
  await Promise.all(databases.flatMap((database) => Array.from({ length: 8 }, () => add(database))));
  const last = paceMemory(databases[0]!);
  const count = (name: string): Promise<number> => last(name).change(({ uses }) => uses.length);
  const isTime = await last("host").change(({ uses }, now) => uses.every(({ start }) => start <= now));
  return { uses: await count("host"), others: await count("another host"), isTime };
}

it("remembers every creation, also when the next run opens the ledger", async () => {
  const state = await stateFolder();
  const database = await openDatabase({ state });
  expect(await shared([database])).toEqual({ uses: 8, others: 0, isTime: true });
  await database.close();
  const again = await openDatabase({ state });
  expect(await paceMemory(again)("host").change(({ uses }) => uses.length)).toBe(8);
  await again.close();
});

it("keeps what was begun, ended, forgotten and promised", async () => {
  const database = await openDatabase({ state: await stateFolder() });
  const memory = paceMemory(database)("host");
  await memory.change((state) => {
    state.uses = ["a", "b", "c"].map((id, index) => ({ id, start: index }));
    state.promised = 7;
  });
  await memory.change((state) => {
    const [, second, third] = state.uses;
    second!.end = 9;
    state.uses = [second!, third!];
  });
  expect(await memory.change((state) => state)).toEqual({
    uses: [
      { id: "b", start: 1, end: 9 },
      { id: "c", start: 2 },
    ],
    promised: 7,
  });
  await database.close();
});

it.skipIf(postgres === undefined)("is one for all workers on a Postgres", async () => {
  const open = (): Promise<Database> => openDatabase({ state: temporaryFolder(), database: postgres!.address });
  const databases = [await open(), await open()];
  expect(await shared(databases)).toEqual({ uses: 16, others: 0, isTime: true });
  for (const database of databases) await database.close();
});
