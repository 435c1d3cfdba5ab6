import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { readDate } from "../src/dates.ts";

describe("readDate", () => {
  it.each([
    ["2026-02-08", "2026-02-08", "1770508800 +0000"],
    ["2026-02-08T00:00", "2026-02-08", "1770508800 +0000"],
    ["2026-02-08T10:30:00Z", "2026-02-08", "1770546600 +0000"],
    ["2026-02-08T11:30:00+01:00", "2026-02-08", "1770546600 +0100"],
    ["2026-02-08 11:30:00 +0100".replace(" +", "+"), "2026-02-08", "1770546600 +0100"],
    ["2026-02-08T23:30:00-08:00", "2026-02-08", "1770622200 -0800"],
    ["2026-02-08T10:30:00.250Z", "2026-02-08", "1770546600 +0000"],
    ["2024-02-29", "2024-02-29", "1709164800 +0000"],
  ])("reads %s", (text, day, commitDate) => {
    expect(readDate(text)).toEqual({ day, commitDate });
  });

  it("means what git means", () => {
    const told = execFileSync("git", ["var", "GIT_COMMITTER_IDENT"], {
      encoding: "utf8",
      env: {
        ...process.env,
        GIT_COMMITTER_NAME: "A",
        GIT_COMMITTER_EMAIL: "a@example.org",
        GIT_COMMITTER_DATE: "2026-02-08T11:30:00+01:00",
      },
    });
    expect(told.trim()).toBe(`A <a@example.org> ${readDate("2026-02-08T11:30:00+01:00").commitDate}`);
  });

  it.each([
    "",
    "tomorrow",
    "2026-2-8",
    "2026-02-30",
    "2026-13-01",
    "2026-02-08T25:00",
    "08.02.2026",
    "1770508800",
    "2026-02-08x",
  ])("refuses %j", (text) => {
    expect(() => readDate(text)).toThrow("is not a date");
  });
});
