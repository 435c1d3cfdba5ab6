import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { exitCodeOf } from "../src/tiny-shell.ts";

const folder = mkdtempSync(join(tmpdir(), "ci-fix-gate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a real bash makes of a script, run as the runner does. */
function realExitCode(script: string): number {
  try {
    execFileSync("bash", ["-e", "-c", script], { cwd: folder, stdio: "pipe", timeout: 10_000 });
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

const result = fc.constantFrom("success", "failure", "cancelled", "skipped");
const test = fc
  .tuple(fc.constantFrom("[", "[[", "test"), fc.boolean(), result, fc.constantFrom("=", "==", "!="), result)
  .map(([open, not, left, relation, right]) => {
    const end = open === "[" ? " ]" : open === "[[" ? " ]]" : "";
    return `${open}${not ? " !" : ""} "${left}" ${relation} '${right}'${end}`;
  });
const simple = fc.oneof(test, fc.constantFrom("echo fine", "true", "false", "exit 0", "exit 3", 'printf "%s\\n" no'));
const chain = fc
  .tuple(simple, fc.array(fc.tuple(fc.constantFrom("&&", "||"), simple), { maxLength: 3 }))
  .map(([first, rest]) => [first, ...rest.map(([operator, next]) => `${operator} ${next}`)].join(" "));
const branch = fc
  .tuple(chain, chain, fc.option(fc.tuple(chain, chain)), fc.option(chain))
  .map(
    ([when, then, elif, other]) =>
      `if ${when}; then\n  ${then}\n${elif === null ? "" : `elif ${elif[0]}\nthen ${elif[1]}\n`}${other === null ? "" : `else\n  ${other}\n`}fi`,
  );
const script = fc.array(fc.oneof(chain, branch), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("\n"));

describe("the exit code of a gate's script", () => {
  it("is that of a real bash", () => {
    fc.assert(
      fc.property(script, (text) => {
        expect(exitCodeOf(text), text).toBe(realExitCode(text));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    'for r in a b; do [ "$r" = a ] || exit 1; done',
    'echo "$RESULT"',
    "python3 check.py",
    "echo `date`",
    "[[ a == a* ]]",
    "echo done > out",
    "exit $FAIL",
    "(exit 1)",
    "if true; then echo",
    "case a in a) exit 1;; esac",
  ])("is not told of %s", (text) => {
    expect(exitCodeOf(text)).toBeUndefined();
  });

  it("follows jq over results", () => {
    const jobs = (first: string): string => `<<< '{"unit":{"result":"${first}"},"lint":{"result":"skipped"}}'`;
    const strict = "jq --exit-status 'all(.result == \"success\")'";
    const lenient = 'jq -e \'all(.result == "success" or .result == "skipped")\'';
    expect(exitCodeOf(`${strict} ${jobs("success")}`)).toBe(1);
    expect(exitCodeOf(`${lenient} ${jobs("success")}`)).toBe(0);
    expect(exitCodeOf(`jq -C ${jobs("failure")}\n${lenient} ${jobs("failure")}`)).toBe(1);
    expect(exitCodeOf(`jq -e 'map(.result)' ${jobs("failure")}`)).toBeUndefined();
  });
});
