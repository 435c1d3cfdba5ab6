import { planStatusChange, type StatusChange, type StatusChangeResult } from "@ci-fix/register";
import { describe, expect, test } from "vitest";
import { bytes, decoded } from "./small-codemods.ts";

const register = `version: 1
risks:
  # asked the owners twice
  - id: M03-R04
    severity: low # for now
    file: press.yml
    job: unit

  - id: M03-R05
    title: old
    status: accepted
    justification: 'a draft' # by word of mouth
    file: press.yml
`;

function change(id: string, to: StatusChange): string {
  const result = planStatusChange(bytes(register), id, to);
  if (!result.ok) throw new Error(result.message);
  expect(result.risk).toMatchObject({ id, status: to.status });
  return decoded(result.bytes);
}

function refusal(id: string, to: StatusChange, text = register): Extract<StatusChangeResult, { ok: false }> {
  const result = planStatusChange(bytes(text), id, to);
  if (result.ok) throw new Error("it was changed");
  return result;
}

describe("a decision is written into the register", () => {
  test("accepted, with a reason, an owner and a day", () => {
    const text = change("M03-R04", {
      status: "accepted",
      justification: "nothing is judged by it: it only draws",
      owner: "@orchard/infra",
      expires: "2027-03-01",
    });
    expect(text).toBe(
      register.replace(
        "    severity: low # for now\n",
        `    severity: low # for now
    status: accepted
    justification: 'nothing is judged by it: it only draws'
    owner: '@orchard/infra'
    expires: '2027-03-01'
`,
      ),
    );
  });

  test("deferred, until something is seen", () => {
    const text = change("M03-R04", { status: "deferred", exitCriteria: "green once" });
    expect(text).toBe(
      register.replace("low # for now\n", "low # for now\n    status: deferred\n    exit-criteria: green once\n"),
    );
  });

  test("open again; the old reason can still be read", () => {
    expect(change("M03-R05", { status: "open" })).toBe(register.replace("status: accepted", "status: open"));
  });

  test("another reason, in the quotes of the old one", () => {
    expect(change("M03-R05", { status: "accepted", justification: "a sketch" })).toBe(
      register.replace("'a draft'", "'a sketch'"),
    );
  });

  test("what is written already changes no byte", () => {
    expect(change("M03-R04", { status: "open" })).toBe(register);
    expect(change("M03-R05", { status: "accepted", justification: "a draft" })).toBe(register);
  });
});

describe("a refusal", () => {
  test("of an id that is not there names the nearest", () => {
    expect(refusal("M03-R40", { status: "open" })).toMatchObject({
      code: "unknown-risk",
      message: 'the register has no risk "M03-R40"; did you mean M03-R04?',
    });
  });

  test.each<[what: string, change: StatusChange]>([
    ["an empty justification", { status: "accepted", justification: " \n" }],
    ["empty exit criteria", { status: "deferred", exitCriteria: "" }],
    ["an empty owner", { status: "accepted", justification: "fine", owner: "" }],
    ["a day that is none", { status: "accepted", justification: "fine", expires: "2027-02-30" }],
    ["a day in another form", { status: "accepted", justification: "fine", expires: "1 March 2027" }],
  ])("of %s", (_, to) => {
    expect(refusal("M03-R04", to).code).toBe("bad-value");
  });

  test("of a register that cannot be read has the line", () => {
    expect(refusal("M03-R04", { status: "open" }, "version: 1\nrisks:\n  - id: M03-R04\n")).toMatchObject({
      code: "unreadable-register",
      line: 3,
    });
  });
});
