import { repositoryView } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { judgedCall } from "../src/called/called.ts";
import { targetsOf } from "../src/called/make.ts";

const files: Record<string, string> = {
  "ci/test.sh": "#!/usr/bin/env bash\nset -eu\ndocker compose up -d\nmake unit-suite\n",
  "ci/report.sh": "#!/bin/sh\ncat report.txt\necho done\n",
  "ci/soft.sh": "#!/bin/sh\npytest || true\n",
  "ci/run.py": "import os\n",
  Makefile: [
    "PYTHON ?= python3",
    "VERSION := 1",
    ".PHONY: all unit-suite style show clean",
    "all: unit-suite style",
    "unit-suite: venv",
    "\t@$(PYTHON) -m pytest tests",
    "style:",
    "\truff check .",
    "\t-mypy .",
    "show: ; @echo $(VERSION)",
    "clean:",
    "\trm -rf out",
    "loop: loop",
    "\techo again",
  ].join("\n"),
  justfile: "default: shipshape\n\nshipshape level='all':\n  cargo clippy -- {{level}}\n",
  "package.json": JSON.stringify({
    scripts: { verify: "tsc --noEmit && jest", lint: "echo none", ship: "./ci/test.sh" },
  }),
  "web/package.json": JSON.stringify({ scripts: { verify: "echo nothing" } }),
};
const repository = repositoryView((path) => {
  const text = files[path];
  return text === undefined ? undefined : new TextEncoder().encode(text);
});

const kind = (command: string, folder?: string): string => judgedCall(command.split(" "), repository, folder).kind;

describe("what a command calls in the same repository", () => {
  it.each([
    ["./ci/test.sh", "critical"],
    ["bash ci/test.sh --fast", "critical"],
    ["sudo -E ./ci/test.sh", "critical"],
    ["./ci/report.sh", "chore"],
    ["./ci/soft.sh", "chore"],
    ["./ci/gone.sh", "unknown"],
    ["./ci/run.py", "unknown"],
    ["make all", "critical"],
    ["make style", "critical"],
    ["make show", "best-effort"],
    ["make clean", "best-effort"],
    ["make loop", "chore"],
    ["make -C sub style", "unknown"],
    ["just shipshape", "critical"],
    ["npm run verify", "critical"],
    ["npm run lint", "chore"],
    ["npm run ship", "critical"],
    ["pytest", "critical"],
  ])("%s is %s", (command, expected) => expect(kind(command)).toBe(expected));

  it("is looked up from the folder of the step", () => {
    expect([kind("npm run verify", "web"), kind("npm run verify", "./"), kind("../ci/test.sh", "web")]).toEqual([
      "chore",
      "critical",
      "critical",
    ]);
    expect(kind("npm run verify", "${{ matrix.folder }}")).toBe("critical");
  });

  it("tells what was found there", () => {
    expect(judgedCall(["./ci/test.sh"], repository, undefined)).toMatchObject({
      seen: "./ci/test.sh",
      what: "runs `make unit-suite`, runs `pytest tests`, tests",
    });
  });
});

describe("targets", () => {
  it("are rules, not variables", () => {
    expect([...targetsOf(files["Makefile"] ?? "", "make").keys()].filter((name) => !name.startsWith("."))).toEqual([
      "all",
      "unit-suite",
      "style",
      "show",
      "clean",
      "loop",
    ]);
    expect([...targetsOf(files["justfile"] ?? "", "just").keys()]).toEqual(["default", "shipshape"]);
    expect(targetsOf("a b: c\n\tx\n", "make").get("b")).toEqual({ commands: ["x"], needs: ["c"] });
  });
});
