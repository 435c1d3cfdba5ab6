import { pathText } from "../plan/refusal.ts";
import {
  childrenOf,
  type ChildRecord,
  type CollectionRecord,
  isCollection,
  type ScalarRecord,
  type ValueRecord,
} from "../read/nodes.ts";
import { PlainData } from "../read/to-js.ts";
import type { NewValue, Path } from "../types.ts";
import { sameComposed } from "./composed.ts";
import type { Expectation, NewChild, ScalarExpectation } from "./expectation.ts";

/** A collection of the original, and its children in the result: all else there is the original. */
export interface ReadAgain {
  readonly collection: CollectionRecord;
  readonly children: readonly ChildRecord[];
}

/** Compares the tree of a result with what the edits mean for the tree of the original. */
export class TreeComparison {
  readonly #expected: Expectation;
  /** What an alias means depends on anchors elsewhere. */
  readonly #hasAliases: boolean;
  readonly #readAgain: ReadAgain | undefined;
  /** Where each anchored node of the original is found in the result. */
  readonly #anchored = new Map<unknown, ValueRecord>();

  constructor(expected: Expectation, hasAliases: boolean, readAgain?: ReadAgain) {
    this.#expected = expected;
    this.#hasAliases = hasAliases;
    this.#readAgain = readAgain;
  }

  /** Says where and how the result differs from the expectation; undefined where it does not. */
  difference(before: ValueRecord | undefined, after: ValueRecord | undefined, path: Path): string | undefined {
    return this.#node(before, after, undefined, path);
  }

  #node(
    before: ValueRecord | undefined,
    after: ValueRecord | undefined,
    child: ChildRecord | undefined,
    path: Path,
  ): string | undefined {
    if (before === after && this.#isUntouched(child)) return undefined;
    const scalar = child && this.#expected.scalars.get(child);
    if (before?.anchor !== after?.anchor || before?.tag !== after?.tag)
      return `${pathText(path)}: the anchor or tag changed`;
    if (before?.anchor !== undefined && after !== undefined) this.#anchored.set(before, after);
    if (scalar !== undefined)
      return scalarMatches(before, after, scalar) ? undefined : `${pathText(path)}: not the value that was to be set`;
    if (before === undefined || after === undefined)
      return before === after ? undefined : `${pathText(path)}: a value came or went`;
    if (before.kind !== after.kind) return `${pathText(path)}: ${before.kind} became ${after.kind}`;
    if (isCollection(before) && isCollection(after)) {
      return this.#isUntouched(child) && sameComposed(before.composed, after.composed)
        ? undefined
        : this.#collection(before, after, path);
    }
    if (before.kind === "alias" && after.kind === "alias") {
      const same = before.name === after.name && this.#anchored.get(before.target) === after.target;
      return same ? undefined : `${pathText(path)}: the alias names another node`;
    }
    return before.kind === "scalar" && after.kind === "scalar" && sameScalar(before, after)
      ? undefined
      : `${pathText(path)}: the scalar changed`;
  }

  /** True where all that lies in a child is to stay as it is, and means nothing but itself. */
  #isUntouched(child: ChildRecord | undefined): boolean {
    return child !== undefined && !this.#hasAliases && !this.#expected.isTouched(child);
  }

  #collection(before: CollectionRecord, after: CollectionRecord, path: Path): string | undefined {
    if (before.flow !== after.flow) return `${pathText(path)}: flow and block style changed`;
    const expected = this.#children(before);
    const found = after === this.#readAgain?.collection ? this.#readAgain.children : childrenOf(after);
    if (expected.length !== found.length)
      return `${pathText(path)}: ${found.length} children instead of ${expected.length}`;
    for (const [index, child] of found.entries()) {
      const original = expected[index];
      if (original === undefined) return `${pathText(path)}: a child too many`;
      const problem = "index" in original ? newDifference(original, child) : this.#child(original, child);
      if (problem !== undefined) return problem;
    }
    const changed = expected.some((child) => "index" in child || this.#expected.keys.has(child));
    return changed ? repeatedKey(found, path) : undefined;
  }

  /** The children that are expected: those that stay, with the new ones among them. */
  #children(collection: CollectionRecord): (ChildRecord | NewChild)[] {
    const inserted = this.#expected.insertedInto(collection);
    const originals = childrenOf(collection);
    const at = (index: number): readonly NewChild[] => inserted.filter((child) => child.index === index);
    const children: (ChildRecord | NewChild)[] = [];
    for (const [index, child] of originals.entries()) {
      children.push(...at(index));
      if (!this.#expected.isDeleted(child)) children.push(child);
    }
    return [...children, ...at(originals.length)];
  }

  #child(before: ChildRecord, after: ChildRecord): string | undefined {
    if (before.kind === "entry" && after.kind === "entry") {
      const key = this.#expected.keys.get(before);
      if (key === undefined) {
        const problem = this.#node(before.keyNode, after.keyNode, undefined, before.path);
        if (problem !== undefined) return problem;
      } else if (after.key !== key) return `${pathText(before.path)}: the key is not "${key}"`;
    }
    return this.#node(before.value, after.value, before, before.path);
  }
}

function sameScalar(before: ScalarRecord, after: ScalarRecord): boolean {
  return before.text === after.text && before.style === after.style && Object.is(before.value, after.value);
}

function scalarMatches(
  before: ValueRecord | undefined,
  after: ValueRecord | undefined,
  expected: ScalarExpectation,
): boolean {
  if (after?.kind !== "scalar") return false;
  if ("value" in expected) return Object.is(after.value, expected.value);
  if (after.text !== expected.text) return false;
  return before?.kind !== "scalar" || typeof before.value !== "string" || after.value === expected.text;
}

function repeatedKey(children: readonly ChildRecord[], path: Path): string | undefined {
  const seen = new Set<string>();
  for (const child of children) {
    if (child.kind !== "entry") continue;
    if (seen.has(child.key)) return `${pathText(path)}: the key "${child.key}" is written twice`;
    seen.add(child.key);
  }
  return undefined;
}

function newDifference(expected: NewChild, found: ChildRecord): string | undefined {
  if (expected.key !== undefined && (found.kind !== "entry" || found.key !== expected.key))
    return `the new key "${expected.key}" is not in its place`;
  return sameData(new PlainData().of(found.value), expected.value)
    ? undefined
    : "the inserted value is read in another way";
}

function sameData(found: unknown, expected: NewValue): boolean {
  if (typeof expected !== "object" || expected === null) return Object.is(found, expected);
  if (typeof found !== "object" || found === null || Array.isArray(found) !== Array.isArray(expected)) return false;
  const wanted = Object.entries<NewValue>(expected as { readonly [key: string]: NewValue });
  const given = Object.entries<unknown>(found as Record<string, unknown>);
  return (
    wanted.length === given.length &&
    wanted.every(([key, value], index) => given[index]?.[0] === key && sameData(given[index][1], value))
  );
}
