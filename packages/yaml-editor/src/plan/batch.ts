import type { AliasRecord, ChildRecord, CollectionRecord } from "../read/nodes.ts";
import type { SourceFile } from "../read/source-file.ts";
import type { Edit, Refusal } from "../types.ts";
import { type AboveEdit, type AtEdit, checkCommentLines, planCommentAbove, planCommentAt } from "./comment-edits.ts";
import { Deletions } from "./deletions.ts";
import { innerNodes } from "./inner-nodes.ts";
import type { InsertionGroup } from "./insert-flow.ts";
import { findInsertion, groupInsertions, type InsertEdit, type Insertion, planInsertions } from "./insertions.ts";
import { Layout } from "./layout.ts";
import { pathText, refusalAt, Refused } from "./refusal.ts";
import { planRename, type RenameEdit } from "./rename.ts";
import { planReplace, type ReplaceEdit } from "./replace.ts";
import { planSet, type SetEdit } from "./set.ts";
import type { Splice } from "./splice.ts";
import { findTarget, lastStep, type Resolved } from "./target.ts";

/** A planned batch: what to splice, and what each edit means, for the check. */
export interface Plan {
  readonly layout: Layout;
  readonly splices: readonly Splice[];
  readonly deletions: Deletions;
  readonly insertions: ReadonlyMap<Resolved, Insertion>;
  /** The edits that are made: all but the absorbed ones. */
  readonly active: readonly Resolved[];
  readonly absorbed: readonly number[];
}

export type Planned = Plan | { readonly refusals: readonly Refusal[] };

/** Runs a piece of planning; a refusal is noted with its edit. */
class Attempts {
  readonly refusals: Refusal[] = [];
  readonly #file: SourceFile;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** The refusals in the order of their edits. */
  inOrder(): readonly Refusal[] {
    const place = ({ edit }: Refusal): number => edit ?? Number.MAX_SAFE_INTEGER;
    return this.refusals.toSorted((first, second) => place(first) - place(second));
  }

  run<T>(edit: number | undefined, attempt: () => T): T | undefined {
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refusals.push(refusalAt(this.#file, error, edit));
      return undefined;
    }
  }
}

function aliasesOf(file: SourceFile): AliasRecord[] {
  if (!file.stream.hasAliases) return [];
  return file.documents.flatMap((root) => [...innerNodes(root)].filter((node) => node.kind === "alias"));
}

/** Refuses to change, through one path, a node that aliases show at other paths too. */
function refuseShared({ edit, target }: Resolved, shared: ReadonlySet<unknown>): void {
  if (edit.kind === "comment-above" || edit.kind === "comment-at") return;
  const own = edit.kind === "delete" || edit.kind === "rename-key" ? undefined : target.node;
  for (const node of [...target.steps.map((step) => step.collection), own]) {
    if (node !== undefined && shared.has(node)) {
      throw new Refused(
        "anchor-in-use",
        `${pathText(edit.path)} lies in a node that aliases use elsewhere as *${node.anchor ?? ""}`,
        node.span,
      );
    }
  }
}

function collectDeletions(
  resolved: readonly Resolved[],
  attempts: Attempts,
): { deletions: Deletions; repeated: Set<number> } {
  const deletions = new Deletions();
  const repeated = new Set<number>();
  for (const { edit, target, index } of resolved) {
    if (edit.kind !== "delete") continue;
    attempts.run(index, () => {
      const step = lastStep(target, edit);
      checkCommentLines(edit.note ?? []);
      if (!deletions.add(step, target.steps.slice(0, -1), index, edit.note)) repeated.add(index);
    });
  }
  return { deletions, repeated };
}

/** True where an edit's target goes with a deletion of another edit. */
function isAbsorbed({ edit, target }: Resolved, deletions: Deletions): boolean {
  const outer = target.steps.slice(0, -1);
  return edit.kind === "delete" ? deletions.coversByName(outer) : deletions.covers(target.steps);
}

function planOne(layout: Layout, resolved: Resolved): Splice[] {
  const { edit } = resolved;
  switch (edit.kind) {
    case "set":
      return planSet(layout, resolved as Resolved<SetEdit>);
    case "comment-above":
      return planCommentAbove(layout, resolved as Resolved<AboveEdit>);
    case "comment-at":
      return planCommentAt(layout, resolved as Resolved<AtEdit>);
    case "rename-key":
      return planRename(layout, resolved as Resolved<RenameEdit>);
    // Planned together elsewhere: deletions by collection, replacements by scalar, insertions with the deletions around them.
    case "delete":
    case "replace-in-scalar":
    case "insert-key":
    case "insert-item":
      return [];
    default:
      throw new TypeError(`there is no edit "${String((edit as { kind: unknown }).kind)}"`);
  }
}

type ReplaceGroup = [Resolved<ReplaceEdit>, ...Resolved<ReplaceEdit>[]];

function byScalar(active: readonly Resolved[]): Iterable<ReplaceGroup> {
  const groups = new Map<ChildRecord | undefined, ReplaceGroup>();
  for (const resolved of active) {
    if (resolved.edit.kind !== "replace-in-scalar") continue;
    const child = resolved.target.steps.at(-1)?.child;
    const group = groups.get(child);
    if (group) group.push(resolved as Resolved<ReplaceEdit>);
    else groups.set(child, [resolved as Resolved<ReplaceEdit>]);
  }
  return groups.values();
}

function isInsertion(resolved: Resolved): resolved is Resolved<InsertEdit> {
  return resolved.edit.kind === "insert-key" || resolved.edit.kind === "insert-item";
}

function resolveAll(file: SourceFile, edits: readonly Edit[], attempts: Attempts): Resolved[] {
  return edits.flatMap(
    (edit, index) => attempts.run(index, () => [{ index, edit, target: findTarget(file, edit.path) }]) ?? [],
  );
}

function findInsertions(resolved: readonly Resolved[], attempts: Attempts): Map<Resolved<InsertEdit>, Insertion> {
  const found = new Map<Resolved<InsertEdit>, Insertion>();
  for (const one of resolved) {
    if (!isInsertion(one)) continue;
    const insertion = attempts.run(one.index, () => findInsertion(one));
    if (insertion) found.set(one, insertion);
  }
  return found;
}

/** Children above which an edit writes lines. */
function crownedChildren(active: readonly Resolved[], groups: readonly InsertionGroup[]): Set<ChildRecord> {
  const crowned = new Set<ChildRecord>();
  for (const { child, side } of groups) if (child && side === "next") crowned.add(child);
  for (const { edit, target } of active) {
    const child = target.steps.at(-1)?.child;
    if (child && edit.kind === "comment-above") crowned.add(child);
  }
  return crowned;
}

/** Plans a batch of edits against the original text, or says why it cannot be done. */
export function planBatch(file: SourceFile, edits: readonly Edit[]): Planned {
  const attempts = new Attempts(file);
  const layout = new Layout(file);
  const resolved = resolveAll(file, edits, attempts);
  const { deletions, repeated } = collectDeletions(resolved, attempts);
  const insertions = findInsertions(resolved, attempts);
  const receivers = new Set<CollectionRecord>([...insertions.values()].map(({ collection }) => collection));
  attempts.run(undefined, () => deletions.close((collection) => receivers.has(collection)));
  const gone = new Set(resolved.filter((one) => repeated.has(one.index) || isAbsorbed(one, deletions)));
  const absorbed = [...gone].map(({ index }) => index);
  const active = resolved.filter((one) => !gone.has(one));
  const aliases = aliasesOf(file);
  const shared = new Set<unknown>(aliases.map((alias) => alias.target));
  attempts.run(undefined, () => deletions.guard(aliases));
  for (const one of active) attempts.run(one.index, () => refuseShared(one, shared));
  if (attempts.refusals.length > 0) return { refusals: attempts.inOrder() };
  const splices: Splice[] = [];
  const plan = (edit: number | undefined, make: () => Splice[]): void =>
    void splices.push(...(attempts.run(edit, make) ?? []));
  const groups = groupInsertions(
    [...insertions].filter(([one]) => !gone.has(one)),
    deletions,
  );
  plan(undefined, () => deletions.plan(layout, crownedChildren(active, groups)));
  for (const one of active) plan(one.index, () => planOne(layout, one));
  for (const group of byScalar(active)) plan(group[0].index, () => planReplace(layout, group));
  for (const group of groups) plan(group.members[0].index, () => planInsertions(layout, group));
  return attempts.refusals.length > 0
    ? { refusals: attempts.inOrder() }
    : { layout, splices, deletions, insertions, active, absorbed };
}
