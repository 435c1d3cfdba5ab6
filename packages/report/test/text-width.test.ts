import { describe, expect, it } from "vitest";
import { cut, displayWidth, pad, wrap } from "../src/text-width.ts";

describe("displayWidth", () => {
  it.each([
    ["plain ASCII", "run tests", 9],
    ["Chinese, two columns each", "测试", 4],
    ["full-width Latin", "ＡＢ", 4],
    ["Hangul", "빌드", 4],
    ["an accent that combines", "e\u0301te\u0301", 3],
    ["an emoji", "🚀 go", 5],
    ["a family joined of three", "👩‍👩‍👧", 2],
    ["a heart that the variation selector makes an emoji", "❤️", 2],
    ["a check mark that is text", "✓", 1],
  ])("measures %s", (_what, text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("cut", () => {
  it("leaves a text that fits", () => expect(cut("release", 7)).toBe("release"));
  it("marks what is cut off", () => expect(cut("release.yml", 7)).toBe("releas…"));
  it("never cuts through a wide character", () => expect(cut("测试工作流", 6)).toBe("测试…"));
});

describe("pad", () => {
  it("counts columns, not characters", () => expect(`${pad("测试", 6)}|`).toBe("测试  |"));
});

describe("wrap", () => {
  it("breaks at blanks", () => {
    expect(wrap("the step fails and the job goes on", 14)).toEqual(["the step fails", "and the job", "goes on"]);
  });
  it("breaks a word without joints where the line ends", () => {
    expect(wrap("sha c0ffee00c0ffee00", 12)).toEqual(["sha", "c0ffee00c0ff", "ee00"]);
  });
  it("leaves room for an indent from the second line on", () => {
    expect(wrap("one two three four", 9, 2)).toEqual(["one two", "three", "four"]);
    expect(wrap("1234567 9 1234567", 9, 2)).toEqual(["1234567 9", "1234567"]);
  });
  it("leaves a link in prose whole", () => {
    const link = `<https://example.org/${"long/".repeat(20)}>`;
    expect(wrap(`see ${link}, please`, 60)).toEqual(["see", `${link},`, "please"]);
  });
  it("never puts a blank into a word", () => {
    expect(wrap("abcdefghij", 11, 3)).toEqual(["abcdefgh", "ij"]);
  });
  it("breaks a word that is longer than a line", () => {
    expect(wrap("see https://example.org/a/long/path", 12)).toEqual(["see https://", "example.org/", "a/long/path"]);
  });
});
