import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditAll } from "@ci-fix/audit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderAuditMarkdown } from "../../src/audit/index.ts";
import { inline, name } from "../../src/audit/markdown/parts.ts";

describe("names and sentences in Markdown", () => {
  it.each([
    ["tools-unit-tests.yml", "`tools-unit-tests.yml`"],
    ["a|b", "<code>a&#124;b</code>"],
    ["a`b", "<code>a&#96;b</code>"],
    ["<script>", "<code>&#60;script&#62;</code>"],
    ["@everyone", "<code>&#64;&#8203;everyone</code>"],
    [" padded ", "<code> padded </code>"],
    ["https://example.org", "<code>https:&#8203;//example.org</code>"],
  ])("%j", (text, expected) => expect(name(text)).toBe(expected));

  it("an underscore within a word needs no escape, others do", () =>
    expect(inline("td_retrieval and _emphasis_")).toBe("td_retrieval and &#95;emphasis&#95;"));

  it("words between backticks are code; a stray backtick hurts nobody", () => {
    expect(inline("job `a_b` fails")).toBe("job `a_b` fails");
    expect(inline("a ` <b>")).not.toContain("<b>");
  });
});

const hostile = String.raw`name: "Tests | <script>alert(1)</script> [x](javascript:alert(1)) @everyone"
on: push
jobs:
  unit:
    name: "|| ![](https://example.org/p.png) ${"`"}code${"`"}"
    if: github.repository == '"><img src=x onerror=alert(1)>|'
    runs-on: ubuntu-24.04
    steps:
      - name: "Run tests\u202e | </td><svg onload=alert(1)> #1"
        continue-on-error: true
        run: pytest
`;

describe("a workflow that wants to be more than text", () => {
  const folder = mkdtempSync(join(tmpdir(), "ci-fix-audit-"));
  let markdown: string;

  beforeAll(async () => {
    mkdirSync(join(folder, ".github/workflows"), { recursive: true });
    writeFileSync(join(folder, ".github/workflows/x.yml"), hostile);
    markdown = renderAuditMarkdown(await auditAll({ directory: folder, date: "2026-02-08" }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is found, so that its words are in the document", () => {
    expect(markdown).toContain("soft-fail-step");
    expect(markdown).toContain("onload");
  });

  it("brings no tag, link, image, mention or hidden character along", () => {
    const outside = markdown.replaceAll(/<\/?code>|<br>|<span>&#36;<\/span>/gu, "");
    expect(outside).not.toMatch(/<[a-z/!]/iu);
    expect(outside).not.toMatch(/\]\(|!\[/u);
    expect(outside).not.toMatch(/(?:^|[^&#\w])@\w/u);
    expect(outside).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
  });

  it("breaks no table: each row has as many cells as its head", () => {
    let width = 0;
    for (const line of markdown.split("\n")) {
      if (!line.startsWith("|")) width = 0;
      else if (width === 0) width = line.split("|").length;
      else expect(line.split("|").length).toBe(width);
    }
  });
});
