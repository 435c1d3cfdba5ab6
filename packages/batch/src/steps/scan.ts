import { withLimits } from "@ci-fix/git";
import type { Context } from "../context.ts";
import type { Judged } from "../judging/judging.ts";
import { type OwnRules, readOwnRules, readTree, type Tree } from "../judging/tree.ts";
import { Judgements } from "../planning/compose.ts";
import type { Change, Entry, StoredJudgement } from "../types.ts";
import { inWorkplace, lookAtHead } from "../workplace/open.ts";
import type { Workplace } from "../workplace/types.ts";

/**
 * Looks at a repository: what is found in its files, each judged once for the fleet. Nothing is written but the ledger. A repository that
 * this version has seen at this commit costs no more than the look at its head.
 */
export async function scanStep(context: Context, entry: Entry): Promise<Change> {
  const { ledger, version } = context;
  const change = await withLimits(ledger.settings.limits, async () => {
    const isKnown = entry.scannedBy === version && entry.head !== null;
    const head = isKnown ? await lookAtHead(context, entry) : undefined;
    if (head?.oid !== undefined && head.oid === entry.head && (head.ref ?? null) === entry.headRef)
      return scannedBefore(context, entry);
    return inWorkplace(context, entry, { far: false, again: !isKnown }, async (workplace) => {
      const result = await scanAt(context, workplace);
      return { result, keep: result.state === "scanned" };
    });
  });
  return entry.state === "merged" ? afterMerge(entry, change) : change;
}

/** What was merged stays so while nothing new is found; what is found then is for a branch of its own. */
function afterMerge({ merged, planBody }: Entry, change: Change): Change {
  if (change.state === "clean") return { ...change, state: "merged" };
  const kept = planBody === null ? merged : [...merged, planBody];
  return { ...change, merged: kept, plan: null, planBody: null, tip: null, pushed: null, pull: null, pullUrl: null };
}

type Seen = Pick<Entry, "head" | "headRef" | "judged" | "errors" | "scannedBy">;

async function scannedBefore({ ledger }: Context, entry: Entry): Promise<Change> {
  const { head, headRef, judged, errors, scannedBy } = entry;
  return outcomeOf({ head, headRef, judged, errors, scannedBy }, await new Judgements(ledger).read(judged));
}

/** The same at a workplace that is open already. */
export async function scanAt({ judging, ledger, version }: Context, workplace: Workplace): Promise<Change> {
  const { ref, oid } = workplace.head;
  if (oid === undefined)
    return { ...skipped("empty", "it has no commit yet"), head: null, headRef: null, scannedBy: null };
  const seen = { head: oid, headRef: ref ?? null, scannedBy: version };
  if (ref === undefined) return outcomeOf({ ...seen, judged: [], errors: [] }, []);
  const tree = await readTree(workplace, oid);
  const rules = await readOwnRules(tree, ledger.settings);
  const files = tree.files.map(({ path }) => path).filter((path) => !rules.ignored(path));
  const judged = await judgeAll(files, tree, rules, { judging, ledger });
  const bodies = judged.map(({ body }) => body);
  const errors = [...tree.errors, ...bodies.flatMap((body) => body.errors)];
  return outcomeOf({ ...seen, judged: judged.map(({ ref: each }) => each), errors }, bodies);
}

function outcomeOf(seen: Seen, bodies: readonly StoredJudgement[]): Change {
  const { headRef, errors } = seen;
  if (headRef === null) return { ...seen, ...skipped("no-branch", "its HEAD names no branch") };
  if (bodies.length === 0 && errors.length === 0) return { ...seen, ...skipped("no-ci-files", "no CI file is in it") };
  const risks = bodies.flatMap((body) => body.risks);
  const fixable = risks.filter(({ standing }) => standing === "fix").length;
  const left = fixable === 0 && risks.length > 0 ? [`${risks.length} found, none that is fixed without a person`] : [];
  const [unread] = errors;
  if (unread !== undefined) left.push(`${errors.length} not looked at: ${unread.file}: ${unread.message}`);
  return { ...seen, state: fixable > 0 ? "scanned" : "clean", reason: "", detail: left.join("; ") };
}

async function judgeAll(
  files: readonly string[],
  tree: Tree,
  rules: OwnRules,
  { judging, ledger }: Pick<Context, "judging" | "ledger">,
): Promise<Judged[]> {
  const judge = (groups: readonly (readonly string[])[]): Promise<Judged[]> =>
    judging.judge(groups, tree, rules, ledger.settings);
  // A register names risks over several files, so its repository is judged as a whole.
  if (rules.register !== undefined) return files.length === 0 ? [] : judge([files]);
  const judged = await judge(files.map((path) => [path]));
  const changed = new Set(
    judged.flatMap(({ body }) => body.commits.flatMap(({ changes }) => changes.map(({ path }) => path))),
  );
  // A proof that looks into a file which is fixed, too, holds only if both are judged together.
  const entangled = judged.some(({ needs }, index) =>
    [...needs.keys()].some((path) => path !== files[index] && changed.has(path)),
  );
  return entangled ? judge([files]) : judged;
}

function skipped(reason: string, detail: string): Change {
  return { state: "skipped", reason, detail, judged: [], errors: [], plan: null, planBody: null };
}
