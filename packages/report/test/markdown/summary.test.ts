import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../src/markdown/summary.ts";
import { found, kept, matchOf, risk, scanOf } from "../finding-fixture.ts";

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

describe("renderMarkdown", () => {
  it("sums up, lists, and holds each finding in full to unfold", () => {
    const tests = found(text, at);
    expect(renderMarkdown(scanOf(tests), matchOf([risk("M03-R04"), tests]), date)).toBe(`### ci-fix

**1 silent failure in 1 of 3 CI files: 1 high**

| Severity | Class | Place | What |
|---|---|---|---|
| high | <code>soft-fail-step</code> | <code>.github/workflows/unit.yml:8</code> | <code>M03-R04</code> step "Run tests" may fail and the job stays green |

<details>
<summary>high: step "Run tests" may fail and the job stays green (<code>.github/workflows/unit.yml:8</code>)</summary>

\`\`\`text
  |
6 |       - name: Run tests
7 |         run: pytest
8 |         continue-on-error: true
  |         ^^^^^^^^^^^^^^^^^^^^^^^
\`\`\`

- **why:** A failing test is not seen by anyone
- **seen:** it runs pytest (line 9)
- **fix:** remove the soft-fail (review it first; reveals failures)
- **then:** When a test fails, the step and its job fail
- **next:** <code>ci-fix --risk M03-R04</code>

</details>
`);
  });

  it("says so when there is nothing, and names what is settled or could not be read", () => {
    const upload = found(text, { ...at, outcome: kept("best-effort", "it uploads a report") });
    expect(renderMarkdown(scanOf(upload), matchOf(), date)).toBe(
      "### ci-fix\n\n**nothing to do in 3 CI files; 1 kept**\n",
    );
    const accepted = found(text, at);
    const errors = [{ file: "a|b.yml", code: "CI_FIX_PARSE_ERROR", message: "a <tab>", line: 2 }];
    const match = matchOf([risk("M03-R01", { status: "accepted", justification: "by design" }), accepted]);
    expect(renderMarkdown({ ...scanOf(accepted), errors }, match, date)).toBe(
      "### ci-fix\n\n**nothing to do in 3 CI files; 1 file could not be read**\n\n" +
        "- accepted in the register: <code>M03-R01</code>\n" +
        "- could not be read: <code>a&#124;b.yml:2</code>: a &#60;tab&#62;\n",
    );
  });

  it("fits a comment however much is found, and says how many are left out", () => {
    const many = Array.from({ length: 2000 }, () => found(text, at));
    const markdown = renderMarkdown(scanOf(...many), matchOf(), date);
    expect(markdown.length).toBeLessThanOrEqual(65_536);
    expect(markdown.length).toBeGreaterThan(60_000);
    const rows = markdown.match(/^\| high /gm)!.length;
    const details = markdown.match(/^<details>$/gm)!.length;
    expect(markdown.match(/^<\/details>$/gm)).toHaveLength(details);
    expect(markdown).toContain(`… and ${2000 - rows} more findings, for which`);
    expect(markdown).toContain(`… and the details of ${2000 - details} findings, for which`);
  });

  it("fits a comment with hostile texts of any length, each row of the table on a line of its own", () => {
    const evil = fc.constantFrom("$", "|", "\n| high |", "`", "</details>", "@", "\u202e", "a".repeat(500));
    fc.assert(
      fc.property(fc.array(evil, { maxLength: 400 }), fc.integer({ min: 1, max: 60 }), (parts, number) => {
        const message = parts.join("");
        const located = found(text, { ...at, message, file: `${message}.yml`, evidence: [message] });
        const errors = Array.from({ length: number }, () => ({ file: message, code: "X", message, line: 1 }));
        const match = matchOf([risk(message), located]);
        const scan = { ...scanOf(...Array.from({ length: number }, () => located)), errors };
        const markdown = renderMarkdown(scan, match, date);
        expect(markdown.length).toBeLessThanOrEqual(65_536);
        const opened = markdown.split("\n").filter((line) => line === "<details>").length;
        expect(markdown.match(/<\/details>/g) ?? []).toHaveLength(opened);
        for (const line of markdown.split("\n").filter((row) => row.startsWith("| high")))
          expect(line.split("|")).toHaveLength(6);
      }),
      { numRuns: 40 },
    );
  });

  it("lets no line of a file close its block", () => {
    const located = found(text.replace("Run tests", "a ```` b"), at);
    const lines = renderMarkdown(scanOf(located), matchOf(), date).split("\n");
    expect(lines.filter((line) => line.startsWith("`````"))).toEqual(["`````text", "`````"]);
  });
});
