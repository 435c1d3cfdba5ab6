import { withExceptions, type ExceptionContext, type LocatedFinding } from "@ci-fix/register";
import { readWorkflow } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { bytes, findingsIn } from "../small-codemods.ts";

const file = ".github/workflows/press.yml";
const known = ["soft-fail-step", "soft-fail-job", "dead-job", "dead-step"];
const reason = 'reason="it sleeps on Sundays"';

/** A job that soft-fails, with one step that does and one that does not; `{x}` are places for comments. */
const press = `on: push
jobs:
  {job}
  unit:
    continue-on-error: true {job-line}
    runs-on: ubuntu-24.04
    steps:
      {step}
      - name: Run tests {step-line}
        {entry}
        continue-on-error: true {line}
        run: make test
      {other}
      - run: make lint
`;

/** The findings of the press with comments in some of its places. */
function look(
  comments: Readonly<Record<string, string>>,
  context: Partial<ExceptionContext> = {},
): readonly { class: string; line: number; says: string }[] {
  const text = press
    .replaceAll(/ *\{([a-z-]+)\}/g, (gap, place: string) => {
      const said = comments[place];
      return said === undefined ? "" : `${gap.slice(0, gap.indexOf("{"))}${said}`;
    })
    .replaceAll(/\n\s*\n/g, "\n");
  const read = readWorkflow(file, bytes(text));
  if (!read.ok || read.workflow === undefined) throw new Error("the press cannot be read");
  const found = findingsIn({ [file]: text });
  const settled = withExceptions(read.workflow, found, { date: "2026-02-08", known, ...context });
  return settled.map(({ finding, line }) => ({ class: finding.class, line, says: saysOf(finding) }));
}

function saysOf({ outcome, message }: LocatedFinding["finding"]): string {
  if (outcome.kind !== "skip")
    return outcome.edits.length === 0 && outcome.safety === "report" ? message : outcome.kind;
  return `${outcome.reason}: ${outcome.message}`;
}

const classesOf = (found: ReturnType<typeof look>): string[] => found.map((each) => `${each.class} ${each.says}`);
const open = ["soft-fail-job fix", "soft-fail-step fix"];

it("without an exception everything stays as it is", () => {
  expect(classesOf(look({}))).toEqual(open);
});

describe("an exception keeps the finding of its class", () => {
  const kept = "soft-fail-step excepted: excepted: it sleeps on Sundays (no owner, no expiry)";

  it.each([
    ["on the line of the finding", { line: `# ci-fix: allow soft-fail-step ${reason}` }],
    ["above it", { entry: `# ci-fix: allow soft-fail-step ${reason}` }],
    [
      "in the block above it",
      { entry: `# The oracle.\n        # ci-fix: allow soft-fail-step ${reason}\n        # Ask again.` },
    ],
    ["above its step", { step: `# ci-fix: allow soft-fail-step ${reason}` }],
    ["on the first line of its step", { "step-line": `# ci-fix: allow soft-fail-step ${reason}` }],
  ])("%s", (_where, comments) => {
    expect(classesOf(look(comments))).toEqual(["soft-fail-job fix", kept]);
  });

  it("above its job", () => {
    const found = look({ job: `# ci-fix: allow soft-fail-job ${reason} owner=@press expires=2026-02-08` });
    expect(classesOf(found)).toEqual([
      "soft-fail-job excepted: excepted: it sleeps on Sundays (owner @press, until 2026-02-08)",
      "soft-fail-step fix",
    ]);
  });
});

describe("an exception keeps nothing", () => {
  it.each([
    ["of another class", { step: `# ci-fix: allow dead-step ${reason}` }],
    ["at another step", { other: `# ci-fix: allow soft-fail-step ${reason}` }],
    ["at the job of the step", { job: `# ci-fix: allow soft-fail-step ${reason}` }],
  ])("%s, and is unused", (_what, comments) => {
    const found = look(comments);
    expect(classesOf(found).slice(0, 2)).toEqual(open);
    expect(found.slice(2).map((each) => each.class)).toEqual(["unused-exception"]);
  });

  it("from the day after its last one", () => {
    const comments = { line: `# ci-fix: allow soft-fail-step ${reason} expires=2026-02-07` };
    const found = look(comments);
    expect(found.at(-1)).toMatchObject({
      class: "expired-exception",
      says: expect.stringContaining("2026-02-07") as string,
    });
    expect(look(comments, { date: "2026-02-07" }).map((each) => each.class)).toEqual([
      "soft-fail-job",
      "soft-fail-step",
    ]);
  });

  it("where it is badly written", () => {
    const found = look({ entry: "# ci-fix: allow soft-fail-step" });
    expect(found.map((each) => each.class)).toEqual(["soft-fail-job", "soft-fail-step", "bad-exception"]);
    expect(found.at(-1)?.line).toBe(8);
  });

  it("where it is not to count", () => {
    const comments = { step: `# ci-fix: allow soft-fail-step ${reason}` };
    expect(classesOf(look(comments, { counts: () => false }))).toEqual(open);
  });
});

it("only classes that were looked for can be unused", () => {
  const comments = { line: `# ci-fix: allow dead-step ${reason}` };
  expect(classesOf(look(comments, { judged: ["soft-fail-step"] })).length).toBe(2);
});

it("an exception above an entry keeps what is found further down in it", () => {
  const text = `on: push
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
      - name: Run tests
        # ci-fix: allow dead-step ${reason}
        if: >-
          false
`;
  const read = readWorkflow(file, bytes(text));
  if (!read.ok || read.workflow === undefined) throw new Error("the workflow cannot be read");
  const further = findingsIn({ [file]: text }).map((found) => ({ ...found, line: found.line + 1 }));
  const settled = withExceptions(read.workflow, further, { date: "2026-02-08", known });
  expect(settled.map(({ finding: { outcome } }) => outcome.kind)).toEqual(["skip"]);
});
