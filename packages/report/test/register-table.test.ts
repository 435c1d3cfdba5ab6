import { describe, expect, it } from "vitest";
import { renderRegister } from "../src/register-table.ts";
import { createStyle } from "../src/style.ts";
import { displayWidth } from "../src/text-width.ts";
import { found, kept, matchOf, risk } from "./finding-fixture.ts";

const style = createStyle({ color: false, width: 80 });
const date = "2026-02-08";
const text = "on: push\njobs:\n  unit:\n    continue-on-error: true\n    runs-on: x\n    steps: []\n";
const open = found(text, { at: "continue-on-error: true" });
const documented = found(text, {
  at: "continue-on-error: true",
  outcome: kept("documented", "a reason stands above it"),
});
const handled = found(text, {
  at: "continue-on-error: true",
  outcome: kept("handled", "a later job reads the result"),
});
const target = (file: string): ReturnType<typeof risk>["targets"][number] => ({
  file,
  job: "unit",
  step: undefined,
  class: undefined,
  action: undefined,
  fingerprint: "0123456789abcdef",
});

describe("renderRegister", () => {
  it("is a table of id, severity, status, file and title that fits 80 columns", () => {
    const table = renderRegister(
      matchOf(
        [risk("M03-R01"), open],
        [
          risk("M03-R02", {
            title: "the whole job of the retrieval of test results soft-fails, and so does one of its steps",
            targets: [target(".github/workflows/llm_td_retrieval.yml"), target("action.yml")],
          }),
        ],
        [
          risk("M03-R07", {
            severity: "low",
            status: "accepted",
            title: "suggestions only",
            targets: [target(".github/workflows/lint-autoformat.yml")],
          }),
          open,
        ],
      ),
      style,
      date,
    );
    expect(table).toBe(
      [
        "ID       SEVERITY  STATUS    FILE                     TITLE",
        "M03-R01  high      open      unit.yml                 the tests of the tools",
        "                                                      soft-fail",
        "M03-R02  high      fixed     llm_td_retrieval.yml +1  the whole job of the",
        "                                                      retrieval of test results",
        "                                                      soft-fails, and so does",
        "                                                      one of its steps",
        "M03-R07  low       accepted  lint-autoformat.yml      suggestions only",
        "",
        "3 risks: 1 open, 1 accepted, 1 fixed",
        "",
      ].join("\n"),
    );
    for (const line of table.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it.each([
    ["open, while it is found", risk("M03-R01"), [open], "open"],
    ["open, written down as fixed but found again", risk("M03-R01", { status: "fixed" }), [open], "open"],
    ["fixed, once it is gone", risk("M03-R01", { targets: [target("a.yml")] }), [], "fixed"],
    ["fixed, once its reason stands beside it", risk("M03-R01"), [documented], "fixed"],
    ["open, where it is kept for another reason than a written one", risk("M03-R01"), [handled], "open"],
    ["missing, where a place written by hand was never seen", risk("M03-R01"), [], "missing"],
    ["deferred, as a person said", risk("M03-R01", { status: "deferred" }), [open], "deferred"],
    [
      "expired, when an exception has had its day",
      risk("M03-R01", { status: "accepted", expires: "2026-02-07" }),
      [open],
      "expired",
    ],
  ] as const)("says %s", (_what, entry, findings, status) => {
    expect(renderRegister(matchOf([entry, ...findings]), style, date).split("\n")[1]).toMatch(
      new RegExp(`^M03-R01  high      ${status} `),
    );
  });

  it("takes a landed fix for fixed, also where the place was written by hand", () => {
    expect(renderRegister(matchOf([risk("M03-R01")]), style, date, new Set(["M03-R01"]))).toContain(
      "M03-R01  high      fixed",
    );
  });

  it.each([
    ["what is found", [open], 'step "Run tests" may fail'],
    ["the place, once it is gone", [], 'step "Run tests" of job unit'],
    ["the place, once it is kept", [documented], 'step "Run tests" of job unit'],
  ])("names a risk without a title by %s", (_what, findings, title) => {
    const wide = createStyle({ color: false, width: 120 });
    expect(renderRegister(matchOf([risk("M03-R01", { title: undefined }), ...findings]), wide, date)).toContain(title);
  });

  it("says what has no id yet", () => {
    expect(renderRegister({ ...matchOf([risk("M03-R01"), open]), unregistered: [open, open] }, style, date)).toContain(
      "1 risk: 1 open; 2 findings without an id (ci-fix register update)\n",
    );
  });

  it("escapes what a person or a file wrote", () => {
    expect(renderRegister(matchOf([risk("M03-R01", { title: "x\u001b[2Jy" }), open]), style, date)).toContain(
      "x\\x1b[2Jy",
    );
  });
});
