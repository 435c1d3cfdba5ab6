import type { LocatedFinding } from "@ci-fix/register";
import { describe, expect, it } from "vitest";
import { renderFindings } from "../src/findings.ts";
import { createStyle } from "../src/style.ts";
import { found, kept, matchOf, risk, scanOf } from "./finding-fixture.ts";

const style = createStyle({ color: false, width: 80 });
const date = "2026-02-08";

const unit = `name: Unit
on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Run tests
        run: pytest tools
        continue-on-error: true
      - run: echo done
`;
const tests = found(unit, { at: "continue-on-error: true", step: 1 });

const render = (findings: readonly LocatedFinding[], match = matchOf(), verbose = false): string =>
  renderFindings(scanOf(...findings), match, style, { date, verbose });

describe("a finding", () => {
  it("tells what, where, why, what decided, what can be done and what to type", () => {
    expect(render([tests], matchOf([risk("M03-R04"), tests]))).toBe(
      [
        'high[soft-fail-step] M03-R04: step "Run tests" may fail and the job stays green',
        "  --> .github/workflows/unit.yml:10:9",
        "   |",
        " 8 |       - name: Run tests",
        " 9 |         run: pytest tools",
        "10 |         continue-on-error: true",
        "   |         ^^^^^^^^^^^^^^^^^^^^^^^",
        "   |",
        "   = why:  A failing test is not seen by anyone",
        "   = seen: it runs pytest (line 9)",
        "   = fix:  remove the soft-fail (review it first; reveals failures)",
        "   = then: When a test fails, the step and its job fail",
        "   = next: ci-fix --risk M03-R04",
        "",
        "1 silent failure in 1 of 3 CI files: 1 high",
        "",
      ].join("\n"),
    );
  });

  it("without an id sends to the register", () => {
    expect(render([tests])).toContain("= next: ci-fix register update\n");
  });

  it("that only a person can decide offers to accept it, not to fix it", () => {
    const fake = found(unit, {
      at: "echo done",
      step: 2,
      outcome: { kind: "fix", title: "run the tests", safety: "report", effect: "needs-decision", edits: [] },
    });
    const text = render([fake], matchOf([risk("M03-R09"), fake]));
    expect(text).toContain('= next: ci-fix register accept M03-R09 --reason "…"');
  });

  it("far below the start of its unit leaves out what lies between", () => {
    const long = unit.replace(
      "        run: pytest tools\n",
      "        env:\n          CI: 1\n        run: pytest tools\n",
    );
    const lines = render([found(long, { at: "continue-on-error: true", step: 1 })]).split("\n");
    expect(lines.slice(3, 6)).toEqual([" 8 |       - name: Run tests", "...", "12 |         continue-on-error: true"]);
  });

  it("over several lines points at the first and names the last", () => {
    const text = render([
      found(unit, { at: "- name: Run tests\n        run: pytest tools\n        continue-on-error: true", step: 1 }),
    ]);
    expect(text).toContain(" 8 |       - name: Run tests\n   |       ^^^^^^^^^^^^^^^^^ to line 10\n");
  });

  it("points under the right columns behind wide characters and tabs", () => {
    const wide =
      'on: push\njobs:\n  unit:\n    name: "测试\tfast" # 注意\n    continue-on-error: true\n    runs-on: x\n    steps: []\n';
    expect(render([found(wide, { at: "fast" })])).toContain(
      '4 |     name: "测试    fast" # 注意\n  |                    ^^^^\n',
    );
  });

  it("shows lines of Windows and a leading byte order mark as any others", () => {
    const windows = `\ufeff${unit.replaceAll("\n", "\r\n")}`;
    expect(render([found(windows, { at: "continue-on-error: true", step: 1 })])).toBe(render([tests]));
    expect(render([found(windows, { at: "name: Unit", step: 1 })])).toContain("1 | name: Unit\n  | ^^^^^^^^^^\n");
  });

  it("points at a place where nothing stands", () => {
    expect(render([found(`${unit}#`, { at: "", step: 0 })])).toMatch(/\n {2}\| \^\n/);
  });

  it("keeps the pointed part in view when a line is longer than the terminal", () => {
    const long = `on: push\njobs:\n  unit:\n    if: ${"a || ".repeat(30)}false && b ${"|| c ".repeat(30)}\n    runs-on: x\n    steps: []\n`;
    const text = render([found(long, { at: "false && b" })]);
    const [line, pointer] = text.split("\n").slice(4, 6);
    expect(line).toMatch(/^4 \| ….*\|\| false && b \|\| c.*…$/);
    expect(line!.length).toBeLessThanOrEqual(80);
    expect(pointer!.indexOf("^")).toBe(line!.indexOf("false"));
    expect(pointer!.trimEnd().length - pointer!.indexOf("^")).toBe("false && b".length);
  });

  it("never lets a file's words act on the terminal", () => {
    const hostile =
      'on: push\njobs:\n  unit:\n    name: "\u202emoc.elgoog"\n    continue-on-error: true\n    runs-on: x\n    steps: []\n';
    const located = found(hostile, {
      at: "continue-on-error: true",
      message: "job \u001b[2J may fail",
      file: ".github/workflows/\u001b]0;owned\u0007.yml",
      evidence: ["its name is \u202emoc"],
    });
    const text = render([located], matchOf([risk("M01-R01\u001b[1m"), located]));
    expect(text).toContain("\\x1b[2J");
    expect(text).toContain("\\x1b]0;owned\\x07.yml");
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it("wraps prose at the width and keeps it under itself", () => {
    const narrow = createStyle({ color: false, width: 44 });
    const text = renderFindings(scanOf(tests), matchOf(), narrow, { date });
    expect(text).toContain("   = then: When a test fails, the step and\n           its job fail\n");
  });
});

describe("the order", () => {
  it("is severity first, then file and line", () => {
    const low = found(unit, { at: "echo done", step: 2, severity: "low", file: ".github/workflows/a.yml" });
    const critical = found(unit, { at: "run: pytest tools", step: 1, severity: "critical" });
    const severities = [...render([low, tests, critical]).matchAll(/^(\w+)\[/gm)].map(([, word]) => word);
    expect(severities).toEqual(["critical", "high", "low"]);
  });
});

describe("what is kept", () => {
  const upload = found(unit, {
    at: "uses: actions/checkout@v4",
    step: 0,
    outcome: kept("best-effort", "it uploads a report"),
  });
  const cache = found(unit, { at: "echo done", step: 2, outcome: kept("best-effort", "it fills a cache") });
  const audit = found(unit, { at: "echo done", step: 2, outcome: kept("advisory", "it audits packages") });
  const generated = found(unit, {
    at: "run: pytest tools",
    step: 1,
    outcome: kept("generated", "made by a generator"),
  });

  it("takes one line for each reason, what needs a person first", () => {
    expect(render([audit, upload, cache, generated])).toBe(
      [
        "left for a person",
        "   1  generated  a program writes this file; the fix belongs there",
        "kept on purpose",
        "   2  best-effort  an upload, cache, comment or clean-up that may fail",
        "   1  advisory     an audit or outlook that only informs",
        "      each in full: ci-fix --verbose",
        "",
        "nothing to do in 3 CI files; 4 kept",
        "",
      ].join("\n"),
    );
  });

  it("is shown in full with --verbose", () => {
    const text = render([upload], matchOf(), true);
    expect(text).toContain("kept[soft-fail-step]: ");
    expect(text).toContain("= kept: it uploads a report (best-effort)\n");
    expect(text).not.toContain("--verbose");
  });
});

describe("what the register settles", () => {
  it("is named in one line and not counted", () => {
    const text = render([tests], matchOf([risk("M03-R07", { status: "accepted", justification: "by design" }), tests]));
    expect(text).toBe("accepted in the register: M03-R07\n\nnothing to do in 3 CI files\n");
  });

  it("is open again on the day after it expires", () => {
    const accepted = (expires: string): string =>
      render([tests], matchOf([risk("M03-R07", { status: "accepted", expires }), tests]));
    expect(accepted("2026-02-08")).toContain("nothing to do");
    expect(accepted("2026-02-07")).toContain("1 silent failure");
  });
});

describe("the last line", () => {
  it("says that nothing is to do", () => expect(render([])).toBe("nothing to do in 3 CI files\n"));

  it("says that there is nothing to look at", () => {
    expect(renderFindings({ ...scanOf(), files: 0 }, matchOf(), style, { date })).toBe("no CI files here\n");
  });

  it("counts files that could not be read", () => {
    const errors = [{ file: "x.yml", code: "CI_FIX_YAML", message: "broken", line: 3 }];
    expect(renderFindings({ ...scanOf(), errors }, matchOf(), style, { date })).toBe(
      "nothing to do in 3 CI files; 1 file could not be read\n",
    );
  });
});
