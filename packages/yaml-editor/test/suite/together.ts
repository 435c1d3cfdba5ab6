import { applyEdits, type Applied, type ByteSplice, type Edit, type YamlFile } from "../../src/index.ts";
import { expectedData, type Kind, WRITTEN } from "./edits.ts";
import { byteFault, commentFault } from "./faults.ts";
import { type Judge, sameData, type Site, Unjudged } from "./judge.ts";

/** An edit that was accepted alone, and its splices. */
export interface Made {
  readonly kind: Kind;
  readonly site: Site;
  readonly edit: Edit;
  readonly splices: readonly ByteSplice[];
}

/** Edits that are not in each other's way: of one kind, at one depth, in each collection at most one. What takes its parents along is alone. */
export function groupsOf(made: readonly Made[]): Made[][] {
  const groups = new Map<string, Made[]>();
  for (const one of made) {
    const { document, steps, siblings } = one.site;
    const isAlone = siblings.length === 1 && (one.kind === "delete" || one.kind === "note");
    const place = isAlone ? one.site.child.path.join("/") : `${steps.length} ${steps.at(-1)?.index ?? 0}`;
    const key = `${one.kind} ${document} ${place}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

/** True where the splices of a batch are those that its edits had alone. */
function sameSplices(result: Applied, group: readonly Made[]): boolean {
  const alone = group.flatMap(({ splices }) => splices).toSorted((first, second) => first.start - second.start);
  return (
    alone.length === result.splices.length &&
    alone.every(({ start, end, text }, index) => {
      const found = result.splices[index];
      return found?.start === start && found.end === end && found.text === text;
    })
  );
}

function isAsExpected(
  text: string,
  group: readonly Made[],
  judges: readonly Judge[],
  data: readonly (unknown[] | undefined)[],
): boolean {
  let told = 0;
  for (const [index, judge] of judges.entries()) {
    let wanted = data[index];
    if (wanted === undefined) continue;
    for (const { kind, site } of group) wanted = wanted && expectedData(kind, wanted, site);
    const found = judge(text);
    if (wanted === undefined || found === undefined || !sameData(found, wanted)) return false;
    told += 1;
  }
  return told > 0;
}

/**
 * True where edits made together make the splices that each made alone, and the judges find what all of them mean, nothing else
 * changed, and every comment. Then each of them is right alone, too. False says only that they are to be judged one by one.
 */
export function holdTogether(
  file: YamlFile,
  group: readonly Made[],
  judges: readonly Judge[],
  data: readonly (unknown[] | undefined)[],
): boolean {
  const edits = group.map(({ edit }) => edit);
  const result = applyEdits(file, edits);
  if (!result.ok || !sameSplices(result, group) || byteFault(file, result)) return false;
  const written = group.flatMap(({ kind }) => WRITTEN[kind]);
  if (commentFault(file, result, written)) return false;
  try {
    return isAsExpected(result.text, group, judges, data);
  } catch (error) {
    if (error instanceof Unjudged) return false;
    throw error;
  }
}
