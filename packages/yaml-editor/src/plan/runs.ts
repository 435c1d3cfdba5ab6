import type { ChildRecord } from "../read/nodes.ts";

/** Deleted neighbours that go in one piece. */
export interface Run {
  readonly first: ChildRecord;
  readonly last: ChildRecord;
  readonly members: readonly ChildRecord[];
  /** The siblings on either side. */
  readonly previous: ChildRecord | undefined;
  readonly next: ChildRecord | undefined;
}

/** Gathers deleted neighbours; `joins` says whether two of them lie close enough to go together. */
export function runsOf(
  children: readonly ChildRecord[],
  deleted: { has(child: ChildRecord): boolean },
  joins: (upper: ChildRecord, lower: ChildRecord) => boolean,
): Run[] {
  const runs: [ChildRecord, ...ChildRecord[]][] = [];
  const places = new Map(children.map((child, index) => [child, index]));
  for (const [index, child] of children.entries()) {
    if (!deleted.has(child)) continue;
    const run = runs.at(-1);
    const upper = children[index - 1];
    if (upper !== undefined && run?.at(-1) === upper && joins(upper, child)) run.push(child);
    else runs.push([child]);
  }
  return runs.map((members) => {
    const [first] = members;
    const last = members.at(-1) ?? first;
    const previous = children[(places.get(first) ?? 0) - 1];
    return { first, last, members, previous, next: children[(places.get(last) ?? 0) + 1] };
  });
}
