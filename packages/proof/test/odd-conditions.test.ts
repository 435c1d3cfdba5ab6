import { describe, it } from "vitest";
import { expectAgreement, quoted } from "./every-case.ts";
import { workflow } from "./models.ts";

/** Two steps, a probe under the condition twice (with another step between them), and one that tells whether it ran. */
const probed = (condition: string): string =>
  workflow(`
  unit:
    runs-on: x
    steps:
      - id: a
        run: make a
        continue-on-error: true
      - id: b
        if: steps.a.outcome == 'success'
        run: make b
      - id: probe
        if: ${quoted(condition)}
        run: make probe
      - id: again
        if: ${quoted(condition)}
        run: make again
      - if: always() && steps.probe.outcome == 'skipped' && steps.again.outcome == 'success'
        run: make report
      - if: always() && steps.probe.outcome == 'skipped'
        run: make lament`);

const gated = (condition: string): string =>
  workflow(`
  first:
    runs-on: x
    outputs:
      x: \${{ steps.s.outputs.x }}
    steps:
      - id: s
        run: make first
  second:
    if: github.ref == 'refs/heads/main'
    continue-on-error: true
    runs-on: x
    steps:
      - run: make second
  gate:
    if: ${quoted(condition)}
    needs: [first, second]
    runs-on: x
    steps:
      - run: make gate`);

describe("conditions of steps, in every case", () => {
  it.each([
    "always() && github.head_ref == github.base_ref",
    "github.ref != inputs.ref && always()",
    "github.run_attempt > 1",
    "always() && steps.a.outputs.count >= 2",
    "always() && steps.a.outcome < 'm'",
    "(!inputs.deep) == true",
    "always() && inputs.deep == success()",
    "always() && inputs.want == steps.a.outcome",
    "(github.ref && inputs.deep) == 'yes'",
    "(github.ref || 'main') == 'main'",
    "(inputs.deep && 'yes' || 'no') == 'yes'",
    "always() && !(inputs.deep && NaN)",
    "always() && !(NaN || failure())",
    "always() && (inputs.deep == NaN || !inputs.deep)",
    "('x' == inputs.kind) == (github.ref == 'y')",
    "startsWith(github.ref, 'x') == true",
    "always() && success() == false",
    "failure() != true",
    "(success() && inputs.deep) == 'yes'",
    "format('{0}', github.ref) == 'x'",
    "always() && hashFiles('**/lock') != ''",
    "always() && toJSON(github.event) != '{}'",
    "always() && toJSON(job) != ''",
    "github != ''",
    'always() && contains(fromJSON(\'["failure", "skipped"]\'), steps.b.outcome)',
    "contains(fromJSON('[1, 2]'), github.run_attempt)",
    "always() && contains(steps.a.outcome, 'fail')",
    "always() && contains(steps.b.outputs.list, 'x')",
    "always() && contains(format('{0} {1}', steps.b.outputs.x, steps.a.outputs.y), 'z')",
    "always() && startsWith(steps.b.outputs.x, '')",
    "always() && format('{0}-{1}', steps.a.outcome, steps.b.conclusion) == 'failure-skipped'",
    "always() && format('{0}-{1}', steps.a.outcome, github.ref) == 'failure-x'",
    "always() && contains(join(steps.*.outcome), 'skipped')",
    "always() && contains(join(steps.*.outcome, ', '), 'e, s')",
    "always() && contains(toJSON(steps), 'skipped')",
    "always() && contains(toJSON(steps.*.conclusion), 'failure')",
    "always() && contains(steps.*.conclusion, 'failure')",
    "always() && contains(steps.*.outputs.x, 'failure')",
    "always() && contains(steps.*, 'failure')",
    "always() && contains(toJSON(steps.a), 'failure')",
    "always() && STEPS.a == ''",
    "always() && contains(steps.*.outcome, github.ref)",
    "always() && contains(steps.*.outcome, 1)",
    "always() && startsWith(join(steps.*.outcome), 'failure')",
    "always() && contains(join(github.event.commits.*.id), 'skipped')",
    "contains(github.event.pull_request.labels.*.name, 'ci')",
    "always() && steps['a'].outcome == 'failure'",
    "always() && STEPS.A.OUTCOME == 'FAILURE'",
    "always() && steps.a['outputs'].x == 'y'",
    "github['ref'] == 'x'",
    "github.event[inputs.key] == 'x'",
    "fromJSON(inputs.list)[0] == 'x'",
    "always() && fromJSON(steps.b.outputs.json).x",
    "always() && fromJSON(steps.b.outputs.json) == fromJSON(github.event.x)",
    "always() && !fromJSON(inputs.flag)",
    "always() && (fromJSON(inputs.flag) || github.ref == 'x')",
    "always() && (github.ref == 'x' || fromJSON(inputs.flag))",
    "always() && (inputs.on && fromJSON(inputs.flag))",
    "env.MODE == 'x'",
    "always() && steps.a.outputs.x == steps.a.outputs.y",
    "always() && steps.a.nothing == ''",
    "always() && steps.a.outcome.x == ''",
    "always() && steps.a.outcome == github.event.action",
    "always() && contains(env.MODE, 'x')",
    "always() && nobody() == ''",
    "always() && nobody()",
    "always() && success('a')",
    "always() && success('a') == true",
    "always() && hashFiles() == ''",
    "always() && format('{0}', !success()) == 'true'",
    "always() && format('{0} {1}', inputs.deep) == 'x'",
    "always() && format('{0} {{1}} {0:x}', inputs.deep) == 'x'",
    "always() && format('{0:x}}y}', inputs.deep) == 'x'",
    "always() && format(inputs.pattern, inputs.deep) == 'x'",
    "always() && fromJSON(hashFiles('lock')).x == 'y'",
    "always() && fromJSON(hashFiles('lock'))[0] == 'y'",
    "always() && steps[format('{0}', success())].outcome == ''",
    "always() && (!fromJSON(inputs.flag)) == true",
    "always() && true == (!fromJSON(inputs.flag))",
    "always() && fromJSON('{ \"a\": 1 }')",
    "always() && fromJSON('null')",
    "always() && steps.nobody.outcome == ''",
    "always() && steps.nobody.conclusion == ''",
    "always() && steps.nobody.outputs.x == ''",
    "always() && job.status == 'failure'",
    "always() && inputs.status == 'failure'",
    "always() && job.container == 'x'",
    "always() && job.status.deep == 'x'",
    "always() && steps.status == ''",
    "cancelled() || failure()",
    "!cancelled() && inputs.deep == true",
    "inputs.deep == false || inputs.deep == 'false' || inputs.deep == 0",
    "inputs.count == 1 || inputs.count == '1'",
    "inputs.deep == false && inputs.deep",
    "inputs.text == null || inputs.text == ''",
    "github.ref == 'A' || github.ref == 'a'",
    "${{ github.ref }}${{ github.sha }}",
    "${{ 'false' }}",
    "${{ github.ref == 'x' }}",
    "${{ failure() }} || true",
    "success() && runner.os == 'Linux'",
    "always() && toJSON(runner) != '' && runner.os == 'Linux'",
  ])("%s", (condition) => expectAgreement(probed(condition)));
});

describe("soft-fails, in every case", () => {
  it.each([
    '" ${{ inputs.edge }} "',
    "${{ inputs.edge }}",
    "${{ inputs.edge == 'x' && github.ref != 'y' }}",
    "${{ fromJSON(inputs.edge) }}",
    "${{ inputs.edge }}${{ inputs.deep }}",
    "x${{ inputs.edge }}",
    "${{ 'x' }}",
    "'true'",
    "yes",
    "~",
  ])("%s", (value) => {
    expectAgreement(
      workflow(`
      unit:
        continue-on-error: ${value}
        runs-on: x
        steps:
          - run: make a
            continue-on-error: ${value}
          - run: make b
      ship:
        needs: unit
        runs-on: x
        steps:
          - run: make ship`),
    );
  });
});

describe("conditions of jobs, in every case", () => {
  it.each([
    "always() && contains(needs.*.result, 'failure') == true",
    "always() && contains(needs.*.result, github.ref)",
    "always() && contains(join(needs.*.result, ', '), 's, s')",
    "always() && contains(join(needs.*.result), 'fail')",
    "always() && contains(toJSON(needs.*.result), 'skipped')",
    "always() && contains(toJSON(needs), 'failure')",
    "always() && contains(needs.*.outputs.x, 'failure')",
    "always() && join(needs.*.outputs.x) == ''",
    "always() && contains('success, skipped', needs.second.result)",
    "always() && contains(needs.first.result, 'fail')",
    "always() && contains(needs.*, 'failure')",
    "always() && contains(needs.*.result.x, 'failure')",
    "always() && contains(needs.*.status, 'failure')",
    "always() && contains(needs.*.result)",
    "always() && contains(needs[inputs.job].result, 'failure')",
    "always() && contains(needs['first'].result, 'failure')",
    "always() && contains(fromJSON(needs.*.result), 'failure')",
    "always() && contains(join(needs.*.result, 'failure'), 'failure')",
    "always() && contains(inputs.*.name, 'failure')",
    "always() && contains(inputs.kinds || 'unit', 'unit')",
    "always() && contains(toJSON(needs.*), 'failure')",
    "always() && contains(toJSON(needs.first), 'failure')",
    "always() && contains(toJSON(needs.nobody), 'failure')",
    "always() && needs.first",
    "always() && needs.first[inputs.what] == 'failure'",
    "always() && contains(steps.*.outcome, 'failure')",
    "always() && endsWith(join(needs.*.result), 'failure')",
    "always() && needs.first.result.x == ''",
    "always() && contains(needs.*.outputs, 'y')",
    "always() && needs.first.conclusion == 'success'",
    "always() && needs.first.conclusion == ''",
    "always() && needs.first.outputs['x'] == 'y'",
    "always() && needs.first.outputs.nothing == 'y'",
    "always() && needs['second'].result != 'success'",
    "always() && needs.third.result == ''",
    "always() && needs.first.result == needs.second.result",
    "always() && needs.first.result != 'cancelled'",
    "needs.first.outputs.x == 'y' || needs.first.outputs.x == true",
    "always() && contains(needs.first.outputs.x, 'y')",
    "always() && fromJSON(needs.first.outputs.x).y",
    "always() && steps.s.outcome == ''",
    "failure() || needs.second.result == 'skipped'",
    "!failure() && !cancelled()",
    "always() && inputs.result == 'failure' && github.result == 'x'",
  ])("%s", (condition) => expectAgreement(gated(condition)));
});
