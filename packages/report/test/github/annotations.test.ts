import { describe, expect, it } from "vitest";
import { renderAnnotations } from "../../src/github/annotations.ts";
import { found, kept, matchOf, risk, scanOf } from "../finding-fixture.ts";
import { readCommand } from "./runner.ts";

const text = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run tests
        run: pytest
        continue-on-error: true
`;
const at = { at: "continue-on-error: true", step: 0 };
const date = { date: "2026-02-08" };
const linesOf = (output: string): string[] => output.trimEnd().split("\n");

describe("renderAnnotations", () => {
  it("points at the exact place and says what to do, then how many there are", () => {
    const tests = found(text, at);
    expect(linesOf(renderAnnotations(scanOf(tests), matchOf([risk("M03-R04"), tests]), date))).toEqual([
      "::error file=.github/workflows/unit.yml,line=8,endLine=8,col=9,endColumn=32,title=M03-R04 soft-fail-step::" +
        'step "Run tests" may fail and the job stays green%0A' +
        "A failing test is not seen by anyone%0A" +
        "Fix: remove the soft-fail (review it first)%0A" +
        "Next: ci-fix --risk M03-R04",
      "::notice title=ci-fix::1 silent failure in 1 of 3 CI files: 1 high",
    ]);
  });

  it("gives no columns where the place has several lines: the runner takes none then", () => {
    const job = found(text, { at: "steps:\n      - name: Run tests" });
    const [command = ""] = linesOf(renderAnnotations(scanOf(job), matchOf(), date));
    expect(readCommand(command)?.properties).toEqual({
      file: ".github/workflows/unit.yml",
      line: "5",
      endLine: "6",
      title: "soft-fail-job",
    });
  });

  it.each([
    ["critical", "error"],
    ["high", "error"],
    ["medium", "warning"],
    ["low", "notice"],
  ] as const)("tells a %s finding as %s", (severity, level) => {
    const [command = ""] = linesOf(renderAnnotations(scanOf(found(text, { ...at, severity })), matchOf(), date));
    expect(readCommand(command)?.name).toBe(level);
  });

  it("says nothing of what is kept, accepted or deferred", () => {
    const upload = found(text, { ...at, outcome: kept("best-effort", "it uploads a report") });
    const accepted = found(text, at);
    const match = matchOf([risk("M03-R04", { status: "accepted", justification: "by design" }), accepted]);
    expect(renderAnnotations(scanOf(upload, accepted), match, date)).toBe("nothing to do in 3 CI files; 1 kept\n");
  });

  it("tells files that could not be read", () => {
    const errors = [
      { file: "a,b.yml", code: "CI_FIX_PARSE_ERROR", message: "a tab\nwhere blanks are wanted", line: 2 },
    ];
    const [command = "", last] = linesOf(renderAnnotations({ ...scanOf(), errors }, matchOf(), date));
    expect(readCommand(command)).toEqual({
      name: "warning",
      properties: { file: "a,b.yml", line: "2", title: "CI_FIX_PARSE_ERROR" },
      message: "could not be read: a tab\\nwhere blanks are wanted",
    });
    expect(last).toContain("1 file could not be read");
  });

  it.each(["\n::error::forged", "%0A::error::forged", "\r\n::stop-commands::x", "##[add-mask]x", "\u2028::error::x"])(
    "lets %j in a name, a path, a message or a reason forge nothing",
    (evil) => {
      const located = found(text, {
        ...at,
        message: `step "${evil}" may fail`,
        file: `.github/workflows/${evil}.yml`,
        evidence: [evil],
      });
      const errors = [{ file: evil, code: "CI_FIX_UNREADABLE", message: evil, line: undefined }];
      const output = renderAnnotations({ ...scanOf(located), errors }, matchOf([risk(evil), located]), date);
      const commands = linesOf(output).map(readCommand);
      expect(commands.map((command) => command?.name)).toEqual(["error", "warning", "notice"]);
      expect(commands[0]?.properties["file"]).toBe(`.github/workflows/${evil}.yml`);
      expect(commands[0]?.message.split("\n")).toHaveLength(4);
    },
  );

  it("puts the most severe first, and says where GitHub shows only a part", () => {
    const many = (severity: "high" | "low", number: number): ReturnType<typeof found>[] =>
      Array.from({ length: number }, () => found(text, { ...at, severity }));
    const commands = linesOf(renderAnnotations(scanOf(...many("low", 12), ...many("high", 11)), matchOf(), date)).map(
      readCommand,
    );
    expect(commands.map((command) => command?.name)).toEqual([
      ...Array.from({ length: 11 }, () => "error"),
      ...Array.from({ length: 10 }, () => "notice"),
    ]);
    expect(commands.at(-1)?.message).toBe(
      "23 silent failures in 1 of 3 CI files: 11 high, 12 low\nGitHub shows 10 annotations of each level for a step: ci-fix scan lists all of them",
    );
  });
});
