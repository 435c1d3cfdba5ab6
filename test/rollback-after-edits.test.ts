import { openRepository } from "@ci-fix/git";
import { beforeAll, describe, expect, it } from "vitest";
import { fix, planBack, rollBack } from "./fix-and-roll-back.ts";
import { copyOf, ScratchRepository, scratchFolder } from "./scratch-repository.ts";

const file = ".github/workflows/ci.yml";

const workflow = `name: CI
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Lint
        run: npm run lint
        continue-on-error: true
      - name: Test
        run: pytest
        continue-on-error: true

  dead:
    if: false # broken since spring
    runs-on: ubuntu-latest
    steps:
      - run: npm run old

  guard:
    runs-on: ubuntu-latest
    steps:
      - run: npm run guard
`;

const register = `version: 1
risks:
  - { id: M03-R01, file: ${file}, job: build, step: Lint }
  - { id: M03-R02, file: ${file}, job: build, step: Test }
  - { id: M03-R03, file: ${file}, job: dead }
`;

let fixed: ScratchRepository;

beforeAll(async () => {
  fixed = new ScratchRepository(scratchFolder());
  fixed.write(file, workflow);
  fixed.write(".ci-fix/register.yml", register);
  fixed.write(".ci-fix.yml", "milestone: M04\n");
  fixed.commitAll("Start");
  await fix(fixed, ["M03-R01", "M03-R02", "M03-R03"]);
});

/** The repository of all three fixes after somebody edited the workflow. */
function edited(...replacements: readonly (readonly [from: string, to: string])[]): ScratchRepository {
  const repository = copyOf(fixed);
  let text = repository.read(file);
  for (const [from, to] of replacements) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  repository.write(file, text);
  repository.git("commit", "--quiet", "--all", "--message=Edit");
  return repository;
}

/** Only the first fix, in a commit that somebody amended by edits of his own. */
function amended(...replacements: readonly (readonly [from: string, to: string])[]): {
  repository: ScratchRepository;
  text: string;
} {
  const repository = copyOf(fixed);
  repository.git("reset", "--quiet", "--hard", "HEAD~2");
  const text = replacements.reduce((current, [from, to]) => current.replace(from, to), repository.read(file));
  repository.write(file, text);
  repository.git("commit", "--quiet", "--all", "--amend", "--no-edit");
  return { repository, text };
}

async function refusalsOf(repository: ScratchRepository, id: string): Promise<string[]> {
  const plans = await planBack(await openRepository(repository.folder), [id]);
  expect(plans.flatMap(({ changes }) => changes)).toEqual([]);
  return plans.flatMap(({ refusals }) => refusals.map(({ code }) => code));
}

describe("a rollback after edits is refused rather than made somewhere else", () => {
  it("when the step is gone", async () => {
    const repository = edited(["      - name: Lint\n        run: npm run lint\n", ""]);
    expect(await refusalsOf(repository, "M03-R01")).toEqual(["CI_FIX_CONFLICT"]);
  });

  it("when the step has moved to another job", async () => {
    const step = "      - name: Lint\n        run: npm run lint\n";
    const repository = edited([step, ""], ["      - run: npm run guard\n", `      - run: npm run guard\n${step}`]);
    expect(await refusalsOf(repository, "M03-R01")).toEqual(["CI_FIX_CONFLICT"]);
  });

  it("when the job was written anew below the note", async () => {
    const again = "  dead:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm run new\n  guard:\n";
    const repository = edited(["  guard:\n", again]);
    expect(await refusalsOf(repository, "M03-R03")).toEqual(["CI_FIX_CONFLICT"]);
  });

  it("when the clone does not reach back to it", async () => {
    const shallow = new ScratchRepository(scratchFolder());
    shallow.git("clone", "--quiet", "--depth=1", `file://${fixed.folder}`, ".");
    const plans = planBack(await openRepository(shallow.folder), ["M03-R03"]);
    await expect(plans).rejects.toMatchObject({ code: "CI_FIX_SHALLOW", hint: "git fetch --unshallow" });
  });
});

describe("a rollback takes back its own lines and nothing else", () => {
  it("when the step has a new name", async () => {
    const repository = edited(["- name: Test\n", "- name: All tests\n"]);
    await rollBack(repository, ["M03-R02"]);
    expect(repository.read(file)).toContain(
      "- name: All tests\n        run: pytest\n        continue-on-error: true\n",
    );
  });

  it("when other edits were amended to the commit of the fix", async () => {
    const { repository, text } = amended(["name: CI\n", "name: Checks\n"], ["run: pytest\n", "run: pytest -q\n"]);
    await rollBack(repository, ["M03-R01"]);
    const lint = "run: npm run lint\n";
    expect(repository.read(file)).toBe(text.replace(lint, `${lint}        continue-on-error: true\n`));
  });

  it("or refuses, when the line that it stood behind was amended", async () => {
    const { repository } = amended(["run: npm run lint\n", "run: npm run lint -- --max-warnings=0\n"]);
    expect(await refusalsOf(repository, "M03-R01")).toEqual(["CI_FIX_CONFLICT"]);
  });

  it("and speaks of its own fix alone after a squash", async () => {
    const repository = copyOf(fixed);
    const messages = repository.git("log", "-3", "--format=* %B");
    repository.git("reset", "--quiet", "--soft", "HEAD~3");
    repository.git("commit", "--quiet", `--message=Fix CI (#12)\n\n${messages}`);
    const [made] = await rollBack(repository, ["M03-R01"]);
    expect(made?.subject).toBe("ci(M03-R01): roll back its fix");
  });
});
