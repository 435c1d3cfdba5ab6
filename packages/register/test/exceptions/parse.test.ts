import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseException } from "../../src/exceptions/parse.ts";

const known = ["soft-fail-step", "soft-fail-job", "dead-job"];
const parse = (text: string): ReturnType<typeof parseException> => parseException(text, known);

describe("an exception", () => {
  it("says what, why, who and until when", () => {
    expect(parse(' ci-fix: allow soft-fail-step reason="ghstack unsupported" owner=@infra expires=2027-03-01')).toEqual(
      {
        kind: "exception",
        exception: {
          class: "soft-fail-step",
          reason: "ghstack unsupported",
          owner: "@infra",
          expires: "2027-03-01",
        },
      },
    );
  });

  it("needs a reason and no more, in any order of its parts", () => {
    expect(parse('ci-fix: allow dead-job owner="the team" reason=moved')).toEqual({
      kind: "exception",
      exception: { class: "dead-job", reason: "moved", owner: "the team", expires: undefined },
    });
  });

  it("keeps any reason that can be written in quotes", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((text) => text.trim() !== ""),
        (reason) => {
          const written = reason.replaceAll(/[\\"]/g, "\\$&");
          expect(parse(`ci-fix: allow dead-job reason="${written}" owner=@a`)).toMatchObject({
            exception: { reason: reason.trim(), owner: "@a" },
          });
        },
      ),
    );
  });
});

it.each([
  "a step like any other",
  "ci-fix finds what fails here",
  "ci-fix: see the register for M03-R04",
  "see ci-fix: allow soft-fail-step",
  "ci-fixed: allow soft-fail-step",
])("prose is no exception: %s", (text) => expect(parse(text)).toEqual({ kind: "none" }));

it.each([
  ["ci-fix: allow soft-fail-step", /reason is missing/],
  ["ci-fix: allow soft-fail-step owner=@infra", /reason is missing/],
  ['ci-fix: allow soft-fail-step reason=" "', /reason is empty/],
  ["ci-fix: allow soft-fail-step reason=", /cannot be read/],
  ['ci-fix: allow soft-fail-step reason="open', /cannot be read/],
  ['ci-fix: allow soft-fail-step reason="a"owner=b', /cannot be read/],
  ["ci-fix: allow soft-fail-step reason=a because of b", /"because of b" cannot be read/],
  ["ci-fix: allow soft-fail-step reason=a reason=b", /reason is given twice/],
  ["ci-fix: allow soft-fail-step reason=a expire=2027-03-01", /did you mean expires/],
  ["ci-fix: allow soft-fail-step reason=a until=2027-03-01", /no key "until"/],
  ["ci-fix: allow soft-fail-step reason=a expires=2027-02-30", /must be a day/],
  ["ci-fix: allow soft-fail-step reason=a expires=soon", /must be a day/],
  ["ci-fix: allow soft-fail-stp reason=a", /did you mean soft-fail-step/],
  ["ci-fix: allow everything reason=a", /no class "everything"/],
  ["ci-fix: allow reason=a", /class is missing/],
  ["ci-fix: allow", /class is missing/],
  ["ci-fix: ignore soft-fail-step reason=a", /begins with `ci-fix: allow`/],
  ["ci-fix: alow soft-fail-step reason=a", /begins with `ci-fix: allow`/],
  ["ci-fix allow soft-fail-step reason=a", /begins with `ci-fix: allow`/],
  ["CI-Fix: allow soft-fail-step reason=a", /begins with `ci-fix: allow`/],
])("%s is told to be wrong", (text, mistake) => {
  const parsed = parse(text);
  expect(parsed.kind === "bad" ? parsed.mistakes.join("\n") : parsed.kind).toMatch(mistake);
});

it("never throws, and never takes a text without a reason for an exception", () => {
  fc.assert(
    fc.property(fc.string(), (rest) => {
      const parsed = parse(`ci-fix: allow soft-fail-step ${rest}`);
      if (parsed.kind === "exception") expect(rest).toContain("reason=");
    }),
  );
});
