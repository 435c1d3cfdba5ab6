import { beforeAll, describe, expect, it } from "vitest";
import { fix, look, plan, planBack, rollBack, ordersOf, subsetsOf } from "./fix-and-roll-back.ts";
import { copyOf, repositoryFrom, type ScratchRepository } from "./scratch-repository.ts";

const workflows = ".github/workflows";
const ids = ["M03-R01", "M03-R02", "M03-R03", "M03-R04", "M03-R05"] as const;
const fileOf: Record<string, string> = {
  "M03-R01": `${workflows}/pick-tests.yml`,
  "M03-R02": `${workflows}/gauge-index.yml`,
  "M03-R03": `${workflows}/main.yml`,
  "M03-R04": `${workflows}/tools-tests.yml`,
  "M03-R05": `${workflows}/supply-chain.yml`,
};

let untouched: ScratchRepository;
let fixed: ScratchRepository;

beforeAll(async () => {
  untouched = repositoryFrom("fixtures/audit-m04");
  fixed = copyOf(untouched);
  await fix(fixed, ids);
});

describe("five risks of an audit", () => {
  it("become five commits, one for each, in the order they were asked for", () => {
    const log = fixed.git("log", "--reverse", "--format=%s", "HEAD~5..").trim().split("\n");
    expect(log.map((subject) => /^ci\((.*?)\): /.exec(subject)?.[1])).toEqual(ids);
  });

  it.each(ids.map((id, index) => [id, index] as const))("%s changes its own file alone", (id, index) => {
    const commit = `HEAD~${ids.length - 1 - index}`;
    expect(fixed.git("diff-tree", "-r", "--name-only", "--no-commit-id", commit).trim()).toBe(fileOf[id]);
    expect(fixed.git("log", "-1", "--format=%(trailers:key=Ci-Fix-Risk,valueonly)", commit).trim()).toBe(id);
  });

  it("change these lines and no others", async () => {
    const hunks = ids.map((id) =>
      fixed.git("diff", "-U0", "--no-color", "--no-prefix", "HEAD~5", "HEAD", "--", fileOf[id]!),
    );
    await expect(hunks.join("")).toMatchFileSnapshot("snapshots/audit-m04.diff");
  });

  it("leave the work tree clean, at the new commits", () => {
    expect(fixed.git("status", "--porcelain")).toBe("");
  });

  it("are the same commits on every run", async () => {
    const again = copyOf(untouched);
    await fix(again, ids);
    expect(again.head()).toBe(fixed.head());
  });

  it("are the same whether landed at once or one by one", async () => {
    const again = copyOf(untouched);
    for (const id of ids) await fix(again, [id]);
    expect(again.head()).toBe(fixed.head());
  });

  it("leave nothing to do for a second run", async () => {
    expect((await plan(fixed, ids)).map(({ id, done, changes }) => ({ id, done, changes }))).toEqual(
      ids.map((id) => ({ id, done: true, changes: [] })),
    );
    const { match } = await look(fixed);
    expect(match.unregistered).toEqual([]);
    expect(await fix(fixed, ids)).toEqual([]);
  });

  it("do not touch what else the user has changed, staged or left untracked", async () => {
    const busy = copyOf(untouched);
    busy.write("README.md", "changed\n");
    busy.write("Makefile", "staged\n");
    busy.git("add", "Makefile");
    busy.write("Makefile", "staged, then changed\n");
    busy.write("notes.txt", "untracked\n");
    const before = busy.git("status", "--porcelain");
    await fix(busy, ids);
    expect(busy.git("status", "--porcelain")).toBe(before);
    expect(busy.git("show", ":Makefile")).toBe("staged\n");
    expect(busy.files()).toMatchObject({
      "README.md": "changed\n",
      Makefile: "staged, then changed\n",
      "notes.txt": "untracked\n",
    });
  });
});

/** The files as they would be if only these risks had ever been fixed, in a repository that never saw the others. */
async function everOnly(kept: readonly string[]): Promise<Record<string, string>> {
  const repository = copyOf(untouched);
  await fix(repository, kept);
  return repository.files();
}

function squash(repository: ScratchRepository, message: string): ScratchRepository {
  const squashed = copyOf(repository);
  squashed.git("checkout", "--quiet", "-b", "fixes");
  squashed.git("checkout", "--quiet", "-B", "main", "HEAD~5");
  squashed.git("merge", "--quiet", "--squash", "fixes");
  squashed.git("commit", "--quiet", `--message=${message}`);
  squashed.git("branch", "--quiet", "-D", "fixes");
  return squashed;
}

/** As the merge button writes it: a title, then the message of each commit as an item. */
function gathered(repository: ScratchRepository): string {
  const messages = repository
    .git("log", "--reverse", "--format=%B%x00", "HEAD~5..")
    .split("\0")
    .map((text) => text.trim());
  return `Repair our CI (#12)\n\n${messages
    .filter((text) => text !== "")
    .map((text) => `* ${text}`)
    .join("\n\n")}\n`;
}

describe.each([
  ["five commits", () => fixed],
  ["one squashed commit with a message of its own", () => squash(fixed, "Repair our CI")],
  ["one squashed commit with all messages in it", () => squash(fixed, gathered(fixed))],
])("taken back from %s", (_, landed) => {
  let start: ScratchRepository;
  beforeAll(() => {
    start = landed();
  });

  it("each of the 32 subsets gives the bytes of never having fixed it", async () => {
    const subsets = subsetsOf(ids);
    expect(subsets).toHaveLength(32);
    for (const subset of subsets) {
      const repository = copyOf(start);
      const commits = await rollBack(repository, subset);
      expect(commits.flatMap((commit) => commit.ids)).toEqual(subset);
      const kept = ids.filter((id) => !subset.includes(id));
      expect(repository.files(), `without ${subset.join(", ")}`).toEqual(await everOnly(kept));
      expect(repository.git("status", "--porcelain")).toBe("");
    }
  });

  it("each of the 120 orders ends at the bytes of never having fixed any", async () => {
    const orders = ordersOf(ids);
    expect(orders).toHaveLength(120);
    const expected = untouched.files();
    for (const order of orders) {
      const plans = await planBack(start, order);
      expect(plans.flatMap((each) => each.ids)).toEqual(order);
      const after = Object.fromEntries(
        plans.flatMap((each) => each.changes.map(({ file, after: bytes }) => [file, Buffer.from(bytes).toString()])),
      );
      expect({ ...start.files(), ...after }, order.join(", ")).toEqual(expected);
    }
  });

  it("one after the other, each a commit of its own, in orders that begin with each of them", async () => {
    for (const [index] of ids.entries()) {
      const order = [...ids.slice(index), ...ids.slice(0, index)];
      const repository = copyOf(start);
      for (const id of order) expect(await rollBack(repository, [id])).toHaveLength(1);
      expect(repository.files(), order.join(", ")).toEqual(untouched.files());
      expect(await rollBack(repository, order)).toEqual([]);
    }
  });

  it("a risk can be fixed again", async () => {
    const repository = copyOf(start);
    await rollBack(repository, ["M03-R03"]);
    await fix(repository, ["M03-R03"]);
    expect(repository.files()).toEqual(start.files());
    await rollBack(repository, ["M03-R03"]);
    expect(repository.files()).toEqual(await everOnly(ids.filter((id) => id !== "M03-R03")));
  });
});
