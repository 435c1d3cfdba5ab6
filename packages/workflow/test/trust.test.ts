import { describe, expect, it } from "vitest";
import { repositoryGuard, readWorkflow, scriptsOf, trustOf, type Workflow } from "../src/index.ts";
import { pinOf } from "../src/trust.ts";

function workflow(text: string): Workflow {
  const read = readWorkflow(".github/workflows/x.yml", new TextEncoder().encode(text));
  if (!read.ok || read.workflow === undefined) throw new Error("no workflow");
  return read.workflow;
}

const file = workflow(`on: push
permissions: read-all
env:
  TOKEN: \${{ secrets.ORG_TOKEN }}
jobs:
  analysis:
    permissions:
      contents: read
      id-token: write
    if: github.repository == 'o/r' && github.repository_owner == 'o'
    runs-on: ubuntu-24.04
    container: { image: "python:3.13" }
    services:
      db: { image: postgres }
    steps:
      - uses: actions/checkout@v4
      - uses: o/pinned@1da556a7aa0a088e3153970611f6c432d58e80e6
        with: { token: "\${{ secrets.GITHUB_TOKEN || secrets.OTHER }}" }
      - run: a || true
  other:
    if: github.event_name == 'push'
    secrets: inherit
    uses: o/r/.github/workflows/w.yml@main
    with:
      script: |
        b || true
`);

describe("what a workflow is trusted with", () => {
  const trust = trustOf(file);

  it("lists permissions of the file and of jobs", () =>
    expect(trust.grants).toEqual([
      { job: undefined, scope: "*", access: "read" },
      { job: "analysis", scope: "contents", access: "read" },
      { job: "analysis", scope: "id-token", access: "write" },
    ]));

  it("lists secrets, and that all are handed on", () =>
    expect(trust.secrets).toEqual(["*", "GITHUB_TOKEN", "ORG_TOKEN", "OTHER"]));

  it("lists code from elsewhere with how it is pinned", () =>
    expect(trust.uses.map(({ name, pin, line }) => [name, pin, line])).toEqual([
      ["actions/checkout", "tag", 16],
      ["o/pinned", "commit", 17],
      ["o/r/.github/workflows/w.yml", "floating", 20],
    ]));

  it("lists images", () => expect(trust.images).toEqual(["python:3.13", "postgres"]));

  it.each([
    ["o/a", "main", "floating"],
    ["o/a", "release/v1", "tag"],
    ["o/a", undefined, "floating"],
    ["./a", undefined, "local"],
    ["docker://alpine", "sha256:0", "commit"],
    ["docker://alpine:3.20", undefined, "tag"],
    ["docker://alpine", undefined, "floating"],
  ])("%s@%s is %s", (name, ref, pin) => expect(pinOf(name, ref)).toBe(pin));
});

it("a guard on the repository tells which one it wants", () => {
  expect(file.jobs.map(({ condition }) => repositoryGuard(condition)?.wants)).toEqual([["o/r", "o"], undefined]);
});

it("scripts are those of steps and those handed to a called workflow", () => {
  expect(scriptsOf(file).map(({ scalar, unit }) => [scalar.text.trim(), unit.kind])).toEqual([
    ["a || true", "step"],
    ["b || true", "job"],
  ]);
});
