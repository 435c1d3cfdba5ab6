import { readFileSync } from "node:fs";
import { parseCondition, removeFalseGuard } from "@ci-fix/expression";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The cells of the table behind a mark, without its head. */
function rows(mark: string): readonly (readonly string[])[] {
  const [, behind = ""] = readme.split(`<!-- tested: ${mark} -->\n`);
  const [table = ""] = behind.split("\n\n");
  const lines = table.split("\n").slice(2);
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) =>
        cell
          .trim()
          .replaceAll("\\|", "|")
          .replaceAll("⏎", "\n")
          .replace(/^`(.*)`$/s, "$1"),
      ),
  );
}

test.each(rows("conditions"))("the page is right about %j: %s, true: %s", (text = "", form = "", truth = "") => {
  const { form: actual, constant } = parseCondition(text);
  expect([actual, constant === undefined ? "depends" : constant ? "yes" : "no"]).toEqual([form, truth]);
});

test.each(rows("guards"))("the page is right about the repair of %j: %s", (before = "", after = "") => {
  const result = removeFalseGuard(parseCondition(before));
  expect(result.ok ? result.replacement : `refused: ${result.reason}`).toBe(after);
});
