import { openRepository, type Repository } from "@ci-fix/git";
import type { RollbackPlan, Survey } from "@ci-fix/runner";
import { beforeAll, describe, expect, it } from "vitest";
import { ciFix } from "./command-line.ts";
import {
  contentsFixed,
  fix,
  look,
  ordersOf,
  plan,
  planBack,
  remembering,
  rollBack,
  subsetsOf,
} from "./fix-and-roll-back.ts";
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
let untouchedFiles: Record<string, string>;
let found: Survey;
let fixed: ScratchRepository;

beforeAll(async () => {
  untouched = repositoryFrom("fixtures/audit-m04");
  untouchedFiles = untouched.files();
  found = await look(untouched);
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
    const again = await look(fixed);
    expect(plan(again, ids).map(({ id, done, changes }) => ({ id, done, changes }))).toEqual(
      ids.map((id) => ({ id, done: true, changes: [] })),
    );
    expect(again.match.unregistered).toEqual([]);
    expect(await fix(fixed, ids)).toEqual([]);
  });

  it("are the same through the command line, where a second run finds nothing to do", () => {
    const repository = copyOf(untouched);
    const args = ["--risk", ids.join(","), "--commit", "--date", "2026-02-08T00:00:00Z"];
    expect(ciFix(repository.folder, args)).toMatchObject({ code: 0 });
    expect(repository.head()).toBe(fixed.head());
    expect(ciFix(repository.folder, args)).toMatchObject({ code: 0 });
    expect(ciFix(repository.folder, ["--all", "--include-review", "--commit"])).toMatchObject({ code: 0 });
    expect(ciFix(repository.folder, ["scan"])).toMatchObject({ code: 0 });
    expect(repository.head()).toBe(fixed.head());
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

/** The files as they would be if only these risks had ever been fixed. */
function everOnly(kept: readonly string[]): Record<string, string> {
  return { ...untouchedFiles, ...contentsFixed(found, kept) };
}

/** The files of a repository after these risks were taken back, one after the other. */
function takenBack(start: Record<string, string>, plans: readonly RollbackPlan[]): Record<string, string> {
  const changed = plans.flatMap(({ changes }) =>
    changes.map(({ file, after }) => [file, Buffer.from(after).toString()]),
  );
  return { ...start, ...Object.fromEntries(changed) };
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
  let startFiles: Record<string, string>;
  let history: Repository;
  beforeAll(async () => {
    start = landed();
    startFiles = start.files();
    history = remembering(await openRepository(start.folder));
  });

  it("each of the 32 subsets gives the bytes of never having fixed it", async () => {
    const subsets = subsetsOf(ids);
    expect(subsets).toHaveLength(32);
    for (const subset of subsets) {
      const plans = await planBack(history, subset);
      expect(plans.flatMap((each) => each.ids)).toEqual(subset);
      const kept = ids.filter((id) => !subset.includes(id));
      expect(takenBack(startFiles, plans), `without ${subset.join(", ")}`).toEqual(everOnly(kept));
    }
  });

  it("each of the 120 orders ends at the bytes of never having fixed any", async () => {
    const orders = ordersOf(ids);
    expect(orders).toHaveLength(120);
    for (const order of orders) {
      const plans = await planBack(history, order);
      expect(plans.flatMap((each) => each.ids)).toEqual(order);
      expect(takenBack(startFiles, plans), order.join(", ")).toEqual(untouchedFiles);
    }
  });

  it("one after the other, each is a commit of its own on one file", async () => {
    const repository = copyOf(start);
    for (const [index, id] of ids.toReversed().entries()) {
      expect(await rollBack(repository, [id])).toMatchObject([{ ids: [id], files: [fileOf[id]] }]);
      expect(repository.files()).toEqual(everOnly(ids.slice(0, ids.length - 1 - index)));
    }
    expect(repository.git("status", "--porcelain")).toBe("");
    expect(repository.git("diff", start.git("rev-list", "--max-parents=0", "HEAD").trim())).toBe("");
    expect(await rollBack(repository, ids), "nothing is left to take back").toEqual([]);
  });

  it("a risk can be fixed again, and taken back again", async () => {
    const repository = copyOf(start);
    await rollBack(repository, ["M03-R03"]);
    await fix(repository, ["M03-R03"]);
    expect(repository.files()).toEqual(start.files());
    await rollBack(repository, ["M03-R03"]);
    expect(repository.files()).toEqual(everOnly(ids.filter((id) => id !== "M03-R03")));
  });
});
