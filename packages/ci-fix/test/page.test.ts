import { createStyle } from "@ci-fix/report";
import { describe, expect, it } from "vitest";
import { renderPage } from "../src/page.ts";

const style = createStyle({ color: false, width: 40 });

describe("renderPage", () => {
  it("wraps prose and lists, keeps code, drops what only a browser needs", () => {
    const page = [
      "## What it does",
      "",
      "Removes `continue-on-error: true` from steps",
      "whose failure **must** be seen ([why `x[0]`](../why.md),",
      "[docs](https://example.org/x)).",
      "",
      "- first, which is long enough to be wrapped here",
      "- second, `needs.*.result`, `a*b`",
      "",
      "",
      "```yaml",
      "- run: pytest   # stays exactly as it is, however long the line may be",
      "",
      "  if: false",
      "```",
      "",
      "| left alone | reason |",
      "|---|---|",
      "| a *real* condition | `false \\|\\| x` |",
      "",
      "Last.",
    ].join("\n");
    expect(renderPage(page, style)).toBe(
      [
        "What it does",
        "",
        "Removes `continue-on-error: true` from",
        "steps whose failure must be seen (why",
        "`x[0]`, docs <https://example.org/x>).",
        "",
        "- first, which is long enough to be",
        "  wrapped here",
        "- second, `needs.*.result`, `a*b`",
        "",
        "    - run: pytest   # stays exactly as it is, however long the line may be",
        "",
        "      if: false",
        "",
        "- a real condition: `false || x`",
        "",
        "Last.",
        "",
      ].join("\n"),
    );
  });
});
