import { describe, expect, it } from "vitest";
import type { Certificate, ClaimName, Proof } from "../src/index.ts";
import { fix } from "./fixing.ts";
import { bytes, claim, open, prove, steps, workflow } from "./models.ts";

const SOFT = "continue-on-error: true";
const scripts = ({ script }: { readonly script?: { readonly text: string } | undefined }): true | undefined =>
  script?.text === "exit 1" ? true : undefined;

describe("where all is well", () => {
  const verdict = (proof: Proof): unknown => claim(proof, "same-when-all-is-well").verdict;
  const step = (line: string, script = "make test"): string => steps(`\n- run: make lint\n- run: ${script}\n  ${line}`);

  it("every condition can be evaluated", () => {
    const proof = prove(step("if: fromJSON(github.event.flag)"), step("name: make test"));
    expect(claim(proof, "never-weaker").verdict).toBe("refuted");
    expect(verdict(proof)).toBe("proved");
  });

  it("a context may say anything", () => {
    const before = step("if: github.ref == 'x'", "exit 1");
    expect(verdict(prove(before, step("name: make test", "exit 1"), { scripts }))).toBe("refuted");
  });
});

it("a condition that cannot be evaluated is told as a fault", () => {
  const before = steps("\n- run: make lint\n- if: fromJSON(github.event.flag)\n  run: make test");
  const { certificate } = prove(before, steps("\n- run: make lint\n- run: make test"));
  expect(certificate.cases.map(({ choices }) => choices)).toContainEqual([
    { kind: "answer", key: "fromjson(github.event.flag)", value: { fault: true } },
  ]);
});

describe("where it is not known which runs come about", () => {
  const text = (event: string, soft: string): string =>
    steps(`\n- run: make test\n  ${soft}`).replace("on: push", `on: ${event}`);
  const claims = (after: string): readonly unknown[] =>
    prove(text("push", "name: make test"), after).certificate.claims.map(({ name, verdict, observed }) => [
      name,
      verdict,
      observed.length > 0,
    ]);

  it("nothing is said of all of them", () => {
    expect(claims(text("pull_request", "name: make test"))).toEqual([
      ["never-weaker", "unknown", false],
      ["same-when-all-is-well", "proved", true],
      ["bites", "refuted", true],
      ["no-change", "unknown", false],
    ]);
  });

  it("but what is refuted", () => {
    expect(claims(text("pull_request", SOFT))).toEqual([
      ["never-weaker", "refuted", true],
      ["same-when-all-is-well", "proved", true],
      ["bites", "refuted", true],
      ["no-change", "refuted", true],
    ]);
  });
});

it("sides that were read before are proved alike", () => {
  const [before, after] = [steps(`\n- run: make test\n  ${SOFT}`), steps("\n- run: make test")];
  expect(prove(before, after, { before: open(before), after: open(after) })).toEqual(prove(before, after));
});

it("the result of an action is called that", () => {
  const action = (line: string): Uint8Array =>
    bytes(`name: x\nruns:\n  using: composite\n  steps:\n    - run: make test\n      shell: bash\n      ${line}\n`);
  const proof = prove("", "", { file: "action.yml", before: action(SOFT), after: action("name: make test") });
  expect(claim(proof, "bites").observed).toEqual([
    { observable: "run", verdict: "proved", case: 0 },
    { observable: "the action", verdict: "proved", case: 0 },
  ]);
  expect(proof.certificate.caveats).toEqual([]);
});

it("a job without steps is followed", () => {
  const text = (line: string): string =>
    workflow(`
      unit:
        ${line}
        runs-on: ubuntu-latest
        steps: []`);
  expect(prove(text(SOFT), text("name: unit")).judgement).toBe("no-change");
});

it("a job of a called workflow is none of the file itself, whatever it is called", () => {
  const called =
    "on: workflow_call\n" +
    workflow(`
    report:
      runs-on: ubuntu-latest
      steps:
        - if: always()
          run: make inner`).replace("on: push\n", "");
  const text = (line: string): string =>
    workflow(`
      all:
        uses: ./.github/workflows/all.yml
      report:
        if: failure()
        needs: all
        runs-on: ubuntu-latest
        steps:
          - run: make report
            ${line}`);
  const proof = prove(text(SOFT), text("name: make report"), { load: () => bytes(called) });
  expect(proof.certificate.cases[0]?.choices.map(({ key }) => key)).toEqual([
    "all / report / make inner",
    "report / make report",
  ]);
});

it("an output without ${{ }} is a text, whatever has run", () => {
  const text = (line: string): string =>
    workflow(`
      first:
        outputs:
          x: steps.s.outputs.x
        runs-on: ubuntu-latest
        steps:
          - id: s
            ${line}
            run: make first
            ${SOFT}
      second:
        if: needs.first.outputs.x == 'y'
        needs: first
        runs-on: ubuntu-latest
        steps:
          - run: make second`);
  expect(fix(text("if: github.ref == 'x'"), text("name: make first")).judgement).toBe("no-change");
});

it("legs of a matrix are the same on both sides, whichever side tells them apart", () => {
  const text = (line: string): string =>
    workflow(`
      unit:
        strategy: { matrix: { os: [linux, mac] } }
        runs-on: ubuntu-latest
        steps:
          - run: make test
            ${line}`);
  const observed = (before: string, after: string): readonly string[] =>
    claim(prove(text(before), text(after)), "no-change").observed.map(({ observable }) => observable);
  const [all, some] = ["name: make test", "if: matrix.os == 'linux'"];
  expect(observed(all, some)).toEqual(["run", "check of unit (os=mac)"]);
  expect(observed(some, all)).toEqual(["run", "check of unit (os=mac)"]);
});

describe("cases that are not told apart", () => {
  const counts = (before: string, after: string, options: Parameters<typeof prove>[2] = {}): Certificate["counts"] =>
    prove(before, after, options).certificate.counts;
  const unit = (soft: string, rest = ""): string =>
    workflow(`
      unit:
        ${rest}
        runs-on: ubuntu-latest
        steps:
          - run: make test
            ${soft}
      build:
        runs-on: ubuntu-latest
        steps:
          - run: make one
          - run: make two
          - run: make three`);
  const after = "name: make test";

  it("are those of jobs that the change has nothing to do with", () => {
    expect(counts(unit(SOFT), unit(after))).toEqual({ differing: 1, same: 1 });
  });

  it("are those of steps of a job that is only waited for", () => {
    expect(counts(unit(SOFT, "needs: build"), unit(after, "needs: build"))).toEqual({ differing: 1, same: 2 });
  });

  it("are none of those of steps that look at other jobs, in a string as well", () => {
    const text = (soft: string, condition: string): string =>
      workflow(`
        probe:
          runs-on: ubuntu-latest
          steps:
            - run: make probe
        told:
          needs: probe
          runs-on: ubuntu-latest
          steps:
            - run: make one
            - if: ${condition}
              run: make two
        unit:
          needs: told
          runs-on: ubuntu-latest
          steps:
            - run: make test
              ${soft}`);
    const same = (condition: string): number => counts(text(SOFT, condition), text(after, condition)).same;
    expect(same("${{ inputs.a }}${{ inputs.b }}")).toBe(3);
    expect(same("${{ needs.probe.result }}${{ inputs.b }}")).toBe(5);
    expect(same("needs.probe.outputs.x == 'y'")).toBe(6);
  });

  it("are those of steps of a workflow that is called, whatever its jobs are called", () => {
    const called = bytes(
      `on: workflow_call\n${unit(after).replace("on: push\n", "").replace("make test", "make a\n      - run: make b")}`,
    );
    const calling = (soft: string): string =>
      `${unit(soft, "needs: all").replace(/ {2}build:[^]*/u, "")}  all:\n    uses: ./.github/workflows/all.yml\n`;
    const load = (file: string): Uint8Array | undefined => (file === ".github/workflows/all.yml" ? called : undefined);
    expect(counts(calling(SOFT), calling(after), { load })).toEqual({ differing: 1, same: 3 });
  });
});

it.each<ClaimName>(["never-weaker", "bites"])(
  "%s is unknown of what is no YAML, with the words of the reader",
  (name) => {
    expect(claim(prove(steps("\n- run: make test"), "on: [\n"), name).reason).not.toContain("no workflow");
  },
);
