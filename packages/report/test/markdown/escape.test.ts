import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { code, codeBlock, prose } from "../../src/markdown/escape.ts";
import { visible } from "../../src/visible.ts";

/** Texts that hold what Markdown, HTML and GitHub act on far more often than chance would. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom("@octocat", "#12", "GH-12", "CVE-2024-1234", "https://", "www.", "evil.example", "a@b.example"),
      fc.constantFrom(
        "`",
        "``",
        "|",
        "\\",
        "\\|",
        "<!--",
        "<img src=x onerror=alert(1)>",
        "</details>",
        "&amp;",
        "&#64;",
      ),
      fc.constantFrom(
        "[a](b)",
        "![a](b)",
        "[^1]",
        "**",
        "_",
        "~~",
        "$x$",
        ":tada:",
        "\n",
        "\r\n# ",
        "\u202e",
        "- [ ] ",
      ),
      fc.constantFrom("0123456789abcdef0123456789abcdef01234567", "deadbeef", " ", "word"),
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const BREAK = "\u200b";
/** What a browser would show, with the characters that keep words apart. */
function shown(html: string): string {
  return html
    .replaceAll(/<\/?(?:span|code)>/g, "")
    .replaceAll(/&#(\d+);/g, (_all, number: string) => String.fromCharCode(Number(number)));
}

describe.each([
  ["prose", prose],
  ["code", code],
])("%s", (_name, escape) => {
  it("shows what is written", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shown(escape(text)).replaceAll(BREAK, "")).toBe(visible(text));
      }),
    );
  });

  it("leaves no mark that Markdown or HTML acts on, and no line break", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const rest = escape(text).replaceAll(/<\/?(?:span|code)>|&#\d+;/g, "");
        expect(rest).not.toMatch(/[&<>\\`*_[\]|~#$@\n\r]/);
      }),
    );
  });

  it("leaves no address that becomes a link", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shown(escape(text))).not.toMatch(/www\.|:\/\/|\w@\w/i);
      }),
    );
  });
});

describe("prose", () => {
  it("leaves nothing that GitHub makes a mention, a reference, an emoji or a commit of", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shown(prose(text))).not.toMatch(/@\w|#\d|\b(?:GH|GHSA|CVE)-\w|:\w+:|\b[\da-f]{7,40}\b/i);
      }),
    );
  });

  it("leaves plain words and code-like names readable", () => {
    expect(prose('step "Run tests" of clang-18 may fail (line 9): it is green')).toBe(
      'step "Run tests" of clang-18 may fail (line 9): it is green',
    );
  });

  it.each([
    ["@octocat", "&#64;&#8203;octocat"],
    ["see #12", "see &#35;&#8203;12"],
    ["${{ matrix.os }}", "<span>&#36;</span>{{ matrix.os }}"],
    ["https://evil.example", "https:&#8203;//evil.example"],
    ["a|b", "a&#124;b"],
    ["<script>", "&#60;script&#62;"],
    ["a\nb", "a&#92;nb"],
    ["\u202e", "&#92;u202e"],
  ])("writes %j as %j", (text, escaped) => expect(prose(text)).toBe(escaped));
});

describe("code", () => {
  it("can be copied as it is shown where no link could come of it", () => {
    expect(code(".github/workflows/unit.yml:9")).toBe("<code>.github/workflows/unit.yml:9</code>");
  });
});

describe("codeBlock", () => {
  it("has a fence that no line of it can close", () => {
    expect(codeBlock(["a", "````", "b"])).toBe("`````text\na\n````\nb\n`````");
    expect(codeBlock(["a"])).toBe("```text\na\n```");
  });
});
