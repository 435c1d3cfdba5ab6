import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Oracle, Unfollowed } from "../src/model/engine.ts";
import { Run } from "../src/model/run.ts";
import { parseScript } from "../src/parse.ts";
import { generated, type Generated } from "./arbitrary.ts";
import { hasBash, hasDash, realStatus } from "./real-shell.ts";

interface Options {
  readonly errexit: boolean;
  readonly pipefail: boolean;
}

/** What the model says the script exits with; undefined where it does not follow it. */
function predicted(dialect: "bash" | "sh", { script, statuses }: Generated, options: Options): number | undefined {
  const oracle: Oracle = {
    statusOf: ({ name }) => statuses[name?.value ?? ""] ?? 0,
    choose: () => {
      throw new Unfollowed("a question");
    },
  };
  const tree = parseScript(script);
  if (tree === undefined) throw new Error(`does not parse: ${script}`);
  try {
    return new Run(oracle).exitStatus(tree, { dialect, ...options });
  } catch (error) {
    if (error instanceof Unfollowed) return undefined;
    throw error;
  }
}

const options = fc.record({ errexit: fc.boolean(), pipefail: fc.boolean() });

describe("the model of the shell ends as a real shell does", () => {
  it.skipIf(!hasBash)("bash", () => {
    let followed = 0;
    const property = fc.property(generated("bash"), options, (each, given) => {
      const said = predicted("bash", each, given);
      if (said === undefined) return;
      followed += 1;
      const flags = [given.errexit ? "-e" : "+e", given.pipefail ? "-o" : "+o", "pipefail"];
      expect(realStatus("bash", flags, each.script, each.statuses), each.script).toBe(said);
    });
    fc.assert(property, process.env["CI_FIX_FUZZ_RUNS"] === undefined ? { numRuns: 400 } : {});
    expect(followed).toBeGreaterThan(200);
  });

  it.skipIf(!hasDash)("dash, as sh", () => {
    const property = fc.property(generated("sh"), fc.boolean(), (each, errexit) => {
      const said = predicted("sh", each, { errexit, pipefail: false });
      if (said === undefined) return;
      expect(realStatus("dash", errexit ? ["-e"] : [], each.script, each.statuses), each.script).toBe(said);
    });
    fc.assert(property, process.env["CI_FIX_FUZZ_RUNS"] === undefined ? { numRuns: 200 } : {});
  });
});
