import { childrenOf, type ChildRecord, type CollectionRecord, isCollection, type ValueRecord } from "../read/nodes.ts";
import type { SourceFile } from "../read/source-file.ts";
import type { Edit, Path } from "../types.ts";
import { pathText, Refused } from "./refusal.ts";

/** One step on the way to a target: a collection and the child of it that the path takes. */
export interface Step {
  readonly collection: CollectionRecord;
  readonly child: ChildRecord;
  readonly index: number;
}

export interface Target {
  /** From the root of the document to the target. Empty for the root itself. */
  readonly steps: readonly Step[];
  readonly node: ValueRecord | undefined;
}

/** An edit whose target was found. */
export interface Resolved<E extends Edit = Edit> {
  readonly index: number;
  readonly edit: E;
  readonly target: Target;
}

function indexIn(node: CollectionRecord, segment: string | number): number {
  if (node.kind === "map") return node.entries.findIndex(({ key }) => key === String(segment));
  return typeof segment === "number" ? segment : -1;
}

function step(node: ValueRecord | undefined, segment: string | number, path: Path): Step {
  if (node?.kind === "alias")
    throw new Refused("alias-target", `${pathText(path)} lies behind the alias *${node.name}`, node.span);
  if (!isCollection(node)) throw new Refused("no-such-target", `there is no ${pathText(path)}`);
  const index = indexIn(node, segment);
  const child = childrenOf(node)[index];
  if (child === undefined) throw new Refused("no-such-target", `there is no ${pathText(path)}`);
  const times = node.kind === "map" ? node.entries.filter(({ key }) => key === String(segment)).length : 1;
  if (times > 1)
    throw new Refused("ambiguous-target", `the key ${pathText(path)} is written ${times} times`, child.span);
  return { collection: node, child, index };
}

export function findTarget(file: SourceFile, path: Path): Target {
  const [document, ...segments] = path;
  if (!Number.isInteger(document)) throw new Refused("no-such-target", "a path starts with the index of a document");
  if (!(document in file.documents)) throw new Refused("no-such-target", `there is no document ${document + 1}`);
  const steps: Step[] = [];
  let node: ValueRecord | undefined = file.documents[document];
  for (const segment of segments) {
    const found = step(node, segment, path);
    steps.push(found);
    node = found.child.value;
  }
  return { steps, node };
}

/** The entry or item that a path ends at; refuses the root of a document. */
export function lastStep(target: Target, edit: Edit): Step {
  const last = target.steps.at(-1);
  if (last === undefined)
    throw new Refused("wrong-target-kind", `${edit.kind} wants an entry or item, not a whole document`);
  return last;
}
