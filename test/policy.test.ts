import { describe, expect, it } from "vitest";
import { runInside, type Told } from "./in-process.ts";
import { ScratchRepository, scratchFolder } from "./scratch-repository.ts";

const file = ".github/workflows/ci.yml";
const nightly = ".github/workflows/nightly.yml";

/** One silent failure that matters, one of unknown weight, one upload that may fail, and a job that is switched off. */
const workflow = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run unit tests
        continue-on-error: true
        run: npm test
      - name: Weigh the crates
        continue-on-error: true
        run: ./scales --all
      - uses: actions/upload-artifact@v4
        continue-on-error: true
  press:
    if: false && github.repository == 'orchard/press'
    runs-on: ubuntu-latest
    steps:
      - run: make press
  gate:
    needs: unit
    runs-on: ubuntu-latest
    steps:
      - run: make gate
`;

interface Found {
  readonly class: string;
  readonly severity: string;
  readonly file: string;
  readonly step: string | null;
  readonly message: string;
  readonly outcome: { readonly kind: string; readonly reason: string | null; readonly safety: string | null };
}

function repositoryWith(files: Readonly<Record<string, string>>): ScratchRepository {
  const repository = new ScratchRepository(scratchFolder());
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commitAll("Start");
  return repository;
}

async function scanned(
  policy: string,
  files: Readonly<Record<string, string>> = { [file]: workflow },
): Promise<Found[]> {
  const { folder } = repositoryWith({ ...files, ".ci-fix.yml": policy });
  return foundIn(await runInside(folder, ["scan", "--format", "json"]));
}

function foundIn({ stdout }: Told): Found[] {
  return (JSON.parse(stdout) as { findings: Found[] }).findings;
}

const openIn = (found: readonly Found[]): string[] =>
  found.filter(({ outcome }) => outcome.kind !== "skip").map((each) => each.class);

describe("each key of the policy acts", () => {
  it("nothing said: this is what is found", async () => {
    const found = await scanned("");
    expect(openIn(found)).toEqual(["soft-fail-step", "soft-fail-step", "disabled-guard"]);
  });

  it("milestone: new ids begin with it", async () => {
    const repository = repositoryWith({ [file]: workflow, ".ci-fix.yml": "milestone: M07\n" });
    await runInside(repository.folder, ["register", "update"]);
    expect(repository.read(".ci-fix/register.yml")).toContain("id: M07-R01");
  });

  describe("what proofs take from it", () => {
    const register = `version: 1\nrisks:\n  - { id: M01-R01, file: ${file}, job: press }\n  - { id: M01-R02, file: ${file}, job: unit, step: Run unit tests }\n`;
    const proved = async (policy: string, id: string): Promise<string> => {
      const { folder } = repositoryWith({ [file]: workflow, ".ci-fix.yml": policy, ".ci-fix/register.yml": register });
      const proof = await runInside(folder, ["prove", id]);
      const preview = await runInside(folder, ["--risk", id]);
      expect({ proof: proof.code, preview: preview.code }).toEqual({ proof: 0, preview: 0 });
      return (proof.stdout + preview.stdout).replaceAll(/\s+/g, " ");
    };

    it("upstream: whether a fix bites there, in proofs and previews", async () => {
      expect(await proved("", "M01-R01")).not.toContain("bites in");
      const upstream = await proved("upstream: orchard/press\n", "M01-R01");
      expect(upstream.match(/bites in orchard\/press/g)).toHaveLength(2);
      expect(await proved("upstream: somebody/else\n", "M01-R01")).toContain("does not bite in somebody/else");
    });

    it("required-checks: whether a fix skips one of them", async () => {
      expect(await proved("", "M01-R02")).not.toMatch(/required check/);
      expect(await proved("required-checks: [gate]\n", "M01-R02")).toMatch(/gate.*required|required.*gate/s);
    });
  });

  it("classes: off is not found, by the register neither", async () => {
    expect(openIn(await scanned("classes: { disabled-guard: off }\n"))).toEqual(["soft-fail-step", "soft-fail-step"]);
    const repository = repositoryWith({ [file]: workflow, ".ci-fix.yml": "classes: { soft-fail-step: off }\n" });
    await runInside(repository.folder, ["register", "update"]);
    expect(repository.read(".ci-fix/register.yml")).not.toContain("Run unit tests");
  });

  it("classes: an exception of a class that is off is not unused", async () => {
    const excepted = workflow.replace(
      "    if: false",
      "    # ci-fix: allow disabled-guard reason=later\n    if: false",
    );
    expect(openIn(await scanned("classes: { disabled-guard: off }\n", { [file]: excepted }))).not.toContain(
      "unused-exception",
    );
  });

  it("classes: a severity moves a finding, for --fail-on too", async () => {
    const { folder } = repositoryWith({
      [file]: workflow,
      ".ci-fix.yml": "classes: { soft-fail-step: low, disabled-guard: low }\n",
    });
    const told = await runInside(folder, ["scan", "--format", "json", "--fail-on", "medium"]);
    expect(told.code).toBe(0);
    expect(new Set(foundIn(told).map(({ severity }) => severity))).toEqual(new Set(["low"]));
  });

  it("paths: other files are not looked at", async () => {
    const found = await scanned(`paths: ["**/nightly*"]\n`, { [file]: workflow, [nightly]: workflow });
    expect(new Set(found.map((each) => each.file))).toEqual(new Set([nightly]));
  });

  it("ignore: these files are not looked at, also where paths names them", async () => {
    const found = await scanned(`paths: [".github/**"]\nignore: ["**/nightly*"]\n`, {
      [file]: workflow,
      [nightly]: workflow,
    });
    expect(new Set(found.map((each) => each.file))).toEqual(new Set([file]));
  });

  const kept = async (policy: string): Promise<(string | null)[]> =>
    (await scanned(policy)).filter(({ outcome }) => outcome.reason === "best-effort").map(({ step }) => step);

  it("critical and best-effort: commands, actions and names, each for itself", async () => {
    expect(await kept("best-effort: { commands: [scales] }\n")).toContain("Weigh the crates");
    expect(await kept("best-effort: { names: [weigh the crates] }\n")).toContain("Weigh the crates");
    expect(await kept("best-effort: { names: [scales], actions: [weigh] }\n")).not.toContain("Weigh the crates");
    expect(await kept("")).toContain("actions/upload-artifact");
    expect(await kept("critical: { actions: [actions/upload-artifact] }\n")).not.toContain("actions/upload-artifact");
    expect(await kept("critical: { commands: [actions/upload-artifact] }\n")).toContain("actions/upload-artifact");
  });

  it("exceptions: what they name is kept, with the reason", async () => {
    const policy = (rest: string): string =>
      `exceptions:\n  - class: soft-fail-step\n    file: .github/**\n    reason: until the move\n    owner: "@infra"\n${rest}`;
    const outcomes = async (rest: string): Promise<string[]> =>
      (await scanned(policy(rest)))
        .filter(({ class: name }) => name !== "disabled-guard")
        .map(({ class: name, step, outcome }) => `${name} ${step}: ${outcome.reason ?? outcome.kind}`);
    expect(await outcomes("")).toEqual([
      "soft-fail-step Run unit tests: excepted",
      "soft-fail-step Weigh the crates: excepted",
      "soft-fail-step actions/upload-artifact: best-effort",
    ]);
    expect((await outcomes("    job: unit\n    step: Weigh the crates\n")).slice(0, 2)).toEqual([
      "soft-fail-step Run unit tests: fix",
      "soft-fail-step Weigh the crates: excepted",
    ]);
    expect(await outcomes("    job: gate\n")).toContain(
      "unused-exception the exception for soft-fail-step in .github/**: fix",
    );
    expect(await outcomes("    expires: 2020-01-01\n")).toContain(
      "expired-exception the exception for soft-fail-step in .github/**: fix",
    );
  });

  it("thresholds: fail-on decides the exit code unless the command line does", async () => {
    const { folder } = repositoryWith({ [file]: workflow, ".ci-fix.yml": "thresholds: { fail-on: critical }\n" });
    expect((await runInside(folder, ["scan"])).code).toBe(0);
    expect((await runInside(folder, ["scan", "--fail-on", "high"])).code).toBe(1);
  });

  it("lies in .github/ci-fix.yml as well; the one at the root wins", async () => {
    const elsewhere = { [file]: workflow, ".github/ci-fix.yml": "classes: { soft-fail-step: off }\n" };
    const { folder } = repositoryWith(elsewhere);
    expect(openIn(foundIn(await runInside(folder, ["scan", "--format", "json"])))).toEqual(["disabled-guard"]);
    expect(openIn(await scanned("", elsewhere))).toHaveLength(3);
  });

  it("with a mistake: nothing runs, and each mistake is told with its line", async () => {
    const { folder } = repositoryWith({ [file]: workflow, ".ci-fix.yml": "milestone: M1\nclases: {}\n" });
    const { code, stdout, stderr } = await runInside(folder, ["scan"]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("error[CI_FIX_CONFIG_INVALID]");
    expect(stderr).toMatch(/\.ci-fix\.yml:1: "milestone"[\s\S]*\.ci-fix\.yml:2: .*did you mean "classes"\?/);
  });
});
