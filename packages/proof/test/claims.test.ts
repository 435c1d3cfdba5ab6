import { describe, expect, it } from "vitest";
import { fix, without } from "./fixing.ts";
import { bytes, claim, prove, steps, workflow } from "./models.ts";

const soft = "continue-on-error: true";

describe("a soft-fail that is taken away", () => {
  it("bites from a step that runs", () => {
    const before = steps(`\n- run: make test\n  ${soft}\n- run: make report`);
    const proof = fix(before, without(before));
    expect(proof.judgement).toBe("bites");
    expect(claim(proof, "never-weaker").verdict).toBe("proved");
    expect(claim(proof, "same-when-all-is-well").verdict).toBe("proved");
    expect(proof.certificate.cases[0]).toEqual({
      choices: [{ kind: "outcome", key: "unit / make test", value: "failure" }],
      seen: [
        { observable: "run", before: "success", after: "failure" },
        { observable: "check of unit", before: "success", after: "failure" },
      ],
    });
  });

  it("is shown in the plainest case: one failure, and no odd one", () => {
    const action = steps(`\n- uses: actions/cache@v4\n  ${soft}\n- run: make report`);
    expect(fix(action, without(action)).certificate.cases[0]?.choices).toEqual([
      { kind: "outcome", key: "unit / actions/cache", value: "failure" },
    ]);
    const legs = workflow(`
      unit:
        ${soft}
        strategy: { matrix: { os: [linux, mac, windows] } }
        runs-on: x
        steps:
          - run: make test
          - if: matrix.os != 'mac'
            run: make more`);
    expect(fix(legs, without(legs)).certificate.cases[0]?.choices).toHaveLength(1);
  });

  it("does not bite where the step only runs after a failure", () => {
    const before = steps(`\n- run: make test\n- if: failure()\n  run: make dump\n  ${soft}`);
    const proof = fix(before, without(before));
    expect(proof.judgement).toBe("no-change");
    expect(claim(proof, "bites").reason).toBe(
      'step "make dump" only runs after a failure, when the job is red already',
    );
  });

  it("does not bite where the step never runs", () => {
    const before = steps(`\n- run: make test\n- if: false\n  run: make dump\n  ${soft}`);
    expect(claim(fix(before, without(before)), "bites").reason).toBe('step "make dump" never runs');
  });

  it("does not bite where it says false", () => {
    const before = steps(`\n- run: make test\n  continue-on-error: false`);
    const proof = fix(before, without(before, "continue-on-error"));
    expect(claim(proof, "bites").reason).toContain("its continue-on-error is never true");
  });

  it("leaves the run green where the job is soft-failed as well, and says so", () => {
    const before = steps(`\n- run: make test\n  ${soft}`).replace("    runs-on", `    ${soft}\n    runs-on`);
    const after = without(before.replace(`    ${soft}\n    runs-on`, "    JOB\n    runs-on")).replace(
      "    JOB",
      `    ${soft}`,
    );
    const proof = fix(before, after);
    expect(claim(proof, "bites").observed.map(({ observable, verdict }) => [observable, verdict])).toEqual([
      ["run", "refuted"],
      ["check of unit", "proved"],
    ]);
    expect(proof.certificate.caveats.map(({ kind }) => kind)).toEqual(["run-stays-green"]);
  });

  it("from a job turns the run red, and what waits for it is skipped", () => {
    const before = workflow(`
      probe:
        ${soft}
        runs-on: ubuntu-latest
        steps:
          - run: make probe
      ship:
        name: Ship it
        needs: probe
        runs-on: ubuntu-latest
        steps:
          - run: make ship`);
    const proof = fix(before, without(before), { requiredChecks: ["Ship it"] });
    expect(proof.judgement).toBe("bites");
    const [caveat] = proof.certificate.caveats;
    expect(caveat).toMatchObject({ kind: "red-moved", jobs: ["ship"], required: true });
    expect(caveat?.message).toContain("always()");
    const required = (check: string): boolean | undefined =>
      prove(before, without(before), { requiredChecks: [check] }).certificate.caveats[0]?.required;
    expect(["ship", "Ship it (linux)", "Ship it / test"].map(required)).toEqual([true, true, true]);
    expect(["probe", "Ship it all", "Ship"].map(required)).toEqual([false, false, false]);
    expect(prove(before, without(before)).certificate.caveats[0]?.required).toBeUndefined();
  });

  it("names the gate job that is red whenever the run is", () => {
    const before = workflow(`
      probe:
        runs-on: ubuntu-latest
        steps:
          - run: make probe
            ${soft}
      ship:
        needs: probe
        runs-on: ubuntu-latest
        steps:
          - run: make ship
      done:
        if: always()
        needs: [probe, ship]
        runs-on: ubuntu-latest
        steps:
          - if: contains(needs.*.result, 'failure')
            uses: ./tools/fail`);
    const load = (file: string): Uint8Array | undefined =>
      file === "tools/fail/action.yml"
        ? bytes("runs:\n  using: composite\n  steps:\n    - if: fromJSON('{')\n      run: exit 1\n      shell: bash\n")
        : undefined;
    expect(fix(before, without(before), { load }).certificate.caveats[0]?.message).toContain(
      "done is red whenever the run is",
    );
    expect(fix(before, without(before)).certificate.caveats[0]?.message).not.toContain("done is red");
  });
});

describe("a weakening", () => {
  it("is refuted with a case", () => {
    const before = steps("\n- run: make test");
    const proof = prove(before, before.replace("make test", `make test\n        ${soft}`));
    expect(proof.judgement).toBe("weaker");
    const refuted = claim(proof, "never-weaker").observed[0];
    expect(refuted?.verdict).toBe("refuted");
    expect(proof.certificate.cases[refuted?.case ?? -1]?.seen[0]).toEqual({
      observable: "run",
      before: "failure",
      after: "success",
    });
  });

  it("is found where a gate loses one of those it watches", () => {
    const gate = (watched: string): string =>
      workflow(`
        unit:
          runs-on: ubuntu-latest
          ${soft}
          steps:
            - run: make unit
        style:
          runs-on: ubuntu-latest
          steps:
            - run: make style
        done:
          if: always() && (${watched})
          needs: [unit, style]
          runs-on: ubuntu-latest
          steps:
            - run: make done`);
    const proof = prove(gate("true"), gate("needs.unit.result == 'failure'"));
    expect(proof.judgement).toBe("weaker");
  });
});

describe("where the bite can be seen", () => {
  const guarded = (condition: string): string =>
    workflow(`
      score:
        if: ${condition}
        runs-on: ubuntu-latest
        steps:
          - run: make score`);

  it("upstream only behind a fork guard (the third case of the audit: `false && X`)", () => {
    const before = guarded("false && github.repository == 'tidewright/tidewright'");
    const after = guarded("github.repository == 'tidewright/tidewright'");
    const { evidence } = fix(before, after, { evidence: { repository: "someone/tidewright" } }).certificate;
    expect(evidence).toEqual({
      observable: "upstream-only",
      upstream: { "github.repository": "tidewright/tidewright" },
      here: { repository: "someone/tidewright", bites: false },
    });
    const upstream = prove(before, after, { evidence: { repository: "Tidewright/Tidewright" } });
    expect(upstream.certificate.evidence.here?.bites).toBe(true);
  });

  it("anywhere without one", () => {
    expect(
      fix(guarded("false && github.ref == 'x'"), guarded("github.ref == 'x'")).certificate.evidence.observable,
    ).toBe("anywhere");
  });

  it("nowhere if it does not bite", () => {
    expect(fix(guarded("false"), guarded("false && true")).certificate.evidence.observable).toBe("nowhere");
  });
});

describe("what cannot be judged", () => {
  it.each([
    ["a condition that does not parse", steps("\n- if: (\n  run: make test"), "would be rejected"],
    ["no workflow", "name: nothing\n", "no workflow"],
    ["no YAML", "on: [\n", "would be rejected"],
  ])("%s", (_what, text, reason) => {
    const proof = prove(steps("\n- run: make test"), text);
    expect(proof.judgement).toBe("unknown");
    expect(claim(proof, "never-weaker").reason).toContain(reason);
  });
});

describe("what both sides have in common", () => {
  it("is played alike, where only one side asks for the outputs of a job", () => {
    const text = (condition: string): string =>
      workflow(`
        pick:
          outputs:
            all: \${{ steps.read.outputs.all }}
          runs-on: ubuntu-latest
          steps:
            - run: make pick
            - id: read
              run: make read
        unit:
          ${condition}
          needs: pick
          runs-on: ubuntu-latest
          steps:
            - run: make unit`);
    const proof = fix(text("if: needs.pick.outputs.all != ''"), text("name: unit"));
    expect(claim(proof, "no-change").observed.map(({ observable }) => observable)).toEqual(["run", "check of unit"]);
  });

  it("can be red for the same reason in a job that the change does not touch", () => {
    const text = (condition: string): string =>
      workflow(`
        unit:
          runs-on: ubuntu-latest
          steps:
            - run: make unit
              ${condition}
        other:
          runs-on: ubuntu-latest
          steps:
            - run: make other
              if: fromJSON(github.event.flags).on`);
    const proof = fix(text("if: fromJSON(github.event.flags).on"), text("continue-on-error: false"));
    const weaker = claim(proof, "never-weaker").observed;
    expect(weaker.map(({ observable, verdict }) => [observable, verdict])).toEqual([
      ["run", "proved"],
      ["check of unit", "refuted"],
    ]);
  });
});
