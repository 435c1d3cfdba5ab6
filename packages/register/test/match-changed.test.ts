import { describe, expect, test } from "vitest";
import { match, matched, PRESS, press, printOf } from "./matching.ts";
import { findingsIn } from "./small-codemods.ts";

describe("a step that got another name", () => {
  const print = printOf('step "make lint" soft-fails');
  const stored = `  - { id: M03-R01, file: ${PRESS}, job: unit, step: make lint, class: soft-fail-step, fingerprint: "${print}" }\n`;
  const others = `  - { id: M03-R02, file: ${PRESS}, job: unit, step: Run tests }\n  - { id: M03-R03, file: ${PRESS}, job: unit, step: Ask the oracle }\n`;
  const renamed = findingsIn({ [PRESS]: press.replace("run: make lint", "run: make check") });

  test("is found again when nothing else can be meant, and that is told", () => {
    const result = match(stored + others, renamed);
    expect(matched(result)["M03-R01"]).toEqual(['step "make check" soft-fails']);
    expect(result.risks[0]?.mismatches.map(({ kind, message }) => [kind, message])).toEqual([
      ["renamed", 'step "make lint" is gone; "make check" in the same job is taken for it'],
    ]);
  });

  test("is left where two findings may be meant", () => {
    expect(matched(match(stored, renamed))["M03-R01"]).toEqual([]);
  });

  test("is left where the risk is fixed", () => {
    expect(matched(match(stored.replace(", job", ", status: fixed, job") + others, renamed))["M03-R01"]).toEqual([]);
  });

  test("is never a step that is kept", () => {
    const gone = findingsIn({
      [PRESS]: press.replace("      - continue-on-error: true\n        run: make lint\n", ""),
    });
    expect(matched(match(stored + others, gone))["M03-R01"]).toEqual([]);
  });

  test("is left where its file could not be read", () => {
    expect(matched(match(stored + others, renamed, { unread: [PRESS] }))["M03-R01"]).toEqual([]);
  });

  test("is left where renames are not asked for", () => {
    expect(matched(match(stored + others, renamed, { renames: false }))["M03-R01"]).toEqual([]);
  });

  test("is left where two risks lost a step there", () => {
    const second = stored
      .replace("M03-R01", "M03-R04")
      .replace(/fingerprint: "\w+"/u, 'fingerprint: "0123456789abcdef"');
    expect(matched(match(stored + second.replace("make lint", "make tidy") + others, renamed))).toMatchObject({
      "M03-R01": [],
      "M03-R04": [],
    });
  });
});

describe("an action", () => {
  test("that is not what can be done keeps its finding, and that is told", () => {
    const result = match(`  - { id: M03-R01, file: ${PRESS}, job: unit, step: Ask the oracle, action: fix }\n`);
    expect(matched(result)["M03-R01"]).toEqual(['step "Ask the oracle" soft-fails']);
    expect(result.risks[0]?.mismatches[0]?.message).toBe(
      "the register wants to fix it; what can be done is to document it",
    );
  });

  test("for something that is kept is told with the reason", () => {
    const result = match(`  - { id: M03-R01, file: ${PRESS}, job: unit, step: Upload the log, action: fix }\n`);
    expect(result.risks[0]?.mismatches[0]?.message).toBe(
      "the register wants to fix it; it is kept: an upload is best effort",
    );
  });

  test("that is done is told no more", () => {
    const lifted = press.replace(
      "        continue-on-error: true # it sleeps on Sundays\n",
      "        # it sleeps on Sundays\n        continue-on-error: true\n",
    );
    const result = match(
      `  - { id: M03-R01, file: ${PRESS}, job: unit, step: Ask the oracle, action: document }\n`,
      findingsIn({ [PRESS]: lifted }),
    );
    expect(matched(result)["M03-R01"]).toEqual(['step "Ask the oracle" soft-fails']);
    expect(result.risks[0]?.mismatches).toEqual([]);
  });

  test("picks among what a target names", () => {
    const both = findingsIn({
      [PRESS]: press.replace("      - name: Ask the oracle\n", "      - name: Ask the oracle\n        if: false\n"),
    });
    const result = match(
      `  - { id: M03-R01, file: ${PRESS}, job: unit, step: Ask the oracle, action: document }\n`,
      both,
    );
    expect(matched(result)["M03-R01"]).toEqual(['step "Ask the oracle" soft-fails']);
    expect(result.risks[0]?.mismatches).toEqual([]);
  });
});
