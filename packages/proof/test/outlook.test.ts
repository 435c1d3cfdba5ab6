import type { Job } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { outlookOf, type JobResult, type Outlook, type OutlookOptions } from "../src/index.ts";
import { bytes, open, steps, workflow } from "./models.ts";

/** `exit 1` fails; nothing is known of any other script. */
const scripts: OutlookOptions["scripts"] = ({ script }) => (script?.text === "exit 1" ? true : undefined);

function outlook(text: string, options: OutlookOptions = {}): Outlook {
  const found = outlookOf(open(text), options);
  if ("problem" in found) throw new Error(found.problem);
  return found;
}

const given = (results: Readonly<Record<string, JobResult>>): NonNullable<OutlookOptions["given"]> =>
  new Map(Object.entries(results));

describe("what can become of steps", () => {
  const often = (text: string): unknown[] =>
    outlook(steps(text))
      .jobs.get("unit")
      ?.steps.map(({ runs, fails }) => [runs, fails]) ?? [];

  it("is told of each by how often it runs and fails for good", () => {
    expect(
      often(`
      - run: make build
      - run: make test
        continue-on-error: true
      - if: failure() && steps.test.outcome == 'failure'
        run: make dump
      - if: always()
        run: make tidy`),
    ).toEqual([
      ["always", "sometimes"],
      ["sometimes", "never"],
      ["never", "never"],
      ["always", "sometimes"],
    ]);
  });

  it("finds the handler of a failure that is forgiven, which never runs", () => {
    expect(often("\n- run: make test\n  continue-on-error: true\n- if: failure()\n  run: make dump")[1]).toEqual([
      "never",
      "never",
    ]);
  });

  it("is told of what an action of the repository does, once it runs", () => {
    const load = (): Uint8Array =>
      bytes("runs:\n  using: composite\n  steps:\n    - run: make tools\n      shell: bash\n");
    const text = steps("\n- uses: ./tools\n- if: false\n  uses: ./tools");
    const [used, dead] = outlook(text, { load }).jobs.get("unit")?.steps ?? [];
    expect(used?.inner).toMatchObject([{ runs: "always", fails: "sometimes", inner: [] }]);
    expect(dead).toMatchObject({ runs: "never", fails: "never", inner: [] });
  });

  it("looks at those of a job only in cases in which it runs", () => {
    const text = workflow(`
      unit:
        if: github.event_name == 'push'
        runs-on: ubuntu-latest
        steps:
          - run: make test`);
    expect(outlook(text).jobs.get("unit")).toMatchObject({ runs: "sometimes", steps: [{ runs: "always" }] });
  });
});

describe("a gate", () => {
  const gated = (condition: string, step: string): string =>
    workflow(`
      unit:
        runs-on: ubuntu-latest
        steps:
          - run: make unit
      lint:
        if: github.event_name == 'push'
        runs-on: ubuntu-latest
        steps:
          - run: make lint
      done:
        ${condition}
        needs: [unit, lint]
        runs-on: ubuntu-latest
        steps:
          - ${step}
            run: exit 1`);
  const good = gated(
    "if: always()",
    "if: contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')",
  );
  const skipping = gated("if: success()", "name: Never mind");

  const checks = (text: string, results: Readonly<Record<string, JobResult>>): readonly JobResult[] => [
    ...(outlook(text, { scripts, given: given(results) }).jobs.get("done")?.checks ?? []),
  ];

  it("that looks at results is red for a failed and for a cancelled job, and not for one that is skipped on purpose", () => {
    expect(checks(good, { unit: "failure", lint: "success" })).toEqual(["failure"]);
    expect(checks(good, { unit: "success", lint: "cancelled" })).toEqual(["failure"]);
    expect(checks(good, { unit: "success", lint: "skipped" })).toEqual(["success"]);
    expect(checks(good, { unit: "success", lint: "success" })).toEqual(["success"]);
  });

  it("that looks at results lets no failure through, in any case", () => {
    const all = outlook(good, { scripts });
    expect(all.escape("unit", "failure", "done")).toBeUndefined();
    expect(all.escape("lint", "failure", "done")).toBeUndefined();
    expect(all.escape("lint", "skipped", "done")).toEqual([]);
  });

  it("that is skipped lets one through, and says how", () => {
    expect(checks(skipping, { unit: "failure", lint: "success" })).toEqual(["skipped"]);
    expect(outlook(skipping, { scripts }).escape("unit", "failure", "done")).toEqual([
      { kind: "outcome", key: "unit / make unit", value: "failure" },
    ]);
  });

  it("never sees what a soft-failed job came to", () => {
    const text = good.replace("unit:\n    runs-on", "unit:\n    continue-on-error: true\n    runs-on");
    const { jobs } = outlook(text, { scripts });
    expect([...(jobs.get("unit")?.checks ?? [])].sort()).toEqual(["failure", "success"]);
    expect([...(jobs.get("unit")?.results ?? [])]).toEqual(["success"]);
  });

  it("does not look behind a job whose result is given", () => {
    const text = workflow(`
      pick:
        runs-on: ubuntu-latest
        steps:
          - run: make pick
      unit:
        needs: pick
        runs-on: ubuntu-latest
        steps:
          - run: make unit
      done:
        needs: unit
        runs-on: ubuntu-latest
        steps:
          - run: make done`);
    const { jobs } = outlook(text, { given: given({ unit: "success" }) });
    expect(jobs.get("done")?.runs).toBe("always");
    expect(jobs.get("unit")).toMatchObject({ runs: "always", steps: [] });
    expect([...(jobs.get("unit")?.checks ?? [])]).toEqual(["success"]);
    expect(outlook(text).jobs.get("done")?.runs).toBe("sometimes");
  });

  it("sees the outputs of a job whose result is given, unless it is skipped", () => {
    const text = workflow(`
      pick:
        runs-on: ubuntu-latest
        steps:
          - run: make pick
      done:
        if: always() && needs.pick.outputs.all != ''
        needs: pick
        runs-on: ubuntu-latest
        steps:
          - run: make done`);
    const often = (result: JobResult): unknown[] => {
      const { jobs } = outlook(text, { given: given({ pick: result }) });
      return [jobs.get("pick")?.runs, jobs.get("done")?.runs];
    };
    expect(often("success")).toEqual(["always", "sometimes"]);
    expect(often("cancelled")).toEqual(["always", "sometimes"]);
    expect(often("skipped")).toEqual(["never", "never"]);
    const soft = text.replace("runs-on", "continue-on-error: true\n    runs-on").replace("!= ''", "== 'all'");
    const any = soft.replace("needs.pick.outputs.all == 'all'", "contains(needs.pick.outputs.all, 'x')");
    const skips = (of: string): unknown =>
      outlook(of, { given: given({ pick: "success" }) }).escape("done", "success", "done");
    expect(skips(soft)).toEqual([{ kind: "value", key: "pick gives needs.pick.outputs.all", value: "all" }]);
    expect(skips(any)).toEqual([
      { kind: "answer", key: "pick gives contains(needs.pick.outputs.all,'x')", value: true },
    ]);
  });

  it("of a matrix is red if any of its legs is", () => {
    const text = workflow(`
      unit:
        strategy:
          matrix:
            edge: [true, false]
        runs-on: ubuntu-latest
        steps:
          - if: matrix.edge
            run: exit 1`);
    const unit = outlook(text, { scripts }).jobs.get("unit");
    expect([...(unit?.checks ?? [])].sort()).toEqual(["failure", "success"]);
    expect(unit?.steps).toMatchObject([{ runs: "sometimes", fails: "sometimes" }]);
  });

  it("is unknown by an id that is not there", () => {
    expect(outlook(good).escape("unit", "failure", "nobody")).toBeUndefined();
  });
});

describe("what cannot be told", () => {
  it("has a reason", () => {
    const waiting = (job: Job): string => job.needs.ids.join();
    const text = workflow("a:\n  needs: b\n  runs-on: x\n  steps: []\nb:\n  needs: a\n  runs-on: x\n  steps: []");
    expect(open(text).jobs.map(waiting)).toEqual(["b", "a"]);
    expect(outlookOf(open(text))).toEqual({
      problem: "the file would be rejected: jobs wait for each other, or for a job that is not there",
    });
  });
});
