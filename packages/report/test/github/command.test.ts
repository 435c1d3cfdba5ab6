import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annotationCommand } from "../../src/github/command.ts";
import { readCommand } from "./runner.ts";

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "::error::",
        "::stop-commands::x",
        "%0A",
        "%0D%0A::error",
        "%25",
        "%3A%3A",
        "##[error]",
        "\n",
        "\r",
      ),
      fc.constantFrom(":", ",", "=", "%", ",title=x", "::", " "),
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe("annotationCommand", () => {
  it("is one command on one line, from which the runner reads exactly what was said", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, title, message) => {
        const file = `.github/${name}.yml`;
        const command = annotationCommand({
          level: "error",
          place: { file, line: 3, endLine: 4 },
          title: `[${title}]`,
          message,
        });
        expect(command).not.toMatch(/[\n\r]/);
        expect(readCommand(command)).toEqual({
          name: "error",
          properties: { file, line: "3", endLine: "4", title: `[${title}]` },
          message,
        });
      }),
    );
  });

  it.each([
    ["100%", "100%25"],
    ["%0A::error::forged", "%250A::error::forged"],
    ["a\r\nb", "a%0D%0Ab"],
  ])("writes the message %j as %j", (message, escaped) =>
    expect(annotationCommand({ level: "notice", title: "ci-fix", message })).toBe(`::notice title=ci-fix::${escaped}`),
  );

  it("escapes what would cut a property short", () => {
    expect(
      annotationCommand({ level: "warning", place: { file: "a,b: c%.yml", line: 1 }, title: "x::y", message: "m" }),
    ).toBe("::warning file=a%2Cb%3A c%25.yml,line=1,title=x%3A%3Ay::m");
  });

  it("leaves out what is not known", () => {
    expect(
      annotationCommand({ level: "error", place: { file: "a.yml", line: undefined }, title: "t", message: "m" }),
    ).toBe("::error file=a.yml,title=t::m");
  });
});
