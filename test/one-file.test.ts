import { openRepository } from "@ci-fix/git";
import { beforeAll, describe, expect, it } from "vitest";
import { contentsFixed, fix, look, ordersOf, planBack, remembering, rollBack, subsetsOf } from "./fix-and-roll-back.ts";
import { copyOf, ScratchRepository, scratchFolder } from "./scratch-repository.ts";

const file = ".github/workflows/ci.yml";

/** Each risk in its own job, some only a line apart. */
const apart = `on: push
jobs:
  lint:
    if: false && github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    continue-on-error: true
    steps:
      - run: npm run lint
  old-docs:
    if: false # the site has moved
    runs-on: ubuntu-latest
    steps:
      - run: make docs
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run unit tests
        continue-on-error: true
        run: npm test
      - name: Run slow tests
        continue-on-error: true
        run: npm run test:slow
`;

const register = `version: 1
risks:
  - { id: M01-R01, file: ${file}, job: lint, class: disabled-guard }
  - { id: M01-R02, file: ${file}, job: old-docs }
  - { id: M01-R03, file: ${file}, job: unit, step: Run unit tests }
  - { id: M01-R04, file: ${file}, job: unit, step: Run slow tests }
`;

const ids = ["M01-R01", "M01-R02", "M01-R03", "M01-R04"];

function repositoryWith(workflow: string, risks: string): ScratchRepository {
  const repository = new ScratchRepository(scratchFolder());
  repository.write(file, workflow);
  repository.write(".ci-fix/register.yml", risks);
  repository.write(".ci-fix.yml", "milestone: M04\n");
  repository.commitAll("Start");
  return repository;
}

describe("risks in one file", () => {
  let untouched: ScratchRepository;
  let fixed: ScratchRepository;

  beforeAll(async () => {
    untouched = repositoryWith(apart, register);
    fixed = copyOf(untouched);
    await fix(fixed, ids);
  });

  it("become a commit each", () => {
    expect(fixed.git("log", "--reverse", "--format=%s", "HEAD~4..").match(/^ci\(.*?\)/gm)).toEqual(
      ids.map((id) => `ci(${id})`),
    );
  });

  it("go back in every subset and order to the bytes of never having fixed them", async () => {
    const found = await look(untouched);
    const opened = remembering(await openRepository(fixed.folder));
    for (const subset of subsetsOf(ids)) {
      const kept = ids.filter((id) => !subset.includes(id));
      const expected = contentsFixed(found, kept)[file] ?? apart;
      for (const order of ordersOf(subset)) {
        const plans = await planBack(opened, order);
        const last = plans.at(-1)?.changes[0]?.after;
        const text = last === undefined ? fixed.read(file) : Buffer.from(last).toString();
        expect({ order, text }).toEqual({ order, text: expected });
      }
    }
  });

  it("go back alone out of a squash that lost their trailers", async () => {
    const squashed = copyOf(fixed);
    squashed.git("reset", "--quiet", "--soft", "HEAD~4");
    squashed.git("commit", "--quiet", "--message=Clean up CI");
    const found = await look(untouched);
    for (const id of ids) {
      const repository = copyOf(squashed);
      await rollBack(repository, [id]);
      const kept = ids.filter((other) => other !== id);
      expect(repository.read(file)).toBe(contentsFixed(found, kept)[file]);
    }
  });

  it("go back although lines nearby were edited since", async () => {
    const edited = copyOf(fixed);
    edited.write(file, edited.read(file).replace("npm run test:slow", "npm run test:slow -- --retries 2"));
    edited.git("commit", "--quiet", "--all", "--message=Retry");
    await rollBack(edited, ["M01-R03"]);
    expect(edited.read(file)).toContain("- name: Run unit tests\n        continue-on-error: true\n");
    expect(edited.read(file)).toContain("--retries 2");
  });
});

describe("a line that goes right above a job that goes", () => {
  const touching = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run unit tests
        run: npm test
        continue-on-error: true
  old:
    if: false # broken since spring
    runs-on: ubuntu-latest
    steps:
      - run: npm run old
  new:
    runs-on: ubuntu-latest
    steps:
      - run: npm run new
`;
  const two = `version: 1
risks:
  - { id: M01-R01, file: ${file}, job: unit, step: Run unit tests }
  - { id: M01-R02, file: ${file}, job: old }
`;

  it("lands with it as one commit, says so, and goes back with it", async () => {
    const fixed = repositoryWith(touching, two);
    const commits = await fix(fixed, ["M01-R01", "M01-R02"]);
    expect(commits.map((commit) => commit.ids)).toEqual([["M01-R01", "M01-R02"]]);
    expect(fixed.git("log", "-1", "--format=%b")).toContain("can only be taken back together");
    const [alone] = await planBack(await openRepository(fixed.folder), ["M01-R02"]);
    expect(alone?.refusals.map(({ code }) => code)).toEqual(["CI_FIX_TOGETHER"]);
    await rollBack(fixed, ["M01-R01", "M01-R02"]);
    expect(fixed.read(file)).toBe(touching);
  });
});

describe("dead jobs on neighbouring lines", () => {
  const neighbours = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - run: npm test
  old:
    if: false # broken since spring
    runs-on: ubuntu-latest
    steps:
      - run: npm run old
  older:
    if: false # broken since winter
    runs-on: ubuntu-latest
    steps:
      - run: npm run older
`;
  const both = ["M01-R01", "M01-R02"];
  const two = `version: 1
risks:
  - { id: M01-R01, file: ${file}, job: old }
  - { id: M01-R02, file: ${file}, job: older }
`;

  it("land as one commit: the note of the first would go with the second", async () => {
    const fixed = repositoryWith(neighbours, two);
    expect((await fix(fixed, ["M01-R01", "M01-R02"])).map((commit) => commit.ids)).toEqual([["M01-R01", "M01-R02"]]);
    await rollBack(fixed, ["M01-R01", "M01-R02"]);
    expect(fixed.read(file)).toBe(neighbours);
  });

  it("with a blank line between them land apart, and go back alone and in any order", async () => {
    const spaced = neighbours.replace("  older:\n", "\n  older:\n");
    const untouched = repositoryWith(spaced, two);
    const found = await look(untouched);
    const fixed = copyOf(untouched);
    expect((await fix(fixed, both)).map((commit) => commit.ids)).toEqual([["M01-R01"], ["M01-R02"]]);
    for (const order of subsetsOf(both).flatMap((subset) => ordersOf(subset))) {
      const back = copyOf(fixed);
      await rollBack(back, order);
      const kept = both.filter((id) => !order.includes(id));
      expect({ order, text: back.read(file) }).toEqual({ order, text: contentsFixed(found, kept)[file] ?? spaced });
    }
  });
});
