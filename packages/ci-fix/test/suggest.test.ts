import { describe, expect, it } from "vitest";
import { suggest } from "../src/suggest.ts";

const commands = ["scan", "register", "rollback", "explain"];

describe("suggest", () => {
  it.each([
    ["scna", "scan"],
    ["regsiter", "register"],
    ["Register", "register"],
    ["rollbak", "rollback"],
    ["explian", "explain"],
    ["roll-back", "rollback"],
  ])("takes %s for %s", (word, meant) => expect(suggest(word, commands)).toBe(meant));

  it.each(["README.md", "src", "x", ".github/workflows", "commit"])("takes %s for nothing", (word) => {
    expect(suggest(word, commands)).toBeUndefined();
  });
});
