import { expect, it } from "vitest";
import { openDatabase } from "../src/index.ts";
import { stateFolder } from "./fleet.ts";

it.each([
  ["a version that counts further", "update ci_fix.format set number = number + 1"],
  ["a version that did not count yet", "drop table ci_fix.format"],
])("a ledger of %s is refused, and stays as it is", async (_version, sql) => {
  const state = await stateFolder();
  const database = await openDatabase({ state });
  await database.query(sql);
  await database.close();
  for (const _time of [1, 2])
    await expect(openDatabase({ state })).rejects.toMatchObject({ code: "CI_FIX_OTHER_LEDGER" });
});

it("a ledger of this version opens again", async () => {
  const state = await stateFolder();
  await (await openDatabase({ state })).close();
  const database = await openDatabase({ state });
  expect(await database.query("select number from ci_fix.format")).toHaveLength(1);
  await database.close();
});
