import fc from "fast-check";

/** Programs of a generated script, and what they exit with. */
export interface Generated {
  readonly script: string;
  readonly statuses: Readonly<Record<string, number>>;
}

const program = fc.constantFrom("c0", "c1", "c2", "c3", "c4");
const plain = fc.oneof(
  { weight: 8, arbitrary: program },
  {
    weight: 3,
    arbitrary: fc.constantFrom("true", "false", ":", "echo hi >/dev/null", "rc=$?", "[ $rc -eq 0 ]", "[ $? -ne 0 ]"),
  },
  { weight: 2, arbitrary: fc.constantFrom("exit $rc", "exit", "exit 0", "exit 3", "set -e", "set +e", "set -eu") },
  {
    weight: 1,
    arbitrary: fc.constantFrom('test "$rc" != 0', "f", "g", "! f", "shift 0", "c1 arg & wait", "rc=5", "unset x"),
  },
);
const bashOnly = fc.constantFrom(
  "set -o pipefail",
  "set +o pipefail",
  "set -euo pipefail",
  "shopt -s inherit_errexit",
  "trap 'c3' EXIT",
  "trap 'c3; c4' EXIT",
  "trap - EXIT",
  "let rc",
  "((rc))",
  "(( rc != 0 ))",
  "[[ $rc -ne 0 ]]",
  "[[ $rc == 0 || -z x ]]",
);

const joined = (parts: readonly string[], by: string): string => parts.join(by);

/** Scripts that are nothing but control flow around programs of known status. */
function scriptOf(dialect: "bash" | "sh"): fc.Arbitrary<string> {
  const { list } = fc.letrec<{ statement: string; list: string }>((tie) => ({
    list: fc.array(tie("statement"), { minLength: 1, maxLength: 4 }).map((parts) => joined(parts, "\n")),
    statement: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 8, arbitrary: dialect === "bash" ? fc.oneof({ weight: 5, arbitrary: plain }, bashOnly) : plain },
      { weight: 3, arbitrary: chain(tie("statement")) },
      { weight: 2, arbitrary: fc.tuple(tie("statement"), tie("statement")).map(([a, b]) => `{ ${a}\n} | { ${b}\n}`) },
      { weight: 1, arbitrary: tie("statement").map((inner) => `! { ${inner}\n}`) },
      { weight: 2, arbitrary: tie("list").map((inner) => `(\n${inner}\n)`) },
      { weight: 2, arbitrary: tie("list").map((inner) => `{\n${inner}\n}`) },
      { weight: 2, arbitrary: tie("list").map((inner) => `x=$( ${inner})`) },
      { weight: 1, arbitrary: tie("list").map((inner) => `export x=$( ${inner})`) },
      { weight: 1, arbitrary: tie("list").map((inner) => `echo "$( ${inner})" >/dev/null`) },
      { weight: 1, arbitrary: tie("list").map((inner) => `c2 "$( ${inner})"`) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(tie("statement"), tie("list"), tie("list"))
          .map(([test, yes, no]) => `if ${test}\nthen\n${yes}\nelse\n${no}\nfi`),
      },
      { weight: 1, arbitrary: fc.tuple(tie("statement"), tie("list")).map(([t, b]) => `if ${t}\nthen\n${b}\nfi`) },
      { weight: 1, arbitrary: tie("list").map((body) => `for i in 1 2; do\n${body}\ndone`) },
      {
        weight: 1,
        arbitrary: fc.tuple(program, tie("list")).map(([t, b]) => `for i in 1 2 3; do\n${t} || break\n${b}\ndone`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(program, tie("list")).map(([t, b]) => `for i in 1 2; do\n${t} && continue\n${b}\ndone`),
      },
      { weight: 1, arbitrary: tie("list").map((body) => `while c0; do\n${body}\nbreak\ndone`) },
      { weight: 1, arbitrary: fc.tuple(tie("list"), program).map(([b, p]) => `f() {\n${b}\n${p} || return 4\n}`) },
      { weight: 1, arbitrary: tie("list").map((body) => `g() {\n${body}\n}`) },
    ),
  }));
  return list;
}

function chain(statement: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const operator = fc.constantFrom(" && ", " || ");
  const part = fc.oneof(
    { weight: 3, arbitrary: program },
    statement.map((inner) => `{ ${inner}\n}`),
  );
  return fc
    .tuple(part, fc.array(fc.tuple(operator, part), { minLength: 1, maxLength: 2 }))
    .map(([first, rest]) => first + rest.map(([by, next]) => by + next).join(""));
}

const status = fc.constantFrom(0, 0, 1, 2);

export function generated(dialect: "bash" | "sh"): fc.Arbitrary<Generated> {
  return fc.record({
    script: scriptOf(dialect).map((body) => `rc=0\nf() { :; }\ng() { :; }\n${body}\n`),
    statuses: fc.record({ c0: status, c1: status, c2: status, c3: status, c4: status }),
  });
}
