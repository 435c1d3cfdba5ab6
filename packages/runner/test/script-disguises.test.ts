import { proveChange } from "@ci-fix/runner";
import { describe, expect, it } from "vitest";

const file = ".github/workflows/ci.yml";
const step = (script: string): Uint8Array => {
  const lines = script.split("\n").map((line) => `          ${line}`.trimEnd());
  return Buffer.from(
    `on: push\njobs:\n  unit:\n    runs-on: ubuntu-latest\n    steps:\n      - name: Test\n        run: |\n${lines.join("\n")}\n`,
  );
};
const judged = (before: string, after: string): string =>
  proveChange({ file, before: step(before), after: step(after) }, { contents: new Map() }).judgement;

const before = "make build\npytest --all | tee log";
const fixed = `set -o pipefail\n${before}`;

describe("a fix of a script", () => {
  it.each([
    ["pipefail", before, fixed],
    ["a mask that goes", "pytest || true", "pytest"],
    ["a status that is kept", "pytest || echo no", "rc=0\npytest || rc=$?\necho no\nexit $rc"],
    [
      "a declaration that comes apart",
      "f() {\n  local out=$(pytest)\n}\nf",
      "f() {\n  local out\n  out=$(pytest)\n}\nf",
    ],
    ["an export that comes apart", "export OUT=$(pytest)\nmake", "OUT=$(pytest)\nexport OUT\nmake"],
    ["where it is shown", "pytest > /dev/null || true", "pytest 2>&1"],
  ])("%s: bites", (_what, old, now) => {
    expect(judged(old, now)).toBe("bites");
    expect(judged(now, old)).toBe("weaker");
  });

  it.each([
    ["another option", fixed.replace("--all", "--collect-only")],
    ["an option less", fixed.replace(" --all", "")],
    ["a variable before it", fixed.replace("pytest", "PYTEST_ADDOPTS=--collect-only pytest")],
    ["an exported variable", `export PYTEST_ADDOPTS=--collect-only\n${fixed}`],
    ["a declared variable", `declare -x PYTEST_ADDOPTS=--collect-only\n${fixed}`],
    ["a variable that is exported by the runner", `PYTEST_ADDOPTS=--collect-only\n${fixed}`],
    ["a number", `SKIP_TESTS=1\n${fixed}`],
    ["another folder", `cd empty\n${fixed}`],
    ["other parameters", `set -- --collect-only\n${fixed}`],
    ["another shell option", `set -f\n${fixed}`],
    ["no running at all", `set -n\n${fixed}`],
    ["an exit before it", `exit 0\n${fixed}`],
    ["an exit on the way", fixed.replace("make build", "make build\nexit 0")],
    ["a trap", `trap 'exit 0' EXIT\n${fixed}`],
    ["a trap of errors", `trap 'exit 0' ERR\n${fixed}`],
    ["set +e", `set +e\n${fixed}\ntrue`],
    ["an alias", `alias pytest=true\n${fixed}`],
    ["another program in its place", `exec true\n${fixed}`],
    ["the background", fixed.replace("make build", "make build &")],
    ["`!`", fixed.replace("make build", "! make build")],
    ["a condition", fixed.replace("make build", 'if [ -n "$CI" ]; then make build; fi')],
    ["an environment for the steps behind it", `${fixed}\necho PYTEST_ADDOPTS=--collect-only >> "$GITHUB_ENV"`],
    ["a path for the steps behind it", `{ echo fake; } >> $GITHUB_PATH\n${fixed}`],
    ["another input", fixed.replace("make build", "make build < answers")],
    ["a here-document", fixed.replace("make build", "make build <<END\nno\nEND")],
    ["text that is run", `eval "$SETUP"\n${fixed}`],
    ["a file that is run", `. ./setup.sh\n${fixed}`],
    ["another order", "set -o pipefail\npytest --all | tee log\nmake build"],
    ["errexit of a subshell", `(set +e; make build; true)\nset -o pipefail\npytest --all | tee log`],
  ])("with %s: is never proved", (_what, now) => {
    expect(["unknown", "weaker"]).toContain(judged(before, now));
  });

  it.each([
    ["the text of a here-document", "bash <<'END' || true\npytest\nEND", "bash <<'END'\ntrue\nEND"],
    ["a here-string", "bash <<< pytest || true", "bash <<< true"],
    ["an expression", "pytest ${{ inputs.all }} || true", "pytest ${{ 'none' }}"],
    ["the value of a variable", "MODE=all\npytest || true", "MODE=none\npytest"],
    ["a function of that name", "make || true\npytest", "pytest() { true; }\nmake\npytest"],
    ["what is in quotes", "pytest 'a b' || true", "pytest a b"],
  ])("with other words, %s: is never proved", (_what, old, now) => {
    expect(["unknown", "weaker"]).toContain(judged(old, now));
  });
});
