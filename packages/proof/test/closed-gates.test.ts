import { describe, expect, it } from "vitest";
import type { Proof, ScriptModel } from "../src/index.ts";
import { prove, workflow } from "./models.ts";

describe("a gate that looks at results", () => {
  const gated = (condition: string): string =>
    workflow(`
    unit:
      runs-on: x
      steps:
        - run: make unit
    done:
      ${condition}
      needs: unit
      runs-on: x
      steps:
        - if: needs.unit.result == 'failure'
          run: exit 1
        - run: make ready`);
  const scripts: ScriptModel = ({ script }) => (script?.text === "exit 1" ? true : undefined);
  const closed = (): Proof => prove(gated("name: Done"), gated("if: always()"), { scripts });

  it("bites where the run is red already, as its check may be the required one, and says nothing of soft-fails", () => {
    const bites = closed();
    expect(bites.judgement).toBe("bites");
    expect(bites.certificate.cases[0]?.seen).toEqual([
      { observable: "run", before: "failure", after: "failure" },
      { observable: "check of done", before: "skipped", after: "failure" },
    ]);
    expect(bites.certificate.caveats.map(({ kind }) => kind)).toEqual(["runs-more"]);
  });

  it("is weakened when it is skipped: the red of the job before it was there all along", () => {
    expect(prove(gated("if: always()"), gated("name: Done"), { scripts }).judgement).toBe("weaker");
  });
});
