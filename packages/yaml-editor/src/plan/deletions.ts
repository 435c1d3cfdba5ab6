import {
  type AliasRecord,
  childrenOf,
  type ChildRecord,
  type CollectionRecord,
  isCollection,
  type ValueRecord,
} from "../read/nodes.ts";
import { PlainData, isMerge } from "../read/to-js.ts";
import { planBlockDeletion } from "./delete-block.ts";
import { planFlowDeletion } from "./delete-flow.ts";
import type { Layout } from "./layout.ts";
import { pathText, Refused } from "./refusal.ts";
import type { Splice } from "./splice.ts";
import type { Step } from "./target.ts";

interface Doomed {
  readonly steps: readonly Step[];
  readonly edit: number;
  readonly note: readonly string[] | undefined;
}

/** What a batch deletes, closed upwards: a parent that would be left empty goes too. */
export class Deletions {
  readonly #doomed = new Map<ChildRecord, Doomed>();
  readonly #named = new Set<ChildRecord>();

  /** Deletes what an edit names; false where another edit named it already. */
  add(steps: readonly Step[], edit: number, note: readonly string[] | undefined): boolean {
    const child = steps.at(-1)?.child;
    if (child !== undefined) this.#named.add(child);
    return this.#doom(steps, edit, note);
  }

  #doom(steps: readonly Step[], edit: number, note: readonly string[] | undefined): boolean {
    const child = steps.at(-1)?.child;
    if (child === undefined || this.#doomed.has(child)) return false;
    this.#doomed.set(child, { steps, edit, note: note === undefined || note.length === 0 ? undefined : note });
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
      const collection = doomed.steps.at(-1)?.collection;
      if (collection === undefined || this.covers(doomed.steps.slice(0, -1))) continue;
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
    const owners = doomed.steps.slice(0, -1);
    const owner = owners.at(-1)?.child;
    if (owner === undefined)
      throw new Refused("last-entry", "the document would be left empty", collection.span, doomed.edit);
    if (isNeeded(owners))
      throw new Refused("last-entry", `${pathText(owner.path)} would be left empty`, collection.span, doomed.edit);
    const notes = childrenOf(collection).flatMap((child) => this.#doomed.get(child)?.note ?? []);
    // A Map visits what is added while it is walked: the parent's own parent is looked at in its turn.
    this.#doom(owners, doomed.edit, notes);
  }

  /** The deleted children that no deleted parent takes along, by collection. */
  #outermost(): Map<CollectionRecord, ChildRecord[]> {
    const byCollection = new Map<CollectionRecord, ChildRecord[]>();
    for (const [child, { steps }] of this.#doomed) {
      const collection = steps.at(-1)?.collection;
      if (collection === undefined || this.covers(steps.slice(0, -1))) continue;
      const list = byCollection.get(collection);
      if (list) list.push(child);
      else byCollection.set(collection, [child]);
    }
    return byCollection;
  }

  /** `crowned` are the children that get new lines above them. */
  plan(layout: Layout, crowned: ReadonlySet<ChildRecord>): Splice[] {
    return [...this.#outermost()].flatMap(([collection, children]) => {
      const edits = new Map(children.map((child) => [child, this.#doomed.get(child)?.edit ?? 0]));
      const notes = new Map<ChildRecord, readonly string[]>();
      for (const child of children) {
        const note = this.#doomed.get(child)?.note;
        if (note) notes.set(child, note);
      }
      const deletion = { edits, notes, crowned };
      return collection.flow
        ? planFlowDeletion(layout, collection, deletion)
        : planBlockDeletion(layout, collection, deletion);
    });
  }

  /** Refuses what would change more than it deletes. */
  guard(aliases: readonly AliasRecord[]): void {
    const gone = this.#nodes();
    for (const alias of aliases) {
      if (gone.has(alias) || alias.target === undefined || !gone.has(alias.target as ValueRecord)) continue;
      throw new Refused(
        "anchor-in-use",
        `the anchor &${alias.name} would go, but *${alias.name} uses it elsewhere`,
        alias.span,
      );
    }
    for (const [child, { steps }] of this.#doomed) {
      const collection = steps.at(-1)?.collection;
      if (child.kind === "entry" && collection && !this.covers(steps.slice(0, -1)))
        refuseExposing(collection, child.key);
    }
  }

  #nodes(): Set<ValueRecord> {
    const nodes = new Set<ValueRecord>();
    const open: (ValueRecord | undefined)[] = [];
    for (const child of this.#doomed.keys()) open.push(child.value, child.kind === "entry" ? child.keyNode : undefined);
    while (open.length > 0) {
      const node = open.pop();
      if (node === undefined || nodes.has(node)) continue;
      nodes.add(node);
      if (!isCollection(node)) continue;
      for (const child of childrenOf(node)) open.push(child.value, child.kind === "entry" ? child.keyNode : undefined);
    }
    return nodes;
  }
}

/** `jobs`, `on` and `steps` mean nothing when they are missing or empty: to delete the last of them is to break the file. */
function isNeeded(owners: readonly Step[]): boolean {
  const key = owners.at(-1)?.child.path.at(-1);
  return key === "steps" || (owners.length === 1 && (key === "jobs" || key === "on"));
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
