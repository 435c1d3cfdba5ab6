import type { Step } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { view } from "./view.ts";

interface Written {
  readonly workflow?: string;
  readonly job?: string;
  readonly step?: string;
}

function stepOf({ workflow = "", job = "runs-on: ubuntu-latest", step = "" }: Written): Step | undefined {
  const indented = job.replaceAll(/^/gmu, "    ");
  const text = `on: push\n${workflow}\njobs:\n  build:\n${indented}\n    steps:\n      - run: make | tee log\n        ${step}\n`;
  return view(text).jobs[0]?.steps[0];
}

function shellOf(written: Written): object | undefined {
  const shell = stepOf(written)?.shell;
  return shell === undefined
    ? undefined
    : { name: shell.name, pipefail: shell.pipefail, errexit: shell.errexit, from: shell.from };
}

const onWindows = { name: "pwsh", pipefail: false, errexit: false, from: "runner" };
const onLinux = { name: "bash", pipefail: false, errexit: true, from: "runner" };
const unknown = { name: "unknown", pipefail: false, errexit: false, from: "runner" };

describe("the shell of a step", () => {
  it.each([
    ["a runner without defaults stops at errors, but not in pipes", {}, onLinux],
    ["bash by name gets pipefail", { step: "shell: bash" }, { ...onLinux, pipefail: true, from: "step" }],
    [
      "bash by name at the job",
      { job: "runs-on: x\ndefaults:\n  run:\n    shell: bash" },
      { ...onLinux, pipefail: true, from: "job" },
    ],
    [
      "bash by name at the workflow",
      { workflow: "defaults: { run: { shell: bash } }" },
      { ...onLinux, pipefail: true, from: "workflow" },
    ],
    [
      "the step wins",
      { workflow: "defaults: { run: { shell: bash } }", step: "shell: sh" },
      { ...onLinux, name: "sh", from: "step" },
    ],
    [
      "a template is as written",
      { step: "shell: bash -l {0}" },
      { name: "bash", pipefail: false, errexit: false, from: "step" },
    ],
    [
      "with options of its own",
      { step: "shell: bash -leo pipefail {0}" },
      { ...onLinux, pipefail: true, from: "step" },
    ],
    ["options can be long", { step: "shell: /bin/bash -o errexit {0}" }, { ...onLinux, from: "step" }],
    ["another program", { step: "shell: perl {0}" }, { name: "custom", pipefail: false, errexit: false, from: "step" }],
    ["an expression", { step: "shell: ${{ matrix.shell }}" }, { ...unknown, from: "step" }],
    ["Windows", { job: "runs-on: windows-2022" }, onWindows],
    ["Windows among labels", { job: "runs-on: [self-hosted, Windows, x64]" }, onWindows],
    ["Windows in a group", { job: "runs-on: { group: big, labels: windows-11-arm }" }, onWindows],
    ["darwin is not Windows", { job: "runs-on: darwin-14" }, onLinux],
    [
      "a matrix that is Linux all along",
      { job: "runs-on: ${{ matrix.os }}\nstrategy: { matrix: { os: [ubuntu-22.04, macos-14] } }" },
      onLinux,
    ],
    [
      "a mixed matrix",
      { job: "runs-on: ${{ matrix.os }}\nstrategy: { matrix: { os: [ubuntu-22.04, windows-2022] } }" },
      unknown,
    ],
    [
      "an included Windows",
      { job: "runs-on: ${{ matrix.os }}\nstrategy: { matrix: { include: [{ os: windows-2022 }] } }" },
      onWindows,
    ],
    [
      "a word of a matrix entry",
      {
        job: "runs-on: ${{ matrix.on.os }}\nstrategy: { matrix: { on: [{ os: windows-2022 }, { os: windows-11-arm }] } }",
      },
      onWindows,
    ],
    [
      "one of two literals",
      { job: "runs-on: ${{ contains(matrix.id, 'arm') && 'ubuntu-24.04-arm' || 'ubuntu-24.04' }}" },
      onLinux,
    ],
    ["one of two systems", { job: "runs-on: ${{ github.actor && 'ubuntu-24.04' || 'windows-2022' }}" }, unknown],
    [
      "a list in a literal",
      { job: `runs-on: \${{ github.actor && fromJSON('["self-hosted", "windows"]') || 'windows-2022' }}` },
      onWindows,
    ],
    [
      "a matrix that is made elsewhere",
      { job: "runs-on: ${{ matrix.os }}\nstrategy: { matrix: '${{ fromJSON(inputs.legs) }}' }" },
      unknown,
    ],
    [
      "part of a label",
      { job: "runs-on: ${{ matrix.os }}-latest\nstrategy: { matrix: { os: [ubuntu, macos] } }" },
      onLinux,
    ],
    ["a runner that is an input", { job: "runs-on: ${{ inputs.runner }}" }, unknown],
    ["a container has sh", { job: "runs-on: ubuntu-latest\ncontainer: alpine:3" }, { ...onLinux, name: "sh" }],
  ])("%s", (_what, written: Written, expected) => {
    expect(shellOf(written)).toEqual(expected);
  });

  it("of a composite action takes no defaults", () => {
    const text =
      "defaults: { run: { shell: bash } }\nruns:\n  using: composite\n  steps:\n    - run: make\n    - { run: make, shell: bash }\n";
    const steps = view(text, "action.yml").jobs[0]?.steps;
    expect(steps?.map((step) => step.shell.name)).toEqual(["unknown", "bash"]);
  });
});

describe("the folder of a script", () => {
  it.each([
    [{ step: "working-directory: web" }, "web"],
    [{ job: "runs-on: x\ndefaults: { run: { working-directory: api } }" }, "api"],
    [{ workflow: "defaults: { run: { working-directory: all } }" }, "all"],
    [{ job: "runs-on: x\ndefaults: { run: { working-directory: api } }", step: "working-directory: ." }, "."],
    [{}, undefined],
  ])("%j", (written, folder) => expect(stepOf(written)?.folder).toBe(folder));
});
