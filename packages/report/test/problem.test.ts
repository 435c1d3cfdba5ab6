import { describe, expect, it } from "vitest";
import { renderProblem } from "../src/problem.ts";
import { createStyle } from "../src/style.ts";

const style = createStyle({ color: false, width: 60 });

describe("renderProblem", () => {
  it("says what, where, why and what to do next", () => {
    const text = renderProblem(
      {
        level: "error",
        code: "CI_FIX_DIRTY_FILE",
        message: "the file has changes that are not committed, and the fix would mix with them",
        file: ".github/workflows/unit.yml",
        line: 12,
        cause: "git status lists it as modified",
        hint: "commit or put aside your own change to that file, then run the same command again",
      },
      style,
    );
    expect(text).toBe(
      [
        "error[CI_FIX_DIRTY_FILE]: the file has changes that are not",
        "  committed, and the fix would mix with them",
        " --> .github/workflows/unit.yml:12",
        "  = cause: git status lists it as modified",
        "  = hint:  commit or put aside your own change to that file,",
        "           then run the same command again",
        "",
      ].join("\n"),
    );
  });

  it("keeps the lines of a message that has several", () => {
    const text = renderProblem(
      { level: "error", code: "CI_FIX_REGISTER_INVALID", message: "register.yml:3: no id\nregister.yml:9: no status" },
      style,
    );
    expect(text).toBe("error[CI_FIX_REGISTER_INVALID]: register.yml:3: no id\n  register.yml:9: no status\n");
  });

  it("escapes what comes from outside", () => {
    const text = renderProblem(
      { level: "warning", code: "CI_FIX_SYMLINK", message: "a link: \u001b[31mx", file: "a\nb.yml" },
      style,
    );
    expect(text).toBe("warning[CI_FIX_SYMLINK]: a link: \\x1b[31mx\n --> a\\nb.yml\n");
  });
});
