import { withLimits } from "@ci-fix/git";
import type { Context } from "../context.ts";
import type { Judged } from "../judging/judging.ts";
import { type OwnRules, readOwnRules, readTree, type Tree } from "../judging/tree.ts";
import type { Change, Entry } from "../types.ts";
import { inWorkplace } from "../workplace/open.ts";
import type { Workplace } from "../workplace/types.ts";

/** Looks at a repository: what is found in its files, each judged once for the fleet. Nothing is written but the ledger. */
export async function scanStep(context: Context, entry: Entry): Promise<Change> {
  return withLimits(context.ledger.settings.limits, () =>
    inWorkplace(context, entry, { far: false, again: true }, async (workplace) => {
      const change = await scanAt(context, workplace);
      return { result: change, keep: change.state === "scanned" };
    }),
  );
}

/** The same at a workplace that is open already. */
export async function scanAt({ judging, ledger }: Context, workplace: Workplace): Promise<Change> {
  const { ref, oid } = workplace.head;
  if (oid === undefined) return skipped("empty", "it has no commit yet");
  const seen = { head: oid, headRef: ref ?? null };
  if (ref === undefined) return { ...skipped("no-branch", "its HEAD names no branch"), ...seen };
  const tree = await readTree(workplace, oid);
  const rules = await readOwnRules(tree, ledger.settings);
  const files = tree.files.map(({ path }) => path).filter((path) => !rules.ignored(path));
  if (files.length === 0 && tree.errors.length === 0)
    return { ...skipped("no-ci-files", "no CI file is in it"), ...seen };
  const judged = await judgeAll(files, tree, rules, { judging, ledger });
  const errors = [...tree.errors, ...judged.flatMap(({ body }) => body.errors)];
  const risks = judged.flatMap(({ body }) => body.risks);
  const fixable = risks.filter(({ standing }) => standing === "fix").length;
  const left = fixable === 0 && risks.length > 0 ? [`${risks.length} found, none that is fixed without a person`] : [];
  const [unread] = errors;
  if (unread !== undefined) left.push(`${errors.length} not looked at: ${unread.file}: ${unread.message}`);
  return {
    ...seen,
    state: fixable > 0 ? "scanned" : "clean",
    reason: "",
    detail: left.join("; "),
    judged: judged.map(({ ref: each }) => each),
    errors,
  };
}

async function judgeAll(
  files: readonly string[],
  tree: Tree,
  rules: OwnRules,
  { judging, ledger }: Pick<Context, "judging" | "ledger">,
): Promise<Judged[]> {
  const together = (paths: readonly string[]): Promise<Judged> => judging.judge(paths, tree, rules, ledger.settings);
  // A register names risks over several files, so its repository is judged as a whole.
  if (rules.register !== undefined) return files.length === 0 ? [] : [await together(files)];
  const judged: Judged[] = [];
  for (const path of files) judged.push(await together([path]));
  const changed = new Set(
    judged.flatMap(({ body }) => body.commits.flatMap(({ changes }) => changes.map(({ path }) => path))),
  );
  // A proof that looks into a file which is fixed, too, holds only if both are judged together.
  const entangled = judged.some(({ needs }, index) =>
    [...needs.keys()].some((path) => path !== files[index] && changed.has(path)),
  );
  return entangled ? [await together(files)] : judged;
}

function skipped(reason: string, detail: string): Change {
  return { state: "skipped", reason, detail, judged: [], errors: [], plan: null, planBody: null };
}
