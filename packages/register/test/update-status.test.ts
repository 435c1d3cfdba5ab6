import { describe, expect, test } from "vitest";
import { PRESS, press, step, update } from "./updating.ts";

describe("a risk whose finding is gone", () => {
  const first = update(undefined, press(step("Run tests"))).text;

  test("is marked fixed, and opens again when it comes back", () => {
    const gone = update(first, press());
    expect(gone.fixed).toEqual(["M03-R01"]);
    expect(gone.text).toBe(first.replace("status: open", "status: fixed"));
    const back = update(gone.text, press(step("Run tests")));
    expect(back.reopened).toEqual(["M03-R01"]);
    expect(back.text).toBe(first);
  });

  test("is fixed only when all its targets are gone", () => {
    const two = update(undefined, press(step("Run tests"), step("Lint"))).text;
    expect(update(two, press(step("Lint"))).fixed).toEqual([]);
    expect(update(two, press()).fixed).toEqual(["M03-R01"]);
  });

  test("is fixed when it was documented, as it was to be", () => {
    const noted = update(undefined, press(step("Weigh", " # the scale drifts"))).text;
    const lifted = press(
      "      - name: Weigh\n        # the scale drifts\n        continue-on-error: true\n        run: make\n",
    );
    expect(update(noted, lifted).fixed).toEqual(["M03-R01"]);
    expect(update(noted.replace("action: document", "action: fix"), lifted).fixed).toEqual([]);
  });

  test("is fixed when its failure came to be seen to", () => {
    const named = (name: string): Record<string, string> =>
      press(`      - id: press\n        name: ${name}\n        continue-on-error: true\n        run: make\n`);
    const open = update(undefined, named("Press")).text;
    expect(update(open, named("Press, retried")).fixed).toEqual(["M03-R01"]);
    const byHand = `version: 1\nrisks:\n  - id: M03-R01\n    file: ${PRESS}\n    job: unit\n    step: press\n`;
    expect(update(byHand, named("Press, retried")).fixed).toEqual([]);
  });

  test("stays fixed while what is found for it is kept", () => {
    const fixed = `version: 1\nrisks:\n  - id: M03-R01\n    status: fixed\n    file: ${PRESS}\n    job: unit\n    step: Upload\n`;
    expect(update(fixed, press(step("Upload"))).text).toBe(fixed);
  });

  test("keeps its status when a person accepted or deferred it", () => {
    const decided = first.replace("status: open", "status: accepted\n    justification: only a draft");
    expect(update(decided, press()).text).toBe(decided);
  });

  test("keeps its status when its file could not be read", () => {
    const result = update(first, {}, { unread: [PRESS] });
    expect(result.text).toBe(first);
    expect(result.fixed).toEqual([]);
  });

  test("is no new risk when its step was renamed", () => {
    const renamed = update(first, press(step("Run unit tests")));
    expect(renamed.added).toEqual([]);
    expect(renamed.filled).toEqual(["M03-R01"]);
    expect(renamed.text).toContain("step: Run unit tests\n");
    expect(update(renamed.text, press(step("Run unit tests"))).text).toBe(renamed.text);
  });
});

describe("a target that was never found", () => {
  const mistyped = `version: 1\nrisks:\n  - id: M03-R01\n    file: ${PRESS}\n    job: unit\n    step: Run test\n`;

  test("is no proof of a repair", () => {
    const result = update(mistyped, press());
    expect(result.fixed).toEqual([]);
    expect(result.notFound).toEqual(["M03-R01"]);
    expect(result.text).toBe(mistyped);
  });

  test("is one where the fix stands in the history", () => {
    const result = update(mistyped, press(), { landed: ["M03-R01"] });
    expect(result.fixed).toEqual(["M03-R01"]);
    expect(result.notFound).toEqual([]);
    expect(result.text).toBe(mistyped.replace("- id: M03-R01\n", "- id: M03-R01\n    status: fixed\n"));
  });
});
