import { type AliasRecord, childrenOf, type ChildRecord, type CollectionRecord } from "../read/nodes.ts";
import { PlainData, isMerge } from "../read/to-js.ts";
import type { Path } from "../types.ts";
import { type Deleted, planBlockDeletion } from "./delete-block.ts";
import { planFlowDeletion } from "./delete-flow.ts";
import { nodesOf } from "./inner-nodes.ts";
import type { Layout } from "./layout.ts";
import { pathText, Refused } from "./refusal.ts";
import type { Splice } from "./splice.ts";
import type { Step } from "./target.ts";

interface Doomed extends Deleted {
  readonly collection: CollectionRecord;
  /** The way to the collection. */
  readonly outer: readonly Step[];
}

/** What a batch deletes, closed upwards: a parent that would be left empty goes too. */
export class Deletions {
  readonly #doomed = new Map<ChildRecord, Doomed>();
  readonly #named = new Set<ChildRecord>();

  /** Deletes what an edit names; false where another edit named it already. */
  add(step: Step, outer: readonly Step[], edit: number, note: readonly string[] | undefined): boolean {
    this.#named.add(step.child);
    return this.#doom(step, outer, edit, note ?? []);
  }

  #doom({ child, collection }: Step, outer: readonly Step[], edit: number, note: readonly string[]): boolean {
    if (this.#doomed.has(child)) return false;
    this.#doomed.set(child, { collection, outer, edit, note });
    return true;
  }

  has(child: ChildRecord): boolean {
    return this.#doomed.has(child);
  }

  /** True where a step of the way is deleted. */
  covers(steps: readonly Step[]): boolean {
    return steps.some((step) => this.#doomed.has(step.child));
  }

  /** True where a step of the way is deleted by an edit that names it. */
  coversByName(steps: readonly Step[]): boolean {
    return steps.some((step) => this.#named.has(step.child));
  }

  /** Lets each parent that would be left empty go with its children. */
  close(receives: (collection: CollectionRecord) => boolean): void {
    for (const doomed of this.#doomed.values()) {
      const { collection } = doomed;
      if (this.covers(doomed.outer)) continue;
      if (!childrenOf(collection).every((child) => this.#doomed.has(child))) continue;
      if (receives(collection))
        throw new Refused(
          "overlapping-edits",
          "every child of a collection is deleted while another is inserted",
          collection.span,
          doomed.edit,
        );
      this.#collapse(collection, doomed);
    }
  }

  #collapse(collection: CollectionRecord, doomed: Doomed): void {
    const owner = doomed.outer.at(-1);
    if (owner === undefined)
      throw new Refused("last-entry", "the document would be left empty", collection.span, doomed.edit);
    if (isNeeded(owner.child.path))
      throw new Refused(
        "last-entry",
        `${pathText(owner.child.path)} would be left empty`,
        collection.span,
        doomed.edit,
      );
    const notes = childrenOf(collection).flatMap((child) => this.#doomed.get(child)?.note ?? []);
    // A Map visits what is added while it is walked: the parent's own parent is looked at in its turn.
    this.#doom(owner, doomed.outer.slice(0, -1), doomed.edit, notes);
  }

  /** The deleted children that no deleted parent takes along, by collection. */
  #outermost(): Map<CollectionRecord, Map<ChildRecord, Deleted>> {
    const byCollection = new Map<CollectionRecord, Map<ChildRecord, Deleted>>();
    for (const [child, doomed] of this.#doomed) {
      if (this.covers(doomed.outer)) continue;
      const children = byCollection.get(doomed.collection) ?? new Map<ChildRecord, Deleted>();
      byCollection.set(doomed.collection, children.set(child, doomed));
    }
    return byCollection;
  }

  /** `crowned` are the children that get new lines above them. */
  plan(layout: Layout, crowned: ReadonlySet<ChildRecord>): Splice[] {
    return [...this.#outermost()].flatMap(([collection, deleted]) =>
      collection.flow
        ? planFlowDeletion(layout, collection, deleted)
        : planBlockDeletion(layout, collection, deleted, crowned),
    );
  }

  /** Refuses what would change more than it deletes. */
  guard(aliases: readonly AliasRecord[]): void {
    const gone = new Set<unknown>([...this.#doomed.keys()].flatMap((child) => [...nodesOf(child)]));
    for (const alias of aliases) {
      if (gone.has(alias) || !gone.has(alias.target)) continue;
      throw new Refused(
        "anchor-in-use",
        `the anchor &${alias.name} would go, but *${alias.name} uses it elsewhere`,
        alias.span,
      );
    }
    for (const [child, { collection, outer }] of this.#doomed) {
      if (child.kind === "entry" && !this.covers(outer)) refuseExposing(collection, child.key);
    }
  }
}

/** `jobs`, `on` and `steps` mean nothing when they are missing or empty: to delete the last of them is to break the file. */
function isNeeded(path: Path): boolean {
  const key = path.at(-1);
  return key === "steps" || (path.length === 2 && (key === "jobs" || key === "on"));
}

/** Refuses to take away a key that a merged map would then give another value. */
export function refuseExposing(collection: CollectionRecord, key: string): void {
  if (collection.kind !== "map") return;
  for (const entry of collection.entries) {
    if (!isMerge(entry.keyNode) || entry.key === key) continue;
    const merged = new PlainData().of(entry.value);
    const sources: unknown[] = Array.isArray(merged) ? merged : [merged];
    const exposed = sources.some(
      (source) => typeof source === "object" && source !== null && Object.hasOwn(source, key),
    );
    if (exposed)
      throw new Refused(
        "merge-key",
        `without its own "${key}" the map takes it from the one that it merges`,
        entry.span,
      );
  }
}
