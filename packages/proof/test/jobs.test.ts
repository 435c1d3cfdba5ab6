import { describe, expect, it } from "vitest";
import { bytes, seen, workflow } from "./models.ts";

const job = (id: string, ...lines: readonly string[]): string =>
  [`${id}:`, ...lines.map((line) => `  ${line}`), "  runs-on: ubuntu-latest", "  steps:", `    - run: make ${id}`].join(
    "\n",
  );

const fails = (id: string): Record<string, string> => ({ [`${id} / make ${id}`]: "failure" });

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#needs-context
describe("a job that waits for others", () => {
  const chain = (condition: string): string =>
    workflow(
      [
        job("lint"),
        job("build", "needs: lint", "if: github.event_name == 'push'"),
        job("deploy", "needs: build", ...(condition === "" ? [] : [`if: ${condition}`])),
      ].join("\n"),
    );
  const push = { "github.event_name": "push" };

  it.each([
    ["", "success", "skipped", "skipped"],
    ["success()", "success", "skipped", "skipped"],
    ["always()", "success", "success", "success"],
    ["failure()", "skipped", "success", "skipped"],
    ["${{ !cancelled() }}", "success", "success", "success"],
    ["success() || failure()", "success", "success", "skipped"],
    ["always() && needs.build.result == 'success'", "success", "skipped", "skipped"],
    ["always() && needs.build.result == 'skipped'", "skipped", "success", "success"],
    ["always() && contains(needs.*.result, 'failure')", "skipped", "skipped", "skipped"],
    ["always() && needs.lint.result == 'success'", "skipped", "skipped", "skipped"],
  ])(
    "`%s`: %s after success, %s after a failed ancestor, %s after a skipped job",
    (condition, well, failed, skipped) => {
      expect(seen(chain(condition), push)["check of deploy"]).toBe(well);
      expect(seen(chain(condition), { ...push, ...fails("lint") })["check of deploy"]).toBe(failed);
      expect(seen(chain(condition))["check of deploy"]).toBe(skipped);
    },
  );

  it("fails the run if any job fails", () => {
    expect(seen(chain(""), push)["run"]).toBe("success");
    expect(seen(chain(""), { ...push, ...fails("deploy") })["run"]).toBe("failure");
  });

  it("gives an empty output where the job did not run", () => {
    const text = workflow(
      [
        job("pick", "if: github.event_name == 'push'", "outputs:", "  all: ${{ steps.read.outputs.all }}"),
        job("unit", "needs: pick", "if: always() && needs.pick.outputs.all == ''"),
      ].join("\n"),
    );
    expect(seen(text)["check of unit"]).toBe("success");
  });
});

// Observed: actions/runner#2205, actions/toolkit#581; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontinue-on-error
describe("a soft-failed job that fails", () => {
  const text = workflow(
    [
      job("probe", "continue-on-error: true"),
      job("deploy", "needs: probe"),
      job("tell", "needs: probe", "if: failure()"),
      job("gate", "needs: probe", "if: needs.probe.result == 'success'"),
    ].join("\n"),
  );
  const result = (): Readonly<Record<string, string>> => seen(text, fails("probe"));

  it("leaves a green run", () => expect(result()["run"]).toBe("success"));
  it("has a red check", () => expect(result()["check of probe"]).toBe("failure"));
  it("has succeeded for those that wait", () => expect(result()["needs.probe.result"]).toBe("success"));
  it("lets them run", () => expect(result()["check of deploy"]).toBe("success"));
  it("is no failure()", () => expect(result()["check of tell"]).toBe("skipped"));
  it("blinds a gate", () => expect(result()["check of gate"]).toBe("success"));
});

// https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
describe("a matrix with literal values", () => {
  const text = workflow(`
    unit:
      strategy:
        matrix:
          os: [linux, windows]
          edge: [false]
          exclude:
            - os: windows
          include:
            - os: linux
              edge: true
            - os: mac
              edge: true
      continue-on-error: \${{ matrix.edge }}
      runs-on: \${{ matrix.os }}-latest
      steps:
        - run: make test
    ship:
      needs: unit
      runs-on: ubuntu-latest
      steps:
        - run: make ship`);

  it("has a leg for each value that a condition can tell from another", () => {
    expect(Object.keys(seen(text)).filter((name) => name.startsWith("check of unit"))).toEqual([
      "check of unit (edge=false)",
      "check of unit (edge=true)",
    ]);
  });

  it("is extended by what is included for one of its legs, without a further leg", () => {
    const extended = workflow(`
      unit:
        strategy:
          matrix:
            os: [linux, windows]
            include:
              - os: linux
                tier: gold
        runs-on: x
        steps:
          - if: matrix.os == 'linux' && matrix.tier == 'gold'
            run: make test`);
    expect(Object.keys(seen(extended)).filter((name) => name.startsWith("check of"))).toEqual([
      "check of unit (os=linux, tier=gold)",
      "check of unit (os=windows, tier=)",
    ]);
  });

  it("forgives only the legs that it names", () => {
    const edge = seen(text, { "unit (edge=true) / make test": "failure" });
    expect([edge["run"], edge["check of unit (edge=true)"], edge["check of ship"]]).toEqual([
      "success",
      "failure",
      "success",
    ]);
    const stable = seen(text, { "unit (edge=false) / make test": "failure" });
    expect([stable["run"], stable["check of ship"]]).toEqual(["failure", "skipped"]);
  });
});

describe("a job that calls a workflow", () => {
  const caller = workflow(
    "all:\n  uses: ./.github/workflows/test.yml\nship:\n  needs: all\n  runs-on: ubuntu-latest\n  steps:\n    - run: make ship",
  );
  const load = (soft: boolean) => (file: string) =>
    file === ".github/workflows/test.yml"
      ? bytes(
          `on: workflow_call\njobs:\n  unit:\n    continue-on-error: ${soft}\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n`,
        )
      : undefined;

  it("fails with a job of it", () => {
    const told = { "all / unit / make test": "failure" };
    expect(seen(caller, told, load(false))["check of ship"]).toBe("skipped");
    expect(seen(caller, told, load(true))["check of ship"]).toBe("success");
  });

  it("succeeds or fails as a whole where it is not in the repository", () => {
    expect(seen(caller, { all: "failure" })["run"]).toBe("failure");
    expect(seen(caller)["check of ship"]).toBe("success");
  });
});

describe("a step whose condition cannot be evaluated", () => {
  it("has failed, and has set no output", () => {
    const text = workflow(`
      pick:
        outputs:
          all: \${{ steps.read.outputs.all }}
        runs-on: ubuntu-latest
        steps:
          - id: read
            if: fromJSON('{')
            run: make pick
      unit:
        needs: pick
        if: always() && needs.pick.outputs.all == ''
        runs-on: ubuntu-latest
        steps:
          - run: make unit`);
    expect(seen(text)).toMatchObject({ "check of pick": "failure", "check of unit": "success" });
  });
});
