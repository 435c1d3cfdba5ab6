import { expect, it } from "vitest";
import { renderCampaignPage, type CampaignView } from "../src/index.ts";

const evil = `"><script>alert('x')</script>\u001B[31m\u202E&`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const view: CampaignView = {
  name: evil,
  milestone: "M03",
  date: "2026-02-08",
  branch: evil,
  counts: [
    ["pushed", 3],
    ["failed", 1],
  ],
  total: 6000,
  files: 4,
  contents: 2,
  risks: [
    {
      risk: { id: "M03-R01", title: evil, severity: "high" },
      effects: [evil],
      count: 3,
      groups: [
        { path: evil, before: bytes(`a\n${evil}\n`), after: bytes("a\n"), repositories: [evil, "acme/app"], count: 3 },
      ],
    },
  ],
  repositories: [
    { name: evil, state: "failed", reason: evil, detail: evil, pullUrl: `javascript:${evil}` },
    { name: "acme/app", state: "pr-open", reason: "", detail: "", pullUrl: "https://host.example/acme/app/pull/1" },
  ],
};

it("the page shows what comes from repositories as text, and loads nothing", () => {
  const page = renderCampaignPage(view);
  expect(page).not.toMatch(/<script|<img|<link|<iframe|src=|javascript:[^&]*"|url\(/u);
  for (const character of ["\u001B", "\u202E"]) expect(page).not.toContain(character);
  expect(page.match(/href="[^"]*"/gu)).toEqual(['href="https://host.example/acme/app/pull/1"']);
  expect(page).toContain("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  expect(page).toContain("default-src 'none'");
});

it("the page says how much of the campaign it leaves out", () => {
  const page = renderCampaignPage(view);
  expect(page).toContain("… and 5998 more, in the ledger.");
  expect(page).toContain("and 1 more</p>");
  expect(page).toContain("3 pushed, 1 failed");
});
