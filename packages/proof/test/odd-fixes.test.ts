import { describe, expect, it } from "vitest";
import { checkCertificate, type Judgement } from "../src/index.ts";
import { bytes, prove, workflow } from "./models.ts";

const soft = "continue-on-error: true";

/** A change and its inverse, each with a certificate that stands where every case of the whole file is run. */
function expectHonest(before: string, after: string, files: Readonly<Record<string, string>> = {}): Judgement {
  const load = (path: string): Uint8Array | undefined => (files[path] === undefined ? undefined : bytes(files[path]));
  const [there, back] = [
    [before, after],
    [after, before],
  ].map(([old = "", now = ""]) => {
    const proof = prove(old, now, { load });
    const result = checkCertificate(proof.certificate, bytes(old), bytes(now), load, { most: 20_000 });
    expect(result.problems, old).toEqual([]);
    expect(result.method, old).toBe("enumerated");
    return proof.judgement;
  });
  if (there === "bites") expect(back).toBe("weaker");
  return there ?? "unknown";
}

describe("a job outside of the change that can be red for the same reason", () => {
  const bad = "fromJSON(github.event.flag)";
  const text = (condition: string, other: string): string =>
    workflow(`
    unit:
      runs-on: x
      steps:
        - if: ${condition}
          run: make unit
    other:
      ${other}`);
  const inner = (steps: string): string => `on: workflow_call\njobs:\n  deep:\n    runs-on: x\n    steps:\n${steps}`;
  const files = {
    ".github/workflows/bad.yml": inner(`      - if: ${bad}\n        run: make deep\n`),
    ".github/workflows/closed.yml": inner("      - run: make deep\n").replace("runs-on", `if: ${bad}\n    runs-on`),
    ".github/workflows/deep.yml":
      "on: workflow_call\njobs:\n  good:\n    runs-on: x\n    steps: [{ run: make good }]\n  all:\n    uses: ./.github/workflows/bad.yml\n",
    ".github/workflows/good.yml": inner("      - run: make deep\n"),
    "tools/action.yml": `runs:\n  using: composite\n  steps:\n    - if: ${bad}\n      run: make tools\n      shell: bash\n`,
  };

  it.each([
    ["by a condition of a step", `runs-on: x\n      steps: [{ run: make a }, { if: ${bad}, run: make other }]`],
    ["by its own condition", `if: ${bad}\n      runs-on: x\n      steps: [{ run: make other }]`],
    ["by an environment", `runs-on: x\n      steps: [{ run: make other, env: { A: b, X: "\${{ ${bad} }}" } }]`],
    ["by a composite action", "runs-on: x\n      steps: [{ run: make a }, { uses: ./tools }]"],
    ["by a called workflow", "uses: ./.github/workflows/bad.yml"],
    ["by the condition of a job of a called workflow", "uses: ./.github/workflows/closed.yml"],
    ["by a workflow that a called one calls", "uses: ./.github/workflows/deep.yml"],
  ])("%s", (_what, other) => {
    expect(expectHonest(text(bad, other), text("true", other), files)).toBe("weaker");
    const proof = prove(text(bad, other), text("true", other), {
      load: (path) => (path in files ? bytes(files[path as keyof typeof files]) : undefined),
    });
    // The run is as red as it was: only the check of the changed job is not.
    const claim = proof.certificate.claims.find(({ name }) => name === "never-weaker");
    expect(claim?.observed.map(({ observable, verdict }) => [observable, verdict])).toEqual([
      ["run", "proved"],
      ["check of unit", "refuted"],
    ]);
  });

  it.each([
    ["runs nothing of the kind", "runs-on: x\n      steps: [{ run: make other }]"],
    ["calls nothing of the kind", "uses: ./.github/workflows/good.yml"],
    ["is called by nobody", "uses: ./.github/workflows/none.yml"],
  ])("is none where it %s", (_what, other) => {
    expect(expectHonest(text(bad, other), text("true", other), files)).toBe("weaker");
    expect(prove(text(bad, other), text("true", other)).certificate.claims[0]?.observed[0]?.verdict).toBe("refuted");
  });
});

describe("a job that is not changed, before one that is", () => {
  const text = (job: string, condition: string, isSoft: boolean): string =>
    workflow(`
    first:
      ${job}
    ship:
      if: ${condition}
      needs: first
      ${isSoft ? soft : "name: Ship"}
      runs-on: x
      steps:
        - run: make ship
    done:
      needs: [ship, first]
      runs-on: x
      steps:
        - run: make done`);
  const files = {
    "tools/action.yml":
      "runs:\n  using: composite\n  steps:\n    - run: make tools\n      shell: bash\n      continue-on-error: true\n",
  };
  const jobs = [
    "{ runs-on: x, steps: [{ run: make a }, { run: make b, if: github.ref == 'x' }] }",
    "{ runs-on: x, steps: [{ run: make a, if: github.ref == 'x' }] }",
    "{ runs-on: x, steps: [{ run: make a, continue-on-error: true }] }",
    "{ runs-on: x, steps: [{ run: make a, continue-on-error: true }, { run: make b }] }",
    "{ runs-on: x, steps: [{ uses: ./tools }] }",
    "{ runs-on: x, steps: [{ uses: ./tools }, { run: make a }] }",
    "{ runs-on: x, steps: [{ uses: actions/cache@v4 }] }",
    "{ runs-on: x, steps: [{ run: make a }, { run: make b, if: fromJSON(github.event.flag) }] }",
    '{ runs-on: x, steps: [{ run: make a, env: { A: "${{ fromJSON(github.event.flag) }}" } }] }',
    "{ if: github.ref == 'x', runs-on: x, steps: [{ run: make a }] }",
    "{ continue-on-error: true, runs-on: x, steps: [{ run: make a }] }",
    "{ runs-on: x, outputs: { x: '${{ steps.a.outputs.x }}' }, steps: [{ id: a, run: make a, if: github.ref == 'x' }, { run: make b }] }",
    "{ uses: ./.github/workflows/none.yml }",
  ];
  const conditions = [
    "always()",
    "success()",
    "needs.first.result == 'success'",
    "always() && needs.first.outputs.x == 'y'",
    "always() && needs.FIRST.outputs['x'] == 'y'",
    "always() && toJSON(needs) != ''",
    "always() && contains(needs.*.outputs.x, 'y')",
    "github.ref == 'x' && always()",
    "failure()",
    "fromJSON(github.event.flag)",
  ];

  it.each(jobs)("%s", (job) => {
    for (const condition of conditions) expectHonest(text(job, condition, true), text(job, condition, false), files);
  });
});

describe("jobs in any order, under any name", () => {
  const chain = (isSoft: boolean): string =>
    workflow(`
    d:
      needs: [C]
      runs-on: x
      steps:
        - run: make d
    c:
      if: always()
      needs: [B, e]
      runs-on: x
      steps:
        - run: make c
    b:
      needs: A
      runs-on: x
      steps:
        - run: make b
    E:
      runs-on: x
      steps:
        - run: make e
    a:
      runs-on: x
      steps:
        - run: make a
          name: make a
          ${isSoft ? soft : "# strict"}
    aside:
      runs-on: x
      steps:
        - run: make aside`);

  it("is the same chain", () => {
    expect(expectHonest(chain(true), chain(false))).toBe("bites");
    const proof = prove(chain(true), chain(false));
    expect(proof.certificate.claims[0]?.observed.map(({ observable }) => observable)).toEqual([
      "run",
      "check of a",
      "needs.a.result",
      "check of b",
      "needs.b.result",
      "check of d",
    ]);
  });

  it("ends where a job comes or goes that others wait for", () => {
    const without = workflow("a:\n  runs-on: x\n  steps:\n    - run: make a");
    const dead = `${without}  b:\n    if: false\n    needs: a\n    runs-on: x\n    steps:\n      - run: make b\n`;
    expect(expectHonest(dead, without)).toBe("no-change");
    expect(prove(without, dead).judgement).toBe("no-change");
  });
});
