import { join } from "node:path";
import { expect, it } from "vitest";
import { serveGit } from "../../../test/git-server.mjs";
import { openFleet, publish, temporaryFolder, workflow } from "./fleet.ts";

it("a worker keeps a repository that takes longer than its heart beats apart", async () => {
  const root = temporaryFolder();
  publish(join(root, "slow.git"), { ".github/workflows/ci.yml": workflow("slow") });
  const server = await serveGit(root);
  let asked = 0;
  server.intercept = async (request) => {
    if (request.url?.includes("info/refs") === true && asked++ === 0)
      await new Promise((resolve) => setTimeout(resolve, 12_000));
    return false;
  };
  const fleet = await openFleet();
  await fleet.plan(`${server.url}/slow.git`);
  expect(await fleet.states()).toEqual({ slow: "planned" });
  // One copy and one fetch of its blobs: nothing was begun twice.
  expect(server.stats.paths.filter((path) => path.includes("info/refs"))).toHaveLength(2);
  await fleet.close();
  await server.close();
});
