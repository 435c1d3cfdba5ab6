import type { Action, DeferredEntry, Issue, RegisterEntry } from "../types.ts";
import { count, listed, named } from "../words.ts";
import type { Range } from "./range.ts";

interface Given {
  readonly range: Range;
  readonly milestone: string;
  readonly issues: readonly Issue[];
  readonly preExisting: readonly Issue[];
  readonly register: readonly RegisterEntry[];
  readonly deferred: readonly DeferredEntry[];
}

type Draft = Omit<Action, "number">;

/** Section 10: only what the facts call for, in the order in which to do it. */
export function actionsOf(given: Given): readonly Action[] {
  const drafts = [
    takeBack(given),
    merge(given),
    inStep(given),
    record(given),
    verify(given),
    openRisks(given),
    later(given),
  ];
  return drafts.filter((draft) => draft !== undefined).map((draft, index) => ({ number: index + 1, ...draft }));
}

function takeBack({ issues }: Given): Draft | undefined {
  if (issues.length === 0) return undefined;
  return {
    task: `Settle what this range brought: ${listed(issues.map(({ id }) => id))}`,
    category: "ci",
    acceptance: "`ci-fix check` passes against the same base",
    risk: "high",
    size: `${count(issues.length, "place")} in ${count(new Set(issues.map(({ finding }) => finding.file)).size, "file")}`,
    command: "ci-fix check",
  };
}

function merge({ range: { upstream, commits } }: Given): Draft | undefined {
  if (upstream === undefined || upstream.merged) return undefined;
  return {
    task: `Merge ${count(commits.length, "commit")} into ${named(upstream.name.replace(/^origin\//u, ""))}, without squashing`,
    category: "ci",
    acceptance: "each risk keeps a commit of its own on the default branch",
    risk: "low",
    size: count(commits.length, "commit"),
    command: "",
  };
}

function inStep({ range, register }: Given): Draft | undefined {
  const behind = register.filter(
    ({ id, status }) =>
      status === "fixed" && range.after.tree.match.risks.find(({ risk }) => risk.id === id)?.risk.status === "open",
  );
  if (behind.length === 0) return undefined;
  return {
    task: `Bring the register into step: ${listed(behind.map(({ id }) => id))} ${behind.length === 1 ? "is" : "are"} fixed`,
    category: "register",
    acceptance: "`ci-fix register` calls them fixed, and git shows the change",
    risk: "low",
    size: "1 file",
    command: "ci-fix register update",
  };
}

function record({ range, milestone }: Given): Draft | undefined {
  if (range.recording) return undefined;
  const known = range.records.some(
    (each) =>
      each.milestone === milestone &&
      each.base !== undefined &&
      range.base.commit.startsWith(each.base) &&
      each.scores !== undefined,
  );
  if (known) return undefined;
  return {
    task: `Record scores, deferrals and invariants of ${milestone}, so that the next audit carries them on`,
    category: "docs",
    acceptance: `\`.ci-fix/milestones/${milestone}.yml\` is committed`,
    risk: "low",
    size: "1 file",
    command: `ci-fix audit --milestone ${milestone} --base ${range.base.commit.slice(0, 11)} --record`,
  };
}

function verify({ deferred }: Given): Draft | undefined {
  const open = deferred.filter(({ id, status }) => status === "open" && /-V\d+$/u.test(id));
  if (open.length === 0) return undefined;
  return {
    task: `Verify upstream: ${listed(open.map(({ id }) => id))}`,
    category: "verification",
    acceptance: `the exit criteria of ${listed(open.map(({ id }) => id))} are seen (section 11)`,
    risk: "low",
    size: count(open.length, "deferral"),
    command: "",
  };
}

function openRisks({ register }: Given): Draft | undefined {
  const open = register.filter(({ status }) => status === "open" || status === "expired");
  if (open.length === 0) return undefined;
  return {
    task: `Go on with the register: ${listed(
      open.map(({ id }) => id),
      6,
    )}`,
    category: "ci",
    acceptance: "each is fixed, accepted with a reason, or put off with exit criteria",
    risk: "medium",
    size: count(open.length, "risk"),
    command: `ci-fix --risk ${open[0]?.id ?? ""}`,
  };
}

function later({ preExisting }: Given): Draft | undefined {
  if (preExisting.length === 0) return undefined;
  return {
    task: `Plan ${listed(
      preExisting.map(({ id }) => id),
      6,
    )}: observed, and left alone`,
    category: "ci",
    acceptance: "each has an id in the register",
    risk: "low",
    size: `${count(preExisting.length, "place")} in ${count(new Set(preExisting.map(({ finding }) => finding.file)).size, "file")}`,
    command: "ci-fix register update",
  };
}
