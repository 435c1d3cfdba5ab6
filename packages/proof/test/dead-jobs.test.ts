import { describe, expect, it } from "vitest";
import { fix } from "./fixing.ts";
import { claim, prove, workflow } from "./models.ts";

describe("dead jobs", () => {
  const before = workflow(`
    pick:
      runs-on: ubuntu-latest
      steps:
        - run: make pick
    build:
      needs: pick
      if: false
      runs-on: ubuntu-latest
      steps:
        - run: make build
    test:
      needs: [build, pick]
      runs-on: ubuntu-latest
      steps:
        - run: make test
    ship:
      needs: pick
      runs-on: ubuntu-latest
      steps:
        - run: make ship`);
  const drop = (text: string, ...ids: readonly string[]): string =>
    ids.reduce((left, id) => left.replace(new RegExp(`  ${id}:\\n(?:    .*\\n)+`, "u"), ""), text);

  it("change nothing when both are dropped; only their checks are gone", () => {
    const proof = fix(before, drop(before, "build", "test"));
    expect(proof.judgement).toBe("no-change");
    expect(proof.certificate.caveats).toMatchObject([{ kind: "check-gone", jobs: ["build", "test"] }]);
    expect(claim(proof, "bites").reason).toBe("job build could never run; job test could never run");
  });

  it("change nothing for the only job that they waited for, whose result nobody asks for any more", () => {
    const old = workflow(`
      check:
        runs-on: ubuntu-latest
        steps:
          - run: make check
      valgrind:
        needs: check
        if: \${{ false }}
        runs-on: ubuntu-latest
        steps:
          - run: make valgrind`);
    expect(fix(old, drop(old, "valgrind")).judgement).toBe("no-change");
  });

  it("cannot be judged when the one that is needed goes alone: such a file would be rejected", () => {
    const proof = prove(before, drop(before, "build"));
    expect([proof.judgement, proof.breaks]).toEqual(["unknown", true]);
    expect(claim(proof, "never-weaker").reason).toContain("a job that is not there");
    const back = prove(drop(before, "build"), before);
    expect([back.judgement, back.breaks]).toEqual(["unknown", false]);
  });

  it("come to life when the need is dropped as well", () => {
    const proof = prove(before, drop(before, "build").replace("[build, pick]", "pick"));
    expect(proof.judgement).toBe("bites");
    expect(proof.certificate.caveats.map(({ kind, jobs }) => [kind, jobs])).toContainEqual(["runs-more", ["test"]]);
  });
});
