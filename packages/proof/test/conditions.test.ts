import { describe, expect, it } from "vitest";
import { bytes, claim, modelOf, open, prove, ran, seen, steps, workflow } from "./models.ts";

const build = "unit / make build";
const test = "unit / make test";

/** A step under a condition, after one that may fail. */
const after = (condition: string): string => steps(`\n- run: make build\n- if: ${condition}\n  run: make test`);

/** Whether it runs after a success, and after a failure. */
const runs = (condition: string, told = {}): readonly boolean[] =>
  ["success", "failure"].map((end) => ran(after(condition), { ...told, [build]: end }).includes(test));

const keys = (text: string): readonly string[] =>
  modelOf(open(text)).logic.diagrams.variables.map(({ kind, key }) => `${kind} ${key}`);

describe("text around an expression", () => {
  it.each(["${{ false }} && true", "${{ github.ref }} == 'x'", "'${{ false }} '", "|\n    ${{ false }}"])(
    "`%s` is true, after success",
    (condition) => {
      expect(runs(condition)).toEqual([true, false]);
    },
  );

  it("still asks for a status function within it", () => {
    expect(runs("${{ always() }} && false")).toEqual([true, true]);
  });
});

describe("a string within `${{ }}`", () => {
  it("may be either, as documentation and runner do not agree on it", () => {
    expect(keys(after("${{ 'false' }}"))).toContain(`answer ${test}: \${{'false'}}`);
    expect(runs("${{ 'false' }}", { [`${test}: \${{'false'}}`]: false })).toEqual([false, false]);
    expect(runs("${{ 'false' }}", { [`${test}: \${{'false'}}`]: true })).toEqual([true, false]);
  });

  it("is what it says where no braces stand around it", () => {
    expect(runs(`"'false'"`)).toEqual([true, false]);
    expect(runs(`"''"`)).toEqual([false, false]);
  });

  it("is no question where it is no string", () => {
    expect(keys(after("${{ 1 }}"))).toEqual(keys(after("true")));
  });
});

describe("a soft-fail", () => {
  const soft = (value: string): string => steps(`\n- run: make build\n  continue-on-error: ${value}`);
  const check = (value: string, told = {}): string | undefined =>
    seen(soft(value), { ...told, [build]: "failure" })["check of unit"];

  it("of one expression is as that is", () => {
    expect(check("${{ true }}")).toBe("success");
    expect(check("${{ !true }}")).toBe("failure");
    expect(check("  ${{ github.ref == 'x' }}  ", { "github.ref": "x" })).toBe("success");
    expect(check("${{ github.ref == 'x' }}")).toBe("failure");
  });

  it.each(["${{ github.ref }}${{ github.sha }}", "a ${{ true }}", "${{ true }} b", "'${{ ) }}'"])(
    "`%s` may be either",
    (value) => {
      const written = value.replaceAll(/^'|'$/gu, "");
      const key = `${build}: ${written.replaceAll(" ", "")}`;
      expect(keys(soft(value))).toContain(`answer ${key}`);
      expect(check(value, { [key]: true })).toBe("success");
      expect(check(value, { [key]: false })).toBe("failure");
    },
  );

  it("is not evaluated where nothing runs", () => {
    const text = steps("\n- if: false\n  run: make build\n  continue-on-error: ${{ fromJSON('{') }}");
    expect(seen(text)["check of unit"]).toBe("success");
  });
});

describe("a condition that cannot be evaluated", () => {
  it("goes on after a condition that cannot be evaluated, for steps that always run", () => {
    expect(ran(steps("\n- if: fromJSON('{')\n  run: make build\n- if: always()\n  run: make test"))).toEqual([test]);
  });
});

describe("a condition that does not parse", () => {
  it("is said with what is wrong about it", () => {
    const { reason } = claim(prove(after("true"), after("github.ref ==")), "never-weaker");
    expect(reason).toBe("the file would be rejected: The expression ends too early");
  });
});

describe("what a step can see", () => {
  const two = (condition: string): string =>
    steps(`\n- if: ${condition}\n  run: make build\n- if: ${condition}\n  run: make test`);
  const jobs = (condition: string): string =>
    workflow(
      ["a", "b"]
        .map((id) => `${id}:\n  runs-on: x\n  steps:\n    - if: ${condition}\n      run: make ${id}`)
        .join("\n"),
    );

  it("of the environment is its own", () => {
    expect(ran(two("env.MODE == 'full'"), { [`${build}: env.mode`]: "full" })).toEqual([build]);
    expect(ran(two("env.MODE == 'full'"), { [`${test}: env.mode`]: "full" })).toEqual([test]);
  });

  it.each(["runner.name", "job.services.db.id", "strategy.index", "matrix.os"])("of %s is its job's", (path) => {
    const text = jobs(`${path} == 'x'`);
    expect(ran(text, { [`a: ${path}`]: "x" })).toEqual(["a / make a"]);
    expect(ran(text, { [`b: ${path}`]: "x" })).toEqual(["b / make b"]);
  });

  it.each(["github.ref", "vars.MODE", "secrets.TOKEN"])("of %s is the same everywhere", (path) => {
    expect(ran(jobs(`${path} == 'x'`), { [path.toLowerCase()]: "x" })).toEqual(["a / make a", "b / make b"]);
  });

  it("of another step is what that came to, and nothing else", () => {
    const look = (condition: string): string =>
      steps(`\n- id: Build\n  run: make build\n  continue-on-error: true\n- if: ${condition}\n  run: make test`);
    const bad = { [build]: "failure" };
    expect(ran(look("steps.build.outcome == 'failure'"), bad)).toContain(test);
    expect(ran(look("steps.build.conclusion == 'failure'"), bad)).not.toContain(test);
    expect(ran(look("steps.build.conclusion == 'success'"), bad)).toContain(test);
    expect(ran(look("steps.build.result == null"), bad)).toContain(test);
    expect(ran(look("steps.build.result == 'failure'"), bad)).not.toContain(test);
    expect(ran(look("steps.nobody.outcome == null"))).toContain(test);
    expect(ran(look("steps.build.outputs.all == 'x'"), { "unit: steps.build.outputs.all": "x" })).toContain(test);
  });

  it("of a step that did not run are no outputs", () => {
    const text = steps(
      "\n- id: build\n  if: false\n  run: make build\n- if: steps.build.outputs.all == ''\n  run: make test",
    );
    expect(ran(text, { "unit: steps.build.outputs.all": "x" })).toEqual([test]);
  });

  it("of all steps are those before it", () => {
    const text = steps(
      "\n- id: a\n  run: make build\n  continue-on-error: true\n- id: b\n  if: contains(steps.*.outcome, 'failure')\n  run: make test\n- if: contains(toJSON(steps.*.outcome), 'skipped')\n  run: make report",
    );
    expect(ran(text)).toEqual([build, "unit / make report"]);
    expect(ran(text, { [build]: "failure" })).toEqual([build, test]);
  });
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts
describe("what a context can never be", () => {
  const domainOf = (condition: string, key: string): readonly unknown[] | undefined =>
    modelOf(open(after(condition))).logic.diagrams.variables.find((variable) => variable.key === key)?.domain;

  it.each([
    ["github.event_name", "issue", "ISSUES"],
    ["runner.os", "ubuntu-latest", "linux"],
    ["runner.arch", "amd64", "X64"],
    ["github.event.workflow_run.conclusion", "failed", "failure"],
  ])("%s is never %s, but can be %s", (path, never, value) => {
    const scope = path.startsWith("runner") ? "unit: " : "";
    expect(domainOf(`${path} == '${never}' || ${path} == '${value}'`, scope + path)).toEqual([
      "(any other value)",
      value,
      "",
    ]);
    expect(runs(`${path} != '${value}'`, { [scope + path]: value })).toEqual([false, false]);
  });

  it("is anything of any other", () => {
    expect(domainOf("github.ref == 'issue'", "github.ref")).toEqual(["(any other value)", "issue", ""]);
  });

  it("is no weakening where a condition stops waiting for it", () => {
    const proof = prove(after("github.event_name == 'issue'"), after("github.event_name == 'issues'"));
    expect(proof.judgement).toBe("bites");
  });
});

describe("what an action can do", () => {
  const late = "failure at the end of the job";

  it("at the end of the job is nothing for a container", () => {
    const text = (uses: string): string => steps(`\n- name: Lint\n  uses: ${uses}`);
    expect(seen(text("docker://alpine:3"), { "unit / Lint": late })["check of unit"]).toBe("success");
    expect(seen(text("octo/lint@v1"), { "unit / Lint": late })["check of unit"]).toBe("failure");
  });

  it("is taken as a whole where it uses itself", () => {
    const load = (): Uint8Array =>
      bytes("runs:\n  using: composite\n  steps:\n    - name: Again\n      uses: ./self\n");
    const text = steps("\n- name: First\n  uses: ./self");
    const deepest = `unit / First${" / Again".repeat(10)}`;
    expect(ran(text, {}, load)).toEqual([deepest]);
    expect(seen(text, { [deepest]: "failure" }, load)["check of unit"]).toBe("failure");
  });

  it("by its inputs is its own affair", () => {
    const load = (path: string): Uint8Array | undefined =>
      path === "tools/action.yml"
        ? bytes(
            "runs:\n  using: composite\n  steps:\n    - if: inputs.deep == 'yes' && github.ref == 'x'\n      run: make deep\n      shell: bash\n",
          )
        : undefined;
    const text = steps("\n- name: One\n  uses: ./tools\n- name: Two\n  uses: ./tools");
    const told = { "unit / Two: inputs.deep": "yes", "github.ref": "x" };
    expect(ran(text, told, load)).toEqual(["unit / Two / make deep"]);
  });
});

describe("a gate of many jobs", () => {
  const many = Array.from({ length: 24 }, (_value, index) => `j${index}`);
  const gated = (condition: string, soft = ""): string =>
    workflow(
      [
        ...many.map(
          (id) => `${id}:\n  if: always()\n  runs-on: x\n  steps:\n    - run: make ${id}${id === "j7" ? soft : ""}`,
        ),
        `done:\n  if: always()\n  needs: [${many.join(", ")}]\n  runs-on: x\n  steps:\n    - if: ${condition}\n      run: make red`,
      ].join("\n"),
    );

  it.each([
    ["contains(needs.*.result, 'failure')", "success", "failure"],
    ["contains(needs.*.result, 'FAILURE')", "success", "failure"],
    ["contains(join(needs.*.result, ' '), 'failure')", "success", "failure"],
    ["contains(toJSON(needs.*.result), 'fail')", "success", "failure"],
    ["contains(needs.*.result, 'failed')", "success", "success"],
    ["contains(needs.*.result, 'fail')", "success", "success"],
    ["contains(needs.*.result, 'success')", "failure", "failure"],
    ["contains(needs.*.nothing, 'failure')", "success", "success"],
  ])("`%s` is one question for each, not one for all that they can come to", (condition, well, failed) => {
    const told = { "done / make red": "failure" };
    expect(seen(gated(condition), told)["check of done"]).toBe(well);
    expect(seen(gated(condition), { ...told, "j7 / make j7": "failure" })["check of done"]).toBe(failed);
  });

  it.each(["contains(needs.*.result, 'failure')", "contains(join(needs.*.result, ' '), 'failure')"])(
    "`%s` is proved about",
    (condition) => {
      const before = gated(condition, "\n      continue-on-error: true");
      expect(prove(before, gated(condition)).judgement).toBe("bites");
    },
  );
});
