import { describe, expect, it } from "vitest";
import { type Json, checkJson, commit, file, old, repositoryWith, soft, withUnit } from "./checked-repository.ts";
import { runInside } from "./in-process.ts";

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
    const { stdout } = await runInside(repository.folder, ["check"]);
    expect(stdout).toContain(`INV-061 is broken on the base already\n  ${file}:9: step "Run slow tests" may fail`);
    expect(stdout).toMatch(/INV-061 violated \(1 finding\): Tests are listened to\.\nINV-060 holds\n$/);
    const annotations = await runInside(repository.folder, ["check", "--format", "github"]);
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
