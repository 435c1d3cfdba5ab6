import { describe, expect, it } from "vitest";
import { runInside as ciFix } from "./in-process.ts";
import { ScratchRepository, scratchFolder } from "./scratch-repository.ts";

const file = ".github/workflows/ci.yml";

/** One silent failure that has been there for long, and a step that fails as it should. */
const old = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run unit tests
        run: npm test
      - name: Run slow tests
        continue-on-error: true
        run: npm run test:slow
`;

const soft = "        continue-on-error: true\n";
const mark = (rest: string): string => `        # ci-fix: allow soft-fail-step ${rest}\n`;
const forGood = mark('reason="the runner has no screen" owner=@infra expires=2999-12-31');

/** The workflow with something put before the script of its first step. */
const withUnit = (text: string, workflow = old): string =>
  workflow.replace("        run: npm test\n", `${text}        run: npm test\n`);

interface Json {
  readonly holds: boolean;
  readonly new: readonly { readonly class: string; readonly line: number; readonly exemption: string | null }[];
  readonly expired: readonly { readonly file: string }[];
  readonly tolerated: readonly unknown[];
  readonly excepted: readonly unknown[];
  readonly gone: readonly { readonly step: string | null }[];
  readonly pending: readonly { readonly line: number; readonly reason: string }[];
  readonly remarks: readonly string[];
  readonly passes: boolean;
  readonly invariants: readonly { readonly id: string; readonly holds: boolean; readonly broken: readonly unknown[] }[];
  readonly exceeded: readonly { readonly severity: string; readonly found: number }[];
}

async function checkJson(folder: string, ...args: readonly string[]): Promise<Json & { readonly code: number }> {
  const { code, stdout } = await ciFix(folder, ["check", "--format", "json", ...args]);
  return { ...(JSON.parse(stdout) as Json), code };
}

/** A repository whose branch `topic` starts where `main` stands. */
function repositoryWith(files: Readonly<Record<string, string>>): ScratchRepository {
  const repository = new ScratchRepository(scratchFolder());
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commitAll("Start");
  repository.git("switch", "--quiet", "--create", "topic");
  return repository;
}

function commit(repository: ScratchRepository, path: string, text: string): void {
  repository.write(path, text);
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--message=Change");
}

/** What a branch is told that turns one workflow into another. */
async function changed(before: string, after: string): Promise<Json & { readonly code: number }> {
  const repository = repositoryWith({ [file]: before });
  commit(repository, file, after);
  return checkJson(repository.folder);
}

describe("a change", () => {
  it("that adds nothing passes, and what is old is tolerated", async () => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, "README.md", "# Orchard\n");
    const { code, stdout } = await ciFix(repository.folder, ["check"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/1 old tolerated\nINV-060 holds\n$/);
  });

  it("that adds a soft-fail fails and shows it", async () => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, file, withUnit(soft));
    const { code, stdout } = await ciFix(repository.folder, ["check"]);
    expect(code).toBe(1);
    expect(stdout).toContain('high[soft-fail-step]: step "Run unit tests" may fail and the run stays green');
    expect(stdout).not.toContain('step "Run slow tests" may fail');
    expect(stdout).toMatch(/INV-060 violated \(1 new\)\n$/);
  });

  it("that is not committed counts, unless the last commit is asked for", async () => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, "README.md", "# Orchard\n");
    repository.write(file, withUnit(soft));
    expect((await checkJson(repository.folder)).code).toBe(1);
    expect((await checkJson(repository.folder, "--head")).code).toBe(0);
  });

  it("that adds a workflow with a soft-fail fails", async () => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, ".github/workflows/nightly.yml", old);
    expect(await checkJson(repository.folder)).toMatchObject({ code: 1, new: [{ class: "soft-fail-step" }] });
  });

  it("that removes a soft-fail passes and tells the ratchet", async () => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, file, old.replace(soft, ""));
    const { code, stdout } = await ciFix(repository.folder, ["check"]);
    expect(code).toBe(0);
    expect(stdout).toContain("ratcheted down: 1 silent failure of the base is gone\n");
    expect(stdout).toContain("0 old tolerated\nINV-060 holds");
  });

  it("that breaks a file which could be read fails", async () => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, file, `${old}  lint: [\n`);
    const { code, stdout, stderr } = await ciFix(repository.folder, ["check"]);
    expect({ code, last: stdout.trimEnd().split("\n").at(-1) }).toEqual({
      code: 1,
      last: "INV-060 violated (0 new, 1 unreadable)",
    });
    expect(stderr).toContain("error[CI_FIX_YAML_PARSE_ERROR]");
    expect(stdout).not.toContain("ratcheted");
  });

  it("that leaves a file broken which was so before passes", async () => {
    const repository = repositoryWith({ [file]: `${old}  lint: [\n` });
    commit(repository, "README.md", "# Orchard\n");
    expect((await checkJson(repository.folder)).code).toBe(0);
  });

  it("that only calls its file generated fails all the same", async () => {
    expect(await changed(old, `# Code generated by orchard. DO NOT EDIT.\n${withUnit(soft)}`)).toMatchObject({
      code: 1,
      new: [{ class: "soft-fail-step" }],
    });
  });
});

describe("an exception", () => {
  it("that comes with its soft-fail does not count", async () => {
    const found = await changed(old, withUnit(forGood + soft));
    expect(found).toMatchObject({ code: 1, new: [{ class: "soft-fail-step" }], pending: [{ line: 7 }] });
    expect(found.new[0]?.exemption).toContain("the runner has no screen");
  });

  it("is named in the report as what has to come first", async () => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, file, withUnit(forGood + soft));
    const { stdout } = await ciFix(repository.folder, ["check"]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("this needs to be on the base first");
    expect(stdout).toContain(`${file}:7: the exception for soft-fail-step counts once it is on the base`);
  });

  it("that stands on the base lets the soft-fail pass", async () => {
    expect(await changed(withUnit(forGood), withUnit(forGood + soft))).toMatchObject({ code: 0, new: [], pending: [] });
  });

  it("can be brought to the base by a change of its own", async () => {
    expect(await changed(old, withUnit(forGood))).toMatchObject({ code: 0, pending: [{ line: 7 }] });
  });

  it("for an old soft-fail can be added", async () => {
    const excepted = old.replace(soft, forGood + soft);
    expect(await changed(old, excepted)).toMatchObject({ code: 0, new: [], gone: [], pending: [{}] });
  });

  it("that has expired fails, whoever wrote it", async () => {
    const expired = withUnit(mark('reason="until the move" owner=@infra expires=2020-01-01') + soft);
    const repository = repositoryWith({ [file]: expired });
    commit(repository, "README.md", "# Orchard\n");
    const { code, stdout } = await ciFix(repository.folder, ["check"]);
    expect(code).toBe(1);
    expect(stdout).toContain("medium[expired-exception]");
    expect(stdout).toMatch(/INV-060 violated \(0 new, 1 expired\)\n$/);
  });

  it("cannot be given another day by the change that needs it", async () => {
    const short = mark('reason="until the move" expires=2020-01-01');
    const long = mark('reason="until the move" expires=2999-01-01');
    expect(await changed(withUnit(short), withUnit(long + soft))).toMatchObject({ code: 1, new: [{}], pending: [{}] });
  });

  it("that was renewed for an old soft-fail passes", async () => {
    const short = mark('reason="until the move" expires=2020-01-01');
    const long = mark('reason="until the move" expires=2999-01-01');
    expect(await changed(withUnit(short + soft), withUnit(long + soft))).toMatchObject({ code: 0, expired: [] });
  });

  it("cannot be carried to another step", async () => {
    const before = old.replace(soft, forGood + soft);
    expect(await changed(before, withUnit(forGood + soft))).toMatchObject({ code: 1, new: [{ line: 8 }] });
  });

  it("cannot be copied", async () => {
    const step = `      - name: Run unit tests\n${forGood}${soft}        run: npm test\n`;
    const before = `on: push\njobs:\n  unit:\n    runs-on: ubuntu-latest\n    steps:\n${step}`;
    expect(await changed(before, before + step)).toMatchObject({ code: 1, new: [{}] });
  });

  it("goes along when its step is renamed", async () => {
    const before = withUnit(forGood + soft);
    expect(await changed(before, before.replace("Run unit tests", "Test all units"))).toMatchObject({
      code: 0,
      new: [],
      pending: [],
    });
  });

  it("that cannot be read fails where it is new, and never keeps anything", async () => {
    const found = await changed(old, withUnit(mark("owner=@infra") + soft));
    expect(found.new.map((each) => each.class).sort()).toEqual(["bad-exception", "soft-fail-step"]);
  });

  it("is not had by a written reason either", async () => {
    const reason =
      "        # Best-effort: flaky since the upstream outage, see https://example.org/1. Should not block CI.\n";
    expect(await changed(old, withUnit(reason + soft))).toMatchObject({ code: 1, new: [{ class: "soft-fail-step" }] });
  });
});

describe("the register and the policy of a change", () => {
  const settled = (status: string): string =>
    `version: 1\nrisks:\n  - id: M01-R01\n    status: ${status}\n    justification: it has no screen\n    exit-criteria: a screen\n    file: ${file}\n    job: unit\n    step: Run unit tests\n`;

  it.each(["accepted", "deferred"])("do not make a risk of the same change %s", async (status) => {
    const repository = repositoryWith({ [file]: old });
    repository.write(".ci-fix/register.yml", settled(status));
    commit(repository, file, withUnit(soft));
    const found = await checkJson(repository.folder);
    expect(found).toMatchObject({ code: 1, new: [{ exemption: `M01-R01 is ${status} in the register` }] });
  });

  it.each(["accepted", "deferred"])("let a risk pass that the base has %s", async (status) => {
    const repository = repositoryWith({ [file]: old, ".ci-fix/register.yml": settled(status) });
    commit(repository, file, withUnit(soft));
    expect(await checkJson(repository.folder)).toMatchObject({ code: 0, new: [], excepted: [{}] });
  });

  it("take a decision back at once", async () => {
    const repository = repositoryWith({ [file]: old, ".ci-fix/register.yml": settled("accepted") });
    repository.write(".ci-fix/register.yml", settled("open"));
    commit(repository, file, withUnit(soft));
    expect((await checkJson(repository.folder)).code).toBe(1);
  });

  it("fail for a risk that was accepted until a day that has passed", async () => {
    const register = settled("accepted").replace("    file:", '    expires: "2020-01-01"\n    file:');
    const repository = repositoryWith({ [file]: withUnit(soft), ".ci-fix/register.yml": register });
    commit(repository, "README.md", "# Orchard\n");
    expect(await checkJson(repository.folder)).toMatchObject({
      code: 1,
      new: [],
      expired: [{ file: ".ci-fix/register.yml" }],
    });
  });

  it.each([
    ["ignore", `ignore: ["${file}"]\n`],
    ["best-effort", 'best-effort: ["npm test"]\n'],
    ["paths", 'paths: ["**/nightly.yml"]\n'],
    ["classes", "classes: { soft-fail-step: off }\n"],
    [
      "exceptions",
      `exceptions: [{ class: soft-fail-step, file: ${file}, job: unit, step: Run unit tests, reason: no screen }]\n`,
    ],
  ])("do not relax what they are judged by: %s", async (_key, policy) => {
    const repository = repositoryWith({ [file]: old });
    repository.write(".ci-fix.yml", policy);
    commit(repository, file, withUnit(soft));
    const found = await checkJson(repository.folder);
    expect({ code: found.code, new: found.new.length, remarks: found.remarks.length }).toEqual({
      code: 1,
      new: 1,
      remarks: 1,
    });
  });

  it.each([
    ["ignore", `ignore: ["${file}"]\n`],
    ["best-effort", 'best-effort: ["npm test"]\n'],
    ["paths", 'paths: ["**/nightly.yml"]\n'],
    ["classes", "classes: { soft-fail-step: off }\n"],
    [
      "exceptions",
      `exceptions: [{ class: soft-fail-step, file: ${file}, job: unit, step: Run unit tests, reason: no screen }]\n`,
    ],
  ])("count once they are on the base: %s", async (_key, policy) => {
    const repository = repositoryWith({ [file]: old, ".ci-fix.yml": policy });
    commit(repository, file, withUnit(soft));
    expect((await checkJson(repository.folder)).code).toBe(0);
  });

  it("name an exception of the policy as what has to come first", async () => {
    const repository = repositoryWith({ [file]: old });
    const policy = `exceptions: [{ class: soft-fail-step, file: ${file}, step: Run unit tests, reason: no screen }]\n`;
    repository.write(".ci-fix.yml", policy);
    commit(repository, file, withUnit(soft));
    const found = await checkJson(repository.folder);
    expect(found.new[0]?.exemption).toBe("the policy excepts it: no screen");
    expect(found.remarks).toEqual([
      `the policy's exception for soft-fail-step in ${file} counts once it is on the base`,
    ]);
  });

  it("fail for an exception of the policy whose day has passed", async () => {
    const policy = `exceptions: [{ class: soft-fail-step, file: ${file}, reason: the move, expires: 2020-01-01 }]\n`;
    const repository = repositoryWith({ [file]: old, ".ci-fix.yml": policy });
    commit(repository, "README.md", "# Orchard\n");
    expect(await checkJson(repository.folder)).toMatchObject({ code: 1, new: [], expired: [{ file: ".ci-fix.yml" }] });
  });

  it("can mend a policy that the base cannot be read with", async () => {
    const repository = repositoryWith({ [file]: old, ".ci-fix.yml": "ignore: 3\n" });
    commit(repository, ".ci-fix.yml", "ignore: []\n");
    expect((await checkJson(repository.folder)).code).toBe(0);
  });
});

describe("invariants and thresholds of the policy", () => {
  const invariant = (rest: string): string =>
    `invariants:\n  - id: INV-061\n    statement: Tests are listened to.\n${rest}`;
  const untouched = async (policy: string): Promise<Json & { readonly code: number }> => {
    const repository = repositoryWith({ [file]: old, ".ci-fix.yml": policy });
    commit(repository, "README.md", "# Orchard\n");
    return checkJson(repository.folder);
  };

  it("an invariant is broken by what is old as well", async () => {
    expect(await untouched(invariant(""))).toMatchObject({
      code: 1,
      holds: true,
      passes: false,
      invariants: [{ id: "INV-061", holds: false, broken: [{}] }],
    });
  });

  it.each([
    ["of another class", "    classes: [soft-fail-job]\n"],
    ["of a higher severity", "    severity: critical\n"],
    ["in other files", '    paths: ["**/release.yml"]\n'],
    ["that is new", "    old: tolerated\n"],
  ])("it can be about what is %s only", async (_what, rest) => {
    expect(await untouched(invariant(rest))).toMatchObject({ code: 0, passes: true, invariants: [{ holds: true }] });
  });

  it("it tells people what it promises, and what breaks it", async () => {
    const repository = repositoryWith({ [file]: old, ".ci-fix.yml": invariant("") });
    commit(repository, "README.md", "# Orchard\n");
    const { stdout } = await ciFix(repository.folder, ["check"]);
    expect(stdout).toContain(`INV-061 is broken on the base already\n  ${file}:9: step "Run slow tests" may fail`);
    expect(stdout).toMatch(/INV-061 violated \(1 finding\): Tests are listened to\.\nINV-060 holds\n$/);
    const annotations = await ciFix(repository.folder, ["check", "--format", "github"]);
    expect(annotations.stdout).toMatch(/^::error file=\.github\/workflows\/ci\.yml,line=9,title=INV-061::/m);
  });

  it("a change cannot drop it", async () => {
    const repository = repositoryWith({ [file]: old, ".ci-fix.yml": invariant("") });
    commit(repository, ".ci-fix.yml", "milestone: M04\n");
    expect(await checkJson(repository.folder)).toMatchObject({
      code: 1,
      remarks: [expect.stringContaining("INV-061")],
    });
  });

  it("more open findings than a threshold fail, and a change cannot raise it", async () => {
    const most = (high: number): string => `thresholds: { open: { high: ${high} } }\n`;
    expect(await untouched(most(1))).toMatchObject({ code: 0, exceeded: [] });
    expect(await untouched(most(0))).toMatchObject({ code: 1, exceeded: [{ severity: "high", limit: 0, found: 1 }] });
    const repository = repositoryWith({ [file]: old, ".ci-fix.yml": most(0) });
    commit(repository, ".ci-fix.yml", most(9));
    expect(await checkJson(repository.folder)).toMatchObject({
      code: 1,
      exceeded: [{}],
      remarks: [expect.stringMatching(/at most 0/)],
    });
  });

  it("a severity that the change lowers counts as it was", async () => {
    const critical = "classes: { soft-fail-step: critical }\n";
    const limited = "thresholds: { open: { critical: 0 } }\n";
    const repository = repositoryWith({ [file]: old, ".ci-fix.yml": critical + limited });
    commit(repository, ".ci-fix.yml", limited);
    expect(await checkJson(repository.folder)).toMatchObject({ code: 1, exceeded: [{ severity: "critical" }] });
  });
});

describe("what is the same under another name is not new", () => {
  it.each([
    ["lines have moved", old.replace("jobs:\n", "\n# the tests\n\njobs:\n")],
    ["the step is renamed", old.replace("Run slow tests", "Run the slow tests")],
    ["the step has lost its name", old.replace("- name: Run slow tests\n        continue", "- continue")],
    ["the job is renamed", old.replace("  unit:", "  units:")],
    ["a step is put before it", old.replace("      - name: Run slow", "      - run: make\n      - name: Run slow")],
  ])("%s", async (_what, after) => {
    expect(await changed(old, after)).toMatchObject({ code: 0, new: [], gone: [], tolerated: [{}] });
  });

  it("the file is renamed", async () => {
    const repository = repositoryWith({ [file]: old });
    repository.git("mv", file, ".github/workflows/tests.yml");
    repository.git("commit", "--quiet", "--message=Rename");
    expect(await checkJson(repository.folder)).toMatchObject({ code: 0, new: [], gone: [], tolerated: [{}] });
  });

  it("one of two alike is renamed, and makes room for no more", async () => {
    const step = old.slice(old.indexOf("      - name: Run slow"));
    const renamed = step.replace("Run slow tests", "Run the slow tests");
    const added = step.replace("Run slow tests", "Run more tests");
    expect(await changed(old + step, old + renamed)).toMatchObject({ code: 0, new: [], gone: [] });
    expect(await changed(old + step, old + renamed + added)).toMatchObject({ code: 1, new: [{}] });
  });

  it("but a soft-fail that goes from one step to another is", async () => {
    const found = await changed(old, withUnit(soft, old.replace(soft, "")));
    expect(found).toMatchObject({ code: 1, new: [{}], gone: [{ step: "Run slow tests" }] });
  });

  it("and so is a second one of the same name", async () => {
    const step = old.slice(old.indexOf("      - name: Run slow"));
    expect(await changed(old, old + step)).toMatchObject({ code: 1, new: [{}], tolerated: [{}] });
  });
});

describe("the base", () => {
  it("is where the branch parted, whatever came to the default branch since", async () => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, "README.md", "# Orchard\n");
    repository.git("switch", "--quiet", "main");
    commit(repository, file, old.replace(soft, ""));
    repository.git("switch", "--quiet", "topic");
    expect((await checkJson(repository.folder)).code).toBe(0);
    expect((await checkJson(repository.folder, "--base", "main")).code).toBe(1);
  });

  it.each(["main", "topic"])("is refused with a hint where a shallow clone does not have it (%s)", async (fallback) => {
    const repository = repositoryWith({ [file]: old });
    commit(repository, file, withUnit(soft));
    repository.git("switch", "--quiet", fallback);
    const folder = scratchFolder();
    repository.git("clone", "--quiet", "--depth=1", "--branch=topic", `file://${repository.folder}`, folder);
    const { code, stdout, stderr } = await ciFix(folder, ["check"]);
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toContain("error[CI_FIX_NO_BASE]");
    expect(stderr).toMatch(/shallow/);
    expect(stderr).toMatch(/fetch-depth: 0/);
  });

  it("is refused where there is no such revision", async () => {
    const repository = repositoryWith({ [file]: old });
    const { code, stderr } = await ciFix(repository.folder, ["check", "--base", "no-such-branch"]);
    expect(code).toBe(4);
    expect(stderr).toContain('there is no commit "no-such-branch" here');
  });

  it("can be given by hand in a shallow clone", async () => {
    const repository = repositoryWith({ [file]: old });
    const folder = scratchFolder();
    repository.git("clone", "--quiet", "--depth=1", `file://${repository.folder}`, folder);
    expect((await ciFix(folder, ["check", "--base", "HEAD"])).code).toBe(0);
  });

  it("is the branch that a pull request goes to", async () => {
    const repository = repositoryWith({ [file]: withUnit(soft) });
    repository.git("update-ref", "refs/remotes/origin/release", "HEAD");
    commit(repository, file, old);
    repository.git("branch", "--force", "main", "HEAD");
    commit(repository, file, withUnit(soft));
    expect((await ciFix(repository.folder, ["check"])).code).toBe(1);
    expect((await ciFix(repository.folder, ["check"], { GITHUB_BASE_REF: "release" })).code).toBe(0);
  });
});

it("annotations stay in their place, whatever a name holds", async () => {
  const repository = repositoryWith({ [file]: old });
  commit(repository, file, withUnit(soft).replace("Run unit tests", '"tests%0A::error::forged, \\n::error::again"'));
  const { code, stdout } = await ciFix(repository.folder, ["check", "--format", "github"]);
  expect(code).toBe(1);
  expect(stdout.match(/^::\w+/gm)).toEqual(["::error", "::notice"]);
  expect(stdout).toContain("tests%250A::error");
  expect(stdout).toContain("INV-060 violated (1 new)");
});
