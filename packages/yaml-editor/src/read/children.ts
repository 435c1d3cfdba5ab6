import type { OwnComments, Path, Span, YamlEntry, YamlItem } from "../types.ts";
import type { ChildRecord, ValueRecord } from "./nodes.ts";

/** Finds the comments of a child; given to each child so that it can look them up when asked. */
export type CommentFinder = (child: ChildRecord) => OwnComments;

interface ChildFacts {
  readonly path: Path;
  readonly value: ValueRecord | undefined;
  readonly flow: boolean;
  readonly find: CommentFinder;
  /** Where the child begins, if a dash or question mark stands there. */
  readonly start: number | undefined;
  /** Where the child ends if nothing is written for its value. */
  readonly end: number | undefined;
}

export interface EntryFacts extends ChildFacts {
  readonly key: string;
  readonly keyNode: ValueRecord | undefined;
  /** Where the key would stand, if none is written. */
  readonly keyOffset: number;
  /** Offset of the colon, if one is written. */
  readonly colon: number | undefined;
}

abstract class ChildBase {
  readonly path: Path;
  readonly value: ValueRecord | undefined;
  readonly flow: boolean;
  readonly #find: CommentFinder;
  #comments: OwnComments | undefined;

  constructor(facts: ChildFacts) {
    this.path = facts.path;
    this.value = facts.value;
    this.flow = facts.flow;
    this.#find = facts.find;
  }

  protected findComments(child: ChildRecord): OwnComments {
    this.#comments ??= this.#find(child);
    return this.#comments;
  }
}

export class EntryRecord extends ChildBase implements YamlEntry {
  readonly kind = "entry" as const;
  readonly key: string;
  readonly keyNode: ValueRecord | undefined;
  readonly colon: number | undefined;
  readonly #facts: EntryFacts;

  constructor(facts: EntryFacts) {
    super(facts);
    this.key = facts.key;
    this.keyNode = facts.keyNode;
    this.colon = facts.colon;
    this.#facts = facts;
  }

  get keySpan(): Span {
    const { keyOffset } = this.#facts;
    return this.keyNode?.span ?? { start: keyOffset, end: keyOffset };
  }

  /** Where the span begins; asks nothing of the value. */
  get start(): number {
    return this.#facts.start ?? this.keySpan.start;
  }

  get span(): Span {
    return { start: this.start, end: this.value?.span.end ?? this.#facts.end ?? this.keySpan.end };
  }

  get comments(): OwnComments {
    return this.findComments(this);
  }
}

export class ItemRecord extends ChildBase implements YamlItem {
  readonly kind = "item" as const;
  readonly #start: number | undefined;
  readonly #end: number | undefined;

  constructor(facts: ChildFacts) {
    super(facts);
    this.#start = facts.start;
    this.#end = facts.end;
  }

  /** Where the span begins; asks nothing of the value behind a dash. */
  get start(): number {
    return this.#start ?? this.value?.span.start ?? 0;
  }

  get span(): Span {
    const { start } = this;
    return { start, end: this.value?.span.end ?? this.#end ?? start };
  }

  get comments(): OwnComments {
    return this.findComments(this);
  }
}
