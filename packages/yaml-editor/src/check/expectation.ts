import type { Plan } from "../plan/batch.ts";
import type { Insertion } from "../plan/insertions.ts";
import { spliceText } from "../plan/splice.ts";
import type { Resolved } from "../plan/target.ts";
import type { ChildRecord, CollectionRecord } from "../read/nodes.ts";
import type { NewValue, ScalarValue } from "../types.ts";

/** What a scalar must be after the batch: a value, or a text. */
export type ScalarExpectation = { readonly value: ScalarValue } | { readonly text: string };

export interface NewChild {
  /** Undefined for a list item. */
  readonly key: string | undefined;
  readonly value: NewValue;
  /** Index among the original children before which it stands. */
  readonly index: number;
}

/** What the edits of a batch mean for the tree, drawn from the edits alone and not from their splices. */
export class Expectation {
  readonly scalars: Map<ChildRecord, ScalarExpectation> = new Map();
  readonly keys: Map<ChildRecord, string> = new Map();
  readonly #inserted = new Map<CollectionRecord, NewChild[]>();
  /** The targets of all edits, and what they lie in. */
  readonly #touched = new Set<ChildRecord>();
  readonly #plan: Plan;
  /** The text of every comment that is written, trimmed. */
  readonly comments: string[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
    for (const resolved of plan.active) this.#add(resolved);
    for (const { target } of plan.active) for (const { child } of target.steps) this.#touched.add(child);
    for (const resolved of plan.active) {
      const insertion = plan.insertions.get(resolved);
      if (insertion) this.#insert(resolved, insertion);
    }
  }

  /** False where a child is to stay as it is, with all that lies in it. */
  isTouched(child: ChildRecord): boolean {
    return this.#touched.has(child);
  }

  isDeleted(child: ChildRecord): boolean {
    return this.#plan.deletions.has(child);
  }

  insertedInto(collection: CollectionRecord): readonly NewChild[] {
    return this.#inserted.get(collection) ?? [];
  }

  #add({ edit, target }: Resolved): void {
    const child = target.steps.at(-1)?.child;
    if (child === undefined) return;
    if (edit.kind === "set") this.scalars.set(child, { value: edit.value });
    if (edit.kind === "replace-in-scalar") this.scalars.set(child, { text: this.#replaced(child) });
    if (edit.kind === "rename-key") this.keys.set(child, edit.key);
    if (edit.kind === "delete") this.comments.push(...(edit.note ?? []).map(trimmed));
    if (edit.kind === "comment-above") this.comments.push(...edit.lines.map(trimmed));
    if (edit.kind === "comment-at" && edit.text !== null) this.comments.push(trimmed(edit.text));
  }

  #replaced(child: ChildRecord): string {
    const ranges = this.#plan.active.flatMap(({ edit, target }) =>
      edit.kind === "replace-in-scalar" && target.steps.at(-1)?.child === child ? [edit] : [],
    );
    const text = child.value?.kind === "scalar" ? child.value.text : "";
    return spliceText(
      text,
      ranges.toSorted((first, second) => first.start - second.start || first.end - second.end),
    );
  }

  #insert({ edit }: Resolved, { collection, index }: Insertion): void {
    if (edit.kind !== "insert-key" && edit.kind !== "insert-item") return;
    const child: NewChild = { key: edit.kind === "insert-key" ? edit.key : undefined, value: edit.value, index };
    const list = this.#inserted.get(collection);
    if (list) list.push(child);
    else this.#inserted.set(collection, [child]);
  }
}

export function trimmed(comment: string): string {
  return comment.trim();
}
