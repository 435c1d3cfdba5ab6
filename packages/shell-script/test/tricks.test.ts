import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureOf, readShellScript, type ScriptFormula } from "../src/index.ts";
import { type Oracle, Unfollowed } from "../src/model/engine.ts";
import { Run } from "../src/model/run.ts";
import { hasBash } from "./real-shell.ts";

/** Scripts that do odd things around the programs `a` and `b`. What is not followed need not be told, but what is told must be so. */
const tricks: readonly string[] = [
  "set +e; a; b",
  "set +e; a; set -e; b",
  "f() { set +e; }; f; a; b",
  "(set +e; a; b); echo done",
  "set -o errexit; a; b",
  "set +o errexit; a; b",
  "set -n; a\nb\n",
  "set -n\na\nb\n",
  "set -f; a; b",
  "set -eu; x=${nothing:-}; a",
  "set -- x y; a; b",
  "set() { :; }; set +e; a; b",
  "shopt -s inherit_errexit; x=$(a; b)",
  "shopt -u inherit_errexit; x=$(a; b)",
  "trap 'exit 0' EXIT; a; b",
  "trap 'exit 3' EXIT; a",
  "trap 'exit 3' ERR; a; b",
  "set +e; trap 'exit 3' ERR; a; b",
  "set -E; trap 'exit 3' ERR; f() { a; }; f; b",
  "trap 'exit 3' ERR; trap - ERR; a; b",
  "trap '' ERR; a; b",
  "trap 'b' EXIT; a",
  "trap 'exit $?' EXIT; a",
  "trap 'rc=$?; exit $rc' EXIT; a",
  "tidy() { b; }; trap tidy EXIT; a",
  "trap 'exit 0' INT TERM; a",
  "trap 'exit 0' RETURN; f() { a; }; f; b",
  "trap 'exit 0' DEBUG; a; b",
  "exec a\nb\nexit 3",
  "exec true; a",
  "exec > /dev/null; a; b",
  "exec 2>&1; a | b",
  "(exec a); b",
  "exec a || b",
  "a() { true; }; a; b",
  "a() { b; }; a",
  "true() { false; }; a || true",
  "exit() { :; }; a || exit 1; b",
  "echo() { b; }; a && echo done",
  "f() { exit 0; }; a || f; b",
  "f() { return 0; }; a || f; b",
  "f() { a; b; }; f || exit 4",
  "f() { a; b; }; f && echo done",
  "f() { set -e; a; b; }; if f; then echo done; else exit 3; fi",
  "f() { a || return 1; b; }; f",
  "f() { a; return 0; }; f",
  "f() { a; return; }; set +e; f",
  "f() ( a; b ); f || exit 5",
  "unset -f a; a; b",
  "alias a=true\na\nb",
  "! a",
  "! a; b",
  "! a | b",
  "! { a; b; }",
  "! ! a",
  "! (a; b) || exit 3",
  "if ! a; then b; fi",
  "a & b",
  "a & wait",
  "a & wait $!; b",
  "a & wait -n; b",
  "a & pid=$!; b; wait $pid",
  "(a &); b",
  "{ a & b; }",
  "cat <<END\n$(a)\nEND\nb",
  "cat > /dev/null <<END\n$(a; b)\nEND",
  "x=$(cat <<END\n$(a)\nEND\n); b",
  "bash <<'END'\na\nb\nEND\n",
  "bash -c 'exit 3'; a",
  "a | b; [ ${PIPESTATUS[0]} -eq 0 ]",
  "a | b; exit ${PIPESTATUS[0]}",
  "a | b || exit ${PIPESTATUS[0]}",
  "set +e; a | b; rc=${PIPESTATUS[0]}; exit $rc",
  "set +e; a | b; rc=$?; x=${PIPESTATUS[0]}; exit $rc",
  'set +e; a | b; s=("${PIPESTATUS[@]}"); exit ${s[0]}',
  "(set -o pipefail; a | b); echo done",
  "x=$(set -o pipefail; a | b); echo done",
  "f() { set -o pipefail; }; f; a | b",
  "{ set -o pipefail; } | true; a | b",
  "set -o pipefail; a | b | true",
  "set -o pipefail; set +o pipefail; a | b",
  "a |& b",
  "a | { b; exit 0; }",
  "a | exit 3",
  "x=$(a; b)",
  "echo $(a; b)",
  "x=$(a) y=$(b)",
  "x=$(a) true; b",
  "x=$(a) b",
  "f() { local x=$(a); b; }; f",
  "f() { local x; x=$(a); b; }; f",
  "declare x=$(a); b",
  "readonly x=$(a); b",
  "export X=$(a); b",
  "x=`a; b`",
  "(a; b) || exit 3",
  "(a) || (b)",
  "(a; exit 0); b",
  "(exit 3); a",
  "{ a; b; } || true",
  "a && b || exit 3",
  "a || b && exit 3",
  "a && b; echo done",
  "a || { b; }; echo done",
  "if a; then :; else exit $?; fi",
  "if a; then :; fi; exit $?",
  "if a; b; then exit 3; fi",
  "while a; do b; break; done",
  "until a; do b; break; done",
  "while ! a; do b; exit 4; done",
  "for x in 1 2; do a || continue; b; done",
  "for x in $(a); do b; done",
  "a | while read -r line; do b; done",
  "while read -r line; do b; done < <(a)",
  "mapfile -t lines < <(a); b",
  "case $(a) in *) b;; esac",
  '[ -z "$(a)" ] && b',
  "[[ -n $(a) ]] || b",
  "((0)); a",
  "((1)) && a",
  "let x=0; a",
  "a; rc=$?; b; exit $rc",
  "a || rc=$?; exit ${rc:-0}",
  "a || rc=$?; exit $rc",
  "rc=0; a || rc=1; (exit $rc); b",
  "set +e; a; rc=$?; set -e; b; exit $rc",
  "set +e; a; rc=$?; b; rc=$((rc + $?)); exit $rc",
  "set +e; a; s1=$?; b; s2=$?; exit $((s1 || s2))",
  "a; exit",
  "a || exit; b",
  "exit 256",
  "a || exit 256",
  "a || exit -1",
  "a || return 3",
  "a > /dev/null 2>&1; b",
  "time a; b",
  "command a; b",
  "command -v a > /dev/null; b",
  "builtin exit 3; a",
  "env a; b",
  "eval a; b",
  "eval 'a || true'; b",
  "source /dev/null; a",
  ". /no/such/file; a",
  "coproc a; b",
  "X=1 a; b",
  '"a"; \\b',
  "a\\\n; b",
  "a # || true\nb",
  "a;b;true",
  "true || a; b",
  "false && a; b",
  ": $(a); b",
  "test $(a) ; b",
  "exit 0\na",
  "true; exit; a",
  "nohup a > /dev/null; b",
  "timeout 5 a; b",
  "[ 1 -eq 1 ] || a; b",
  "break; a",
  "wait; a",
  "cd / && a",
  "pushd / > /dev/null; a",
  "umask 022; a; b",
  "kill -0 $$; a",
  'if [ -n "$X" ]; then a; fi; b',
  "a ||\n  b",
  "a |\n  b",
  "function f { a; }; f; b",
  "f() { a; } ; f | b",
  "f() { a; }; x=$(f); b",
  "f() { (a); b; }; f || :",
];

const folder = mkdtempSync(join(tmpdir(), "ci-fix-tricks-"));
beforeAll(() => {
  for (const name of ["a", "b"]) {
    writeFileSync(join(folder, name), `#!/bin/sh\nexit $STATUS_${name}\n`);
    chmodSync(join(folder, name), 0o755);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Statuses {
  readonly a: number;
  readonly b: number;
}

function real(script: string, flags: readonly string[], { a, b }: Statuses): number | null {
  const { status } = spawnSync("bash", ["--noprofile", "--norc", ...flags, "-c", script], {
    cwd: folder,
    stdio: "ignore",
    timeout: 20_000,
    env: { PATH: `${folder}:${process.env["PATH"] ?? ""}`, STATUS_a: String(a), STATUS_b: String(b) },
  });
  return status;
}

/** What the model says, and whether the formula of the script says failure; undefined where it is not followed. */
function predicted(
  text: string,
  pipefail: boolean,
  statuses: Statuses,
): { readonly status?: number | undefined; readonly fails?: boolean | undefined } {
  const script = readShellScript(text, { dialect: "bash", errexit: true, pipefail });
  if (script === undefined) return {};
  const oracle: Oracle = {
    statusOf: ({ name, args }) =>
      statusOf(
        [name, ...args].map((word) => (word?.type === "Word" ? word.value : "")),
        statuses,
      ),
    choose: () => {
      throw new Unfollowed("a question");
    },
  };
  const told = <Value>(tell: () => Value): Value | undefined => {
    try {
      return tell();
    } catch (error) {
      if (error instanceof Unfollowed) return undefined;
      throw error;
    }
  };
  const of = failureOf(script);
  return {
    status: told(() => new Run(oracle).exitStatus(script.tree, script.options)),
    fails: of === undefined ? undefined : told(() => holds(of, statuses)),
  };
}

/** What a program ends with, if that is known. */
function statusOf([name = "", ...args]: readonly string[], statuses: Statuses): number {
  if (name === "a" || name === "b") return statuses[name];
  if (name === "cat" || name === "cd" || name === "pushd") return 0;
  if (name === "exec" || name === "command" || name === "env" || name === "nohup") return statusOf(args, statuses);
  throw new Unfollowed(`no program of the test: ${name}`);
}

function holds(of: ScriptFormula, statuses: Statuses): boolean {
  if (typeof of === "boolean") return of;
  if ("command" in of) return statusOf(of.command.split(" "), statuses) !== 0;
  if ("not" in of) return !holds(of.not, statuses);
  return "any" in of ? of.any.some((part) => holds(part, statuses)) : of.all.every((part) => holds(part, statuses));
}

describe.skipIf(!hasBash)("what the model says of an odd script is what bash does", () => {
  it.each(tricks)("%j", (script) => {
    const wrong: unknown[] = [];
    for (const pipefail of [false, true]) {
      for (const statuses of [0, 1, 2, 3].map((bits) => ({ a: bits & 1, b: (bits >> 1) * 2 }))) {
        const said = predicted(script, pipefail, statuses);
        if (said.status === undefined && said.fails === undefined) continue;
        const status = real(script, pipefail ? ["-eo", "pipefail"] : ["-e"], statuses);
        const isRight = (said.status ?? status) === status && (said.fails ?? status !== 0) === (status !== 0);
        if (!isRight) wrong.push({ pipefail, ...statuses, said, status });
      }
    }
    expect(wrong).toEqual([]);
  });

  it("most of them are followed", () => {
    const followed = tricks.filter((script) => predicted(script, false, { a: 1, b: 0 }).status !== undefined);
    expect(followed.length).toBeGreaterThan(tricks.length / 2);
  });
});
