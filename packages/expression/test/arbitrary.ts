import type { Value } from "@ci-fix/expression";
import fc from "fast-check";
import type { World } from "./judge.ts";

/** How many cases a property is tried on; `CI_FIX_FUZZ_RUNS` raises it. */
export const RUNS: number = Number(process.env["CI_FIX_FUZZ_RUNS"] ?? 400);

const blank = fc.constantFrom("", "", " ", " ", "  ", "\n", "\r\n  ", "\t");

const literal = fc.constantFrom(
  "true",
  "false",
  "null",
  "NaN",
  "Infinity",
  "-Infinity",
  "0",
  "1",
  "-1",
  "0x1F",
  "0o17",
  "1.5",
  ".5",
  "1e3",
  "1E-2",
  "''",
  "'push'",
  "'PUSH'",
  "'it''s'",
  "'a\nb'",
  "'a\r\n}} && b'",
  "'0'",
  "' 1 '",
  "'0x10'",
  "'false'",
  "'refs/heads/main'",
);

export const reference: fc.Arbitrary<string> = fc.constantFrom(
  "github.event_name",
  "GitHub.Event_Name",
  "github['ref']",
  "github.event.commits[0].id",
  "github.event.commits.*.id",
  "github.event.commits[*].id",
  "github.event.labels",
  "github.event.rows.*[0]",
  "github.event.rows[1][0]",
  "matrix.os",
  "matrix[matrix.axis]",
  "inputs.deploy",
  "inputs.count",
  "needs.*.result",
  "needs.unit.result",
  "steps.unit-test.outcome",
  "env.MISSING",
  "env.MISSING.deeper",
  "(github).ref",
  "github",
);

const statusCall = fc.constantFrom("success()", "failure()", "always()", "cancelled()", "Always( )");

/** A well-formed expression over the contexts of `world`. */
export const expression: fc.Arbitrary<string> = fc.letrec<{ tree: string; atom: string }>((tie) => ({
  atom: fc.oneof({ maxDepth: 3, depthIdentifier: "tree" }, literal, reference, statusCall),
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: "tree" },
    tie("atom"),
    fc
      .tuple(
        tie("tree"),
        blank,
        fc.constantFrom("&&", "||", "&&", "||", "==", "!=", "<", "<=", ">", ">="),
        blank,
        tie("tree"),
      )
      .map(([left, before, operator, after, right]) => `${left}${before}${operator}${after}${right}`),
    fc.tuple(blank, tie("tree"), blank).map(([before, inner, after]) => `(${before}${inner}${after})`),
    fc.tuple(blank, tie("tree")).map(([after, operand]) => `!${after}(${operand})`),
    tie("atom").map((atom) => `!${atom}`),
    call("contains", tie("tree"), tie("tree")),
    call("startsWith", tie("tree"), tie("tree")),
    call("ENDSWITH", tie("tree"), tie("tree")),
    call(
      "format",
      fc.constantFrom("'{0}'", "'a {1} {{b}} {0}'", "'{2}'", "'{'", "'it''s {0:x}'"),
      tie("tree"),
      tie("tree"),
    ),
    call("join", tie("tree"), fc.constantFrom("''", "', '", "1")),
    call("toJSON", tie("tree")),
    call(
      "fromJSON",
      fc.constantFrom("'[1, \"push\"]'", "'{\"Ref\": null}'", "'no json'", "'true'", "github.event_name"),
    ),
    call("case", fc.constantFrom("true", "false", "1 == 1", "'x'"), tie("tree"), tie("tree")),
  ),
})).tree;

function call(name: string, ...args: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(blank, ...args).map(([space, ...texts]) => `${name}(${space}${texts.join(`,${space}`)})`);
}

/** Tokens in any order: mostly no expression at all. */
export const rubble: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      literal,
      reference,
      statusCall,
      fc.constantFrom(
        "&&",
        "||",
        "==",
        "!",
        "(",
        ")",
        "[",
        "]",
        ".",
        "*",
        ",",
        "&",
        "|",
        "=",
        "'",
        '"',
        "#",
        "github",
        "contains",
        "-",
        "1x",
        "case(",
        "nowhere.x",
      ),
    ),
    { maxLength: 7 },
  )
  .chain((tokens) => fc.constantFrom("", " ").map((glue) => tokens.join(glue)));

export const scalar: fc.Arbitrary<Value> = fc.constantFrom<Value>(
  null,
  true,
  false,
  0,
  1,
  -1.5,
  2,
  "",
  "push",
  "Push",
  "1",
  "0",
  "main",
  "success",
  "failure",
);

export const world: fc.Arbitrary<World> = fc
  .record({
    event_name: fc.constantFrom("push", "pull_request", "schedule", ""),
    ref: fc.constantFrom("refs/heads/main", "refs/pull/1/merge"),
    commits: fc.array(fc.oneof(scalar, fc.record({ id: scalar })), { maxLength: 3 }),
    labels: fc.array(scalar, { maxLength: 3 }),
    rows: fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }),
    os: scalar,
    axis: fc.constantFrom<Value>("os", "OS", 0, null, true),
    deploy: scalar,
    count: fc.integer({ min: -2, max: 3 }),
    unit: fc.constantFrom("success", "failure", "skipped"),
    lint: fc.constantFrom("success", "failure", "skipped"),
    success: fc.boolean(),
    failure: fc.boolean(),
    cancelled: fc.boolean(),
  })
  .map((facts) => ({
    contexts: {
      github: {
        event_name: facts.event_name,
        ref: facts.ref,
        event: { commits: facts.commits, labels: facts.labels, rows: facts.rows },
      },
      matrix: { os: facts.os, axis: facts.axis },
      inputs: { deploy: facts.deploy, count: facts.count },
      needs: { unit: { result: facts.unit }, lint: { result: facts.lint } },
      steps: { "unit-test": { outcome: facts.unit } },
      env: {},
    },
    status: { success: facts.success, failure: facts.failure, cancelled: facts.cancelled, always: true },
  }));
