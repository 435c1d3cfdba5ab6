import { describe, expect, it } from "vitest";
import { readEvents } from "../src/message.ts";

const landing = `ci(M03-R04): strip soft-fail from 2 test steps in tools.yml

A failing test fails the run.

Ci-Fix-Risk: M03-R04
Ci-Fix-Class: soft-fail-step
Ci-Fix-Invariant: INV-060
Ci-Fix-Milestone: M04 2026-02-08
Ci-Fix-Target: 0123456789abcdef .github/workflows/tools.yml
Ci-Fix-Target: fedcba9876543210 .github/workflows/a%20b.yml
`;

const rollback = `ci(M03-R05): roll back restore the condition of job scan

Ci-Fix-Rollback: M03-R05
`;

const landed = {
  kind: "landed",
  landing: {
    ids: ["M03-R04"],
    milestone: "M04",
    date: "2026-02-08",
    targets: [
      { fingerprint: "0123456789abcdef", file: ".github/workflows/tools.yml" },
      { fingerprint: "fedcba9876543210", file: ".github/workflows/a b.yml" },
    ],
  },
};

describe("trailers", () => {
  it("tell what landed, under which milestone and where", () => {
    expect(readEvents(landing)).toEqual([landed]);
  });

  it("are found in a squash that indents the messages it gathers", () => {
    const squash = `Squashed commit of the following:\n\ncommit 1234\n\n${indent(landing)}\ncommit 5678\n\n${indent(rollback)}`;
    expect(readEvents(squash)).toEqual([landed, { kind: "rolled-back", ids: ["M03-R05"] }]);
  });

  it("are found in a squash that lists the messages as bullets", () => {
    const squash = `Fix CI (#7)\n\n* ${rollback}\n* ${landing}`;
    expect(readEvents(squash)).toEqual([{ kind: "rolled-back", ids: ["M03-R05"] }, landed]);
  });

  it("survive a file name that is no valid percent code", () => {
    const [event] = readEvents("Ci-Fix-Risk: M01-R01\nCi-Fix-Target: 00 100%.yml");
    expect(event).toMatchObject({ landing: { targets: [{ file: "100%.yml" }] } });
  });

  it("of other tools mean nothing", () => {
    expect(readEvents("Fix\n\nSigned-off-by: A <a@example.org>\nCi-Fix-Target: 00 stray.yml")).toEqual([]);
  });
});

function indent(text: string): string {
  return text.replaceAll(/^/gm, "    ");
}
