import { describe, expect, it } from "vitest";
import { clip } from "../src/clip.ts";

describe("clip", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["a😀bc", 3, "a…"],
    ["a😀bc", 4, "a😀…"],
  ])("makes %j at most %i units long: %j", (text, most, cut) => expect(clip(text, most)).toBe(cut));
});
