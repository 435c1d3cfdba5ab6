import { describe, expect, it } from "vitest";
import { readShellScript, type Fate, type ShellOptions } from "../src/index.ts";

const plain = { dialect: "bash", errexit: true, pipefail: false } as const;
const strict = { ...plain, pipefail: true };
const lax = { ...plain, errexit: false };
const sh = { ...plain, dialect: "sh" } as const;

/** What becomes of a failure of `pytest`. */
function fate(text: string, options: ShellOptions = plain): Fate | undefined {
  const script = readShellScript(text, options);
  const command = script?.commands.find(({ words }) => words[0] === "pytest");
  return command === undefined ? undefined : script?.fateOf(command);
}

describe("a failure that reaches the step", () => {
  it.each([
    ["alone", "pytest"],
    ["in a chain of lines", "make\npytest\necho done"],
    ["before a trailing exit 0, under errexit", "pytest; exit 0"],
    ["at the left of &&, when it is last", "pytest && echo ok"],
    ["in an assignment", "out=$(pytest)"],
    ["kept in a variable", "pytest || rc=$?\necho done\nexit ${rc:-0}"],
    ["kept under set +e", "set +e\npytest\nrc=$?\nset -e\nif [ $rc -ne 0 ]; then echo no; exit $rc; fi"],
    ["tested in arithmetic", "set +e; pytest; rc=$?; (( rc == 0 )) || exit 1"],
    ["said in the other branch", "if pytest; then echo ok; else echo no; exit 1; fi"],
    ["told by ||", "pytest || { echo no; exit 1; }"],
    ["in a function", "check() { pytest; }\ncheck"],
    ["in each round of a loop", "for suite in a b; do pytest $suite; done"],
    ["behind a trap that cleans up", "trap 'rm -rf tmp' EXIT\npytest"],
  ])("%s", (_, text) => expect(fate(text)).toBe("shown"));

  it("comes through a pipe under pipefail", () => {
    expect(fate("pytest | tee log", strict)).toBe("shown");
    expect(fate("set -o pipefail\npytest | tee log")).toBe("shown");
    expect(fate("pytest | grep -v noise | tee log", strict)).toBe("shown");
  });
});

describe("a failure that is hidden", () => {
  it.each([
    ["by || true", "pytest || true"],
    ["by || echo", 'pytest || echo "tests failed"'],
    ["by || exit 0", "pytest || exit 0"],
    ["by a group behind ||", "pytest || { echo no; true; }"],
    ["by a pipe", "pytest | tee log"],
    ["by a group in a pipe", "{ make; pytest; } 2>&1 | tee log"],
    ["by set +e", "set +e\npytest\necho done"],
    ["by a variable that nobody reads", "pytest || rc=$?\necho done"],
    ["by a condition", "if pytest; then echo ok; fi"],
    ["by local", "f() { local out=$(pytest); }\nf"],
    ["by echo", 'echo "$(pytest)"'],
    ["in a tested function", "check() { pytest; echo done; }\ncheck || exit 1"],
    ["in a subshell that is tested", "(pytest; echo done) || exit 1"],
    ["in the background", "pytest &\necho done"],
    ["behind `!`", "! pytest"],
  ])("%s", (_, text) => expect(fate(text)).toBe("hidden"));

  it("by the next command, where the shell goes on", () => {
    expect(fate("pytest\necho done", lax)).toBe("hidden");
    expect(fate("echo start\npytest", lax)).toBe("shown");
    expect(fate("for suite in a b; do pytest $suite; done", lax)).toBe("sometimes");
  });

  it("by a pipe in sh, which has no pipefail", () => {
    expect(fate("pytest | tee log", sh)).toBe("hidden");
  });
});

describe("what cannot be told", () => {
  it.each([
    ["a trap that exits", "trap 'exit 0' EXIT\npytest", "unknown"],
    ["a loop that waits", "while true; do pytest && break; sleep 1; done", "unknown"],
    ["a return from nowhere", "pytest || return 0", "unknown"],
    ["code behind an exit", "exit 0\npytest", "unreached"],
    ["a function that nobody calls", "check() { pytest; }\necho", "unreached"],
    ["a flag that is not known", 'pytest || [ "$ALLOW" = 1 ]', "sometimes"],
    ["a status by a flag", 'pytest || exit "$CODE"', "sometimes"],
    ["text that sets options", 'eval "set +e"\npytest', "unknown"],
    ["pipefail, which not every sh has", "set -o pipefail\npytest | tee log", "unknown"],
  ])("%s", (name, text, expected) => expect(fate(text, name.includes("sh has") ? sh : plain)).toBe(expected));

  it("is said to be unknown where there are too many ways", () => {
    const questions = Array.from({ length: 12 }, (_, index) => `if [ -f ${index} ]; then touch ${index}; fi`);
    expect(fate([...questions, "pytest"].join("\n"))).toBe("unknown");
  });
});
