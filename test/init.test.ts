import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "@ci-fix/register";
import { knownClasses } from "@ci-fix/runner";
import { describe, expect, it } from "vitest";
import { runInside } from "./in-process.ts";
import { root, ScratchRepository, scratchFolder } from "./scratch-repository.ts";

const file = ".github/workflows/ci.yml";

/** A repository with one job; `lines` are steps. */
function repositoryWith(steps: string, more: Readonly<Record<string, string>> = {}): ScratchRepository {
  const repository = new ScratchRepository(scratchFolder());
  const workflow = `on: push\njobs:\n  unit:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
  for (const [path, text] of Object.entries({ [file]: workflow, ...more })) repository.write(path, text);
  repository.commitAll("Start");
  return repository;
}

const printed = async ({ folder }: ScratchRepository): Promise<string> =>
  (await runInside(folder, ["init", "--print"])).stdout;

const read = (text: string): ReturnType<typeof readConfig> => readConfig(new TextEncoder().encode(text), knownClasses);

/** The policy if everything in it that is commented out were not. */
const allOf = (policy: string): string =>
  policy.replaceAll(
    /^# ((?:(?:upstream|required-checks|classes|paths|ignore|critical|best-effort|exceptions|invariants|thresholds):| {2}).*)$/gm,
    "$1",
  );

describe("ci-fix init", () => {
  const audit = new ScratchRepository(scratchFolder());
  cpSync(join(root, "fixtures", "audit-m04"), audit.folder, { recursive: true });
  rmSync(join(audit.folder, ".ci-fix.yml"));
  audit.commitAll("Start");

  it("writes what is certain, and the rest as comments that can be taken in", async () => {
    const { code, stdout } = await runInside(audit.folder, ["init"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "wrote .ci-fix.yml\n" });
    const policy = audit.read(".ci-fix.yml");
    expect(policy.replaceAll(/^#.*\n|^\n/gm, "")).toBe("milestone: M03\nupstream: tidewright/tidewright\n");
    const all = read(allOf(policy));
    expect(all).toMatchObject({
      ok: true,
      config: {
        requiredChecks: expect.arrayContaining(["done"]) as unknown,
        critical: expect.arrayContaining([{ of: "command", text: "python3 tools/pick_tests.py" }]) as unknown,
        exceptions: [{}],
        invariants: [{}],
      },
    });
    expect(all.ok && all.config.thresholds.open.get("high")).toBeGreaterThan(1);
  });

  it("never overwrites a policy, wherever it lies", async () => {
    for (const path of [".ci-fix.yml", ".github/ci-fix.yml"]) {
      const repository = repositoryWith("      - run: make\n", { [path]: "milestone: M09\n" });
      const before = repository.files();
      const { code, stdout, stderr } = await runInside(repository.folder, ["init"]);
      expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
      expect(stderr).toContain(`error[CI_FIX_EXISTS]: there is a policy already: ${path}`);
      expect(repository.files()).toEqual(before);
    }
  });

  it("prints without writing", async () => {
    const repository = repositoryWith("      - run: make\n");
    const before = repository.files();
    expect(await printed(repository)).toContain("milestone: M01");
    expect(repository.files()).toEqual(before);
  });

  it("finds the upstream repository in conditions first, then in remotes", async () => {
    const guarded = repositoryWith("      - if: github.repository_owner == 'orchard'\n        run: make\n");
    guarded.git("remote", "add", "origin", "git@github.com:me/press.git");
    expect(await printed(guarded)).toContain("\nupstream: orchard/press\n");
    const fork = repositoryWith("      - run: make\n");
    expect(await printed(fork)).toContain("\n# upstream: owner/name\n");
    fork.git("remote", "add", "origin", "https://github.com/me/press");
    expect(await printed(fork)).toContain("\nupstream: me/press\n");
    fork.git("remote", "add", "upstream", "https://github.com/orchard/press.git");
    expect(await printed(fork)).toContain("\nupstream: orchard/press\n");
  });

  it("tells commands that are critical already from those that nobody can know", async () => {
    const policy = await printed(
      repositoryWith("      - run: npm test -- --ci\n      - run: ./tools/weigh.sh --all\n"),
    );
    expect(policy).toContain("Critical without a word here: npm test.");
    expect(policy).toContain("#     - ./tools/weigh.sh\n");
  });

  it("stays a policy whatever names a workflow holds", async () => {
    const steps = `      - uses: "acme/x\\u0085milestone: M99@v1"\n      - run: "./a\\u202e.sh; ./b:c/d\\t.sh"\n`;
    const policy = await printed(
      repositoryWith(steps, { "fixtures/action.yml": "runs: { using: node20, main: a.js }\n" }),
    );
    expect(policy).not.toMatch(/[^\n\x20-\x7e…]/u);
    expect(read(policy)).toMatchObject({ ok: true, config: { milestone: "M01" } });
    expect(read(allOf(policy))).toMatchObject({ ok: true, config: { milestone: "M01", ignore: ["**/fixtures/**"] } });
  });
});
