import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { ciFix } from "./command-line.ts";
import { root, ScratchRepository, scratchFolder } from "./scratch-repository.ts";

const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), "utf8");

interface Input {
  readonly description: string;
  readonly default: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, Input>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id?: string;
      readonly shell: string;
      readonly run: string;
      readonly env?: Readonly<Record<string, string>>;
    }[];
  };
}

const action = load(read("action.yml")) as Action;
const [build, run] = action.runs.steps;

interface Ran {
  readonly code: number | null;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the Action's own step as a runner does: its script in a file, the shell's own options, files for outputs and the summary. */
function runAction(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Ran {
  if (run === undefined) throw new Error("the Action has no step that runs");
  const given = Object.fromEntries(
    Object.entries(run.env ?? {}).map(([name, value]) => [
      name,
      value.replaceAll(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_, input: string) => inputs[input] ?? action.inputs[input]!.default,
      ),
    ]),
  );
  const files = mkdtempSync(join(tmpdir(), "ci-fix-runner-"));
  for (const name of ["script.sh", "output", "summary"])
    writeFileSync(join(files, name), name === "script.sh" ? run.run : "");
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", join(files, "script.sh")],
    {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        ...given,
        ...env,
        GITHUB_ACTION_PATH: root,
        GITHUB_OUTPUT: join(files, "output"),
        GITHUB_STEP_SUMMARY: join(files, "summary"),
      },
    },
  );
  const outputs = readFileSync(join(files, "output"), "utf8");
  return {
    code: status,
    log: stdout + stderr,
    summary: readFileSync(join(files, "summary"), "utf8"),
    outputs: Object.fromEntries(
      [...outputs.matchAll(/^([\w-]+)<<(\S+)\n(.*)\n\2$/gm)].map(([, name, , value]) => [name, value]),
    ),
  };
}

const workflow = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run unit tests
        run: npm test
`;
const file = ".github/workflows/ci.yml";
const soft = workflow.replace("        run:", "        continue-on-error: true\n        run:");

/** A branch that adds a soft-fail. */
function branch(after: string, before = workflow): ScratchRepository {
  const repository = new ScratchRepository(scratchFolder());
  repository.write(file, before);
  repository.commitAll("Start");
  repository.git("switch", "--quiet", "--create", "topic");
  repository.write(file, after);
  repository.git("commit", "--quiet", "--all", "--allow-empty", "--message=Change");
  return repository;
}

describe("the Action", () => {
  it("fails for a soft-fail that a branch adds: annotation, summary, outputs", () => {
    const { code, log, summary, outputs } = runAction(branch(soft).folder, {});
    expect(code).toBe(1);
    expect(log).toMatch(/^::error file=\.github\/workflows\/ci\.yml,line=7,title=soft-fail-step::/m);
    expect(log).toMatch(/^::notice title=ci-fix check::INV-060 violated \(1 new\)/m);
    expect(summary).toContain("### ci-fix check\n\n❌ **INV-060 violated (1 new)**");
    expect(summary).toContain("| high | <code>soft-fail-step</code> |");
    expect(outputs).toEqual({ "exit-code": "1" });
  });

  it("passes for one that adds none", () => {
    const { code, summary, outputs } = runAction(branch(soft, soft).folder, {});
    expect({ code, outputs }).toEqual({ code: 0, outputs: { "exit-code": "0" } });
    expect(summary).toContain("✅ **INV-060 holds**");
    expect(summary).toContain("1 old tolerated");
  });

  it("compares with the base that is given, or with the one of the pull request", () => {
    const { folder } = branch(soft, soft);
    const repository = new ScratchRepository(folder);
    repository.write(file, workflow);
    repository.git("commit", "--quiet", "--all", "--message=Mend");
    repository.git("update-ref", "refs/remotes/origin/release", "HEAD");
    repository.write(file, soft);
    repository.git("commit", "--quiet", "--all", "--message=Again");
    expect(runAction(folder, {}).code).toBe(0);
    expect(runAction(folder, { base: "HEAD~1" }).code).toBe(1);
    expect(runAction(folder, {}, { GITHUB_BASE_REF: "release" }).code).toBe(1);
  });

  it("scans with the severity and the paths that are given, and writes SARIF where it is told", () => {
    const repository = branch(soft);
    const found = runAction(repository.folder, { command: "scan", "sarif-file": "out/ci-fix.sarif" });
    expect({ code: found.code, sarif: found.outputs["sarif-file"] }).toEqual({
      code: 1,
      sarif: join(repository.folder, "out/ci-fix.sarif"),
    });
    expect(JSON.parse(repository.read("out/ci-fix.sarif"))).toMatchObject({
      version: "2.1.0",
      runs: [{ results: [{}] }],
    });
    expect(runAction(repository.folder, { command: "scan", "fail-on": "critical" }).code).toBe(0);
    repository.write("other/action.yml", "runs: { using: composite, steps: [] }\n");
    expect(runAction(repository.folder, { command: "scan", paths: "other/action.yml\n" }).code).toBe(0);
  });

  it("takes no input for a command or an option", () => {
    const repository = branch(soft);
    const hostile = "$(touch pwned); `touch pwned`\n::error::forged";
    for (const name of ["command", "base", "fail-on", "summary"]) {
      const { code, log } = runAction(
        repository.folder,
        name === "fail-on" ? { command: "scan", [name]: hostile } : { [name]: hostile },
      );
      expect([2, 4]).toContain(code);
      expect(log).not.toMatch(/^::error::forged/m);
    }
    expect(runAction(repository.folder, { command: "scan", paths: "--write" }).code).toBe(2);
    expect(existsSync(join(repository.folder, "pwned"))).toBe(false);
  });

  it("keeps what files say from being commands, in the log and in the outputs", () => {
    const named = soft.replace("Run unit tests", '"x%0A::error::forged"');
    const { log } = runAction(branch(named).folder, {});
    expect(log).not.toMatch(/^::error::forged/m);
    const policy = branch(workflow);
    policy.write(".ci-fix.yml", '"a\\n::error::forged": 1\n');
    const told = runAction(policy.folder, {});
    expect(told.code).toBe(3);
    expect(told.log).toMatch(/^::stop-commands::([\w-]+)\n[\s\S]*CI_FIX_CONFIG_INVALID[\s\S]*\n::\1::$/m);
  });

  it("builds the command line of its own commit, and says what each input and output is", () => {
    expect(action.runs.using).toBe("composite");
    expect(build?.run).toBe('node "$GITHUB_ACTION_PATH/scripts/build.mjs"');
    expect(Object.values(action.inputs).every(({ description }) => description.length > 10)).toBe(true);
    expect(action.runs.steps.every((step) => !step.run.includes("${{"))).toBe(true);
    const used = read("scripts", "action.mjs");
    expect(Object.keys(run?.env ?? {}).filter((name) => !used.includes(name))).toEqual([]);
    expect(Object.values(action.outputs).map(({ value }) => value)).toEqual(
      ["exit-code", "sarif-file"].map((name) => `\${{ steps.run.outputs.${name} }}`),
    );
  });
});

describe("the ready workflow", () => {
  const example = read("examples", "ci-fix.yml");

  it("has nothing that fails silently, and only inputs that the Action has", () => {
    const repository = new ScratchRepository(scratchFolder());
    repository.write(".github/workflows/ci-fix.yml", example);
    expect(ciFix(repository.folder, ["scan"])).toMatchObject({ code: 0, stderr: "" });
    const { jobs } = load(example) as { jobs: Record<string, { steps: { uses?: string; with?: object }[] }> };
    const own = Object.values(jobs)[0]?.steps.find(({ uses }) => uses?.includes("/ci-fix@"));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(own?.with ?? {})));
  });

  it("and the page tells of every input and output", () => {
    const page = read("docs", "in-ci.md");
    const names = [...Object.keys(action.inputs), ...Object.keys(action.outputs)];
    expect(names.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

describe("the pre-commit hook", () => {
  const [hook] = load(read(".pre-commit-hooks.yaml")) as readonly Readonly<Record<string, string>>[];
  const { bin, files } = JSON.parse(read("package.json")) as { bin: Record<string, string>; files: string[] };

  it("runs a program that an install of this repository gives", () => {
    const [program = "", command] = hook!["entry"]!.split(" ");
    expect(command).toBe("check");
    expect(bin[program]).toBe("./packages/ci-fix/dist/ci-fix.mjs");
    expect(files.some((pattern) => pattern.startsWith("packages/ci-fix/dist/"))).toBe(true);
  });

  it.each([
    [".github/workflows/ci.yml", true],
    [".github/workflows/ci.yaml", true],
    ["action.yml", true],
    [".github/actions/setup/action.yaml", true],
    [".ci-fix.yml", true],
    [".ci-fix/register.yml", true],
    ["src/my-action.yml", false],
    ["docs/workflows/ci.yml", false],
  ])("runs when %s is in the commit: %s", (path, runs) => {
    expect(new RegExp(hook!["files"]!, "u").test(path)).toBe(runs);
  });
});

describe("the CI of this project", () => {
  it("passes its own gate, also as though all of it were new", () => {
    const repository = new ScratchRepository(scratchFolder());
    repository.write("README.md", "# Nothing yet\n");
    repository.commitAll("Start");
    for (const path of [".github", ".ci-fix.yml", "action.yml"])
      cpSync(join(root, path), join(repository.folder, path), { recursive: true });
    const { code, stdout } = ciFix(repository.folder, ["check", "--base", "HEAD"]);
    expect({ code, last: stdout.trimEnd().split("\n").at(-1) }).toEqual({ code: 0, last: "INV-060 holds" });
  });

  it("runs that gate, with the Action, on all of the history, and requires it", () => {
    interface Job {
      readonly needs?: readonly string[];
      readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[];
    }
    const { jobs } = load(read(".github", "workflows", "ci.yml")) as { jobs: Record<string, Job> };
    const [id, own] = Object.entries(jobs).find(([, job]) => job.steps.some(({ uses }) => uses === "./")) ?? [];
    expect(own?.steps[0]?.with).toMatchObject({ "fetch-depth": 0 });
    expect(jobs["gate"]?.needs).toContain(id);
  });
});
