import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visible, visibleJson } from "../src/visible.ts";

describe("visible", () => {
  it.each([
    ["an escape sequence that clears the screen", "build\u001b[2J\u001b[H", "build\\x1b[2J\\x1b[H"],
    ["an OSC link", "\u001b]8;;https://evil.example\u0007click", "\\x1b]8;;https://evil.example\\x07click"],
    ["a C1 control that starts a sequence in some terminals", "a\u009b31mred", "a\\x9b31mred"],
    ["a name that is reversed by bidi controls", "safe\u202elmy.exe", "safe\\u202elmy.exe"],
    ["isolates", "\u2066if\u2069", "\\u2066if\\u2069"],
    ["line breaks in a file name", "ci\r\n.yml\t", "ci\\r\\n.yml\\t"],
    ["a line separator", "one\u2028two", "one\\u2028two"],
    ["characters without width", "con\u200btinue\ufeff", "con\\u200btinue\\ufeff"],
    ["tag characters", "x\u{e0041}", "x\\u{e0041}"],
    ["a lone surrogate", "x\ud83d", "x\\ud83d"],
    ["backspaces that overwrite", "rm\b\bls", "rm\\x08\\x08ls"],
  ])("shows %s", (_what, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("leaves words of every script, emoji and joiners alone", () => {
    const text = "Überprüfung · 测试 · اختبار · می\u200cخواهم · 👩‍👩‍👧 · e\u0301 · a\\b";
    expect(visible(text)).toBe(text);
  });

  it("lets no control character through, whatever comes in", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
      }),
    );
  });
});

describe("visibleJson", () => {
  it("keeps the value of JSON and makes its text safe to show", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (names) => {
        const json = visibleJson(JSON.stringify({ names }, null, 2));
        expect(JSON.parse(json)).toEqual({ names });
        expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
