import { cpSync } from "node:fs";
import { join } from "node:path";
import type { FullAudit } from "@ci-fix/audit";
import { renderAuditHtml } from "@ci-fix/report/audit";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser, open, type OpenPage, startBrowser } from "./browser.ts";
import { ciFix } from "./command-line.ts";
import { root, scratchFolder, ScratchRepository } from "./scratch-repository.ts";

const date = ["--date", "2026-02-08"] as const;

/** A workflow whose every name tries to leave the text it stands in. */
const hostile = String.raw`name: "</script><script>alert('name')</script>"
on: push
jobs:
  test:
    name: "\" onmouseover=alert('job') x=\"\u202e"
    runs-on: ubuntu-latest
    if: "false && github.repository == 'javascript:alert(1)/<img src=x onerror=alert(2)>'"
    steps:
      - name: "<img src=x onerror=alert('step')>\u2066 [x](javascript:alert(3))"
        continue-on-error: true # </style><svg onload=alert('comment')>
        run: pytest
      - run: cargo test
        continue-on-error: true
`;

describe.runIf(hasBrowser)("the page of an audit, in a browser", () => {
  let browser: Browser;
  let repository: ScratchRepository;

  beforeAll(async () => {
    browser = await startBrowser();
    repository = new ScratchRepository(scratchFolder());
    cpSync(join(root, "fixtures", "audit-m04"), repository.folder, { recursive: true });
    repository.write(".github/workflows/hostile.yml", hostile);
    repository.commitAll("Start");
    repository.git("tag", "base");
    ciFix(repository.folder, ["--risk", "M03-R01,M03-R02,M03-R03,M03-R04,M03-R05", "--commit"]);
  });

  afterAll(async () => {
    await browser.close();
  });

  async function audit(args: readonly string[], width?: number, scheme?: "light" | "dark"): Promise<OpenPage> {
    const run = ciFix(repository.folder, ["audit", "--format", "html", "--out", "audit.html", ...date, ...args]);
    expect(run).toMatchObject({ code: 0, stdout: "" });
    return open(browser, join(repository.folder, "audit.html"), width, scheme);
  }

  const kinds = [
    ["full", ["--milestone", "M03"]],
    ["delta", ["--milestone", "M04", "--base", "base"]],
  ] as const;

  it.each(kinds)(
    "has no word of complaint about the %s audit, and nothing of a file runs in it",
    async (_kind, args) => {
      const { page, complaints } = await audit(args);
      await page.locator("details.item").first().locator("summary").click();
      await page.mouse.move(400, 400);
      expect(complaints).toEqual([]);
      expect(await page.locator("script").count()).toBe(1);
      expect(
        await page
          .locator("img, iframe, object, embed, link, form[action], [onmouseover], [onerror], [onload]")
          .count(),
      ).toBe(0);
      const addresses = await page
        .locator("[href]")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      expect(addresses.filter((address) => address?.startsWith("#") !== true)).toEqual([]);
      const text = await page.locator("body").innerText();
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    },
  );

  it("shows hostile names as they are written", async () => {
    const { page } = await audit(kinds[0][1]);
    const text = await page.locator("body").innerText();
    expect(text).toContain("<img src=x onerror=alert('step')>");
    expect(text).toContain("</script><script>alert('name')</script>");
  });

  it.each(kinds)("fits a phone in the %s audit: only tables and pictures scroll sideways", async (_kind, args) => {
    const { page } = await audit(args, 390);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  });

  it("follows the theme of the system until it is changed", async () => {
    const { page } = await audit(kinds[0][1], 1280, "dark");
    const ground = (): Promise<string> =>
      page.evaluate<string>("getComputedStyle(document.documentElement).backgroundColor");
    const dark = await ground();
    await page.locator("#theme").click();
    const light = await ground();
    expect([dark, light]).toEqual(["rgb(18, 21, 26)", "rgb(255, 255, 255)"]);
  });

  it("shows both sides of each change with its proof", async () => {
    const { page } = await audit(kinds[1][1]);
    const proof = page.locator("#proof-m03-r05");
    expect(await proof.locator("td.removed mark").allInnerTexts()).toEqual(["false && "]);
    expect(await proof.innerText()).toContain("Proof: what was green can be red now");
    const graph = page.locator("#graphs .wide > svg").filter({ has: page.locator(".node.removed") });
    expect(await graph.count()).toBe(1);
  });
});

describe.runIf(hasBrowser)("the list of findings, in a browser", () => {
  let browser: Browser;
  let opened: OpenPage;
  let repository: ScratchRepository;

  beforeAll(async () => {
    browser = await startBrowser();
    repository = new ScratchRepository(scratchFolder());
    repository.write(".github/workflows/hostile.yml", hostile);
    repository.commitAll("Start");
    const { stdout } = ciFix(repository.folder, ["audit", "--format", "json", "--milestone", "M03", ...date]);
    repository.write("audit.html", renderAuditHtml(grown(JSON.parse(stdout) as FullAudit, 2000)));
    opened = await open(browser, join(repository.folder, "audit.html"));
  });

  afterAll(async () => {
    await browser.close();
  });

  /** The same audit with as many findings as a large organisation has. */
  function grown(facts: FullAudit, count: number): FullAudit {
    const findings = Array.from({ length: count }, (_, index) => {
      const finding = facts.findings[index % facts.findings.length];
      if (finding === undefined) throw new Error("nothing was found");
      return {
        ...finding,
        file: `.github/workflows/part-${index}.yml`,
        severity: index % 2 === 0 ? "high" : "low",
      } as const;
    });
    return { ...facts, findings };
  }

  const shown = (): Promise<string> => opened.page.locator("#shown").innerText();

  it("is filtered by words, severity and class", async () => {
    const { page } = opened;
    expect(await shown()).toBe("2000 of 2000 shown");
    await page.locator("input[type=search]").fill("part-17");
    expect(await shown()).toBe("111 of 2000 shown");
    await page.locator("input[value=low]").uncheck();
    expect(await shown()).toBe("55 of 2000 shown");
    await page.keyboard.press("Escape");
    expect(await shown()).toBe("2000 of 2000 shown");
  });

  it("is used by keys alone", async () => {
    const { page } = opened;
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("part-1999.");
    expect(await shown()).toBe("1 of 2000 shown");
    await page.locator("input[type=search]").blur();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    expect(await page.locator("details.item[open] > summary").innerText()).toContain("part-1999.yml");
    await page.keyboard.press("Escape");
  });

  it("gives the browser nothing to complain about", () => {
    expect(opened.complaints).toEqual([]);
  });
});
