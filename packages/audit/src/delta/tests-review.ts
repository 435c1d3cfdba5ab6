import { eachStep, type Workflow } from "@ci-fix/workflow";
import { isSilent } from "../facts/finding.ts";
import type { DeferredEntry, InvariantFacts, TestsReview } from "../types.ts";
import { count, listed, named } from "../words.ts";
import { listDelta } from "./compare.ts";
import { touchedWorkflows } from "./determinism.ts";
import type { Range } from "./range.ts";

/** Section 6. */
export function testsReviewOf(
  range: Range,
  invariants: readonly InvariantFacts[],
  deferred: readonly DeferredEntry[],
): TestsReview {
  const { files, proofs } = range;
  const tests = files.filter(({ surface }) => surface === "test");
  const production = files.filter(({ surface }) =>
    ["library", "cli", "api", "schema", "migration", "file-format"].includes(surface),
  );
  const untouched =
    production.length === 0
      ? "no production code changed"
      : `${count(production.length, "file")} of production code changed; the figures are not in the repository`;
  const upstream = deferred.find(({ id, isNew }) => isNew && /-V\d+$/u.test(id));
  const missing = range.after.found.filter(([located, { class: name }]) => isSilent(located) && /test/u.test(name));
  const digests = proofs.flatMap(({ changes }) => changes).length;
  return {
    coverage: [
      { metric: "Overall coverage", before: "n/a", after: "n/a", delta: untouched },
      {
        metric: "Touched packages",
        before: "n/a",
        after: "n/a",
        delta: production.length === 0 ? "CI configuration only" : untouched,
      },
    ],
    newTests: tests.map(({ file, change }) => `${named(file)} was ${change}.`),
    invariants,
    flaky: flakyOf(range),
    endToEnd:
      upstream === undefined
        ? "Each effect can be seen in the runs of the pull request."
        : `Deferred to ${upstream.id}: the effects show upstream only.`,
    harness:
      digests === 0
        ? []
        : [
            `${count(digests, "certificate")} ${digests === 1 ? "pins" : "pin"} what was shown: \`ci-fix prove ID --format json\` prints one, \`ci-fix prove --check\` plays it again case by case.`,
          ],
    missingInvariants: [],
    missingTests: missing.map(([, { message, file, line }]) => `${message} (${named(`${file}:${line ?? 1}`)}).`),
    fastFixes: fastFixes(range),
    markers: [],
  };
}

/** Retries that came or went: where they come, flaky failures are seen less. */
function flakyOf(range: Range): readonly string[] {
  const sides = touchedWorkflows(range);
  const { added, removed } = listDelta(retries(sides.before), retries(sides.after));
  return [
    ...(added.length === 0 ? [] : [`Retries were added: ${listed(added.map(named), 4)}.`]),
    ...(removed.length === 0 ? [] : [`Retries were removed: ${listed(removed.map(named), 4)}.`]),
  ];
}

function retries(workflows: readonly Workflow[]): readonly string[] {
  return workflows
    .flatMap((workflow) => [...eachStep(workflow)])
    .filter(
      ({ action, script }) => /retry/iu.test(action?.name ?? "") || /--reruns|--retries/u.test(script?.text ?? ""),
    )
    .map(({ label }) => label);
}

/** Open findings whose fix is safe: a command each. */
function fastFixes({ after }: Range): readonly string[] {
  const safe = after.found.filter(
    ([
      {
        finding: { outcome },
      },
      { state },
    ]) => state === "open" && outcome.kind !== "skip" && outcome.safety === "safe",
  );
  return safe.map(
    ([{ finding }, { id, file }]) =>
      `${finding.message} (${named(file)}): \`${id === null ? "ci-fix --all --commit" : `ci-fix --risk ${id} --commit`}\`.`,
  );
}
