import { describe, expect, it } from "vitest";
import { createStyle, wantsColor } from "../src/style.ts";

describe("wantsColor", () => {
  it.each([
    ["a terminal", "auto", {}, true, true],
    ["a pipe", "auto", {}, false, false],
    ["a pipe on a CI server", "auto", { CI: "1" }, false, false],
    ["a terminal with NO_COLOR", "auto", { NO_COLOR: "1" }, true, false],
    ["an empty NO_COLOR, which means nothing", "auto", { NO_COLOR: "" }, true, true],
    ["FORCE_COLOR into a pipe", "auto", { FORCE_COLOR: "1" }, false, true],
    ["an empty FORCE_COLOR into a pipe", "auto", { FORCE_COLOR: "" }, false, true],
    ["FORCE_COLOR=0 on a terminal", "auto", { FORCE_COLOR: "0" }, true, false],
    ["NO_COLOR against FORCE_COLOR", "auto", { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    ["--color always against NO_COLOR", "always", { NO_COLOR: "1" }, false, true],
    ["--color never against FORCE_COLOR", "never", { FORCE_COLOR: "3" }, true, false],
    ["a dumb terminal", "auto", { TERM: "dumb" }, true, false],
  ] as const)("decides for %s", (_what, choice, env, isTerminal, expected) => {
    expect(wantsColor(choice, env, isTerminal)).toBe(expected);
  });
});

describe("createStyle", () => {
  it("paints although the tests' own stdout is no terminal", () => {
    expect(createStyle({ color: true, width: 80 }).paint("added", "+ name: tests")).toBe(
      "\u001b[32m+ name: tests\u001b[39m",
    );
  });
  it("leaves a text alone without colour", () => {
    expect(createStyle({ color: false, width: 80 }).paint("critical", "critical")).toBe("critical");
  });
});
