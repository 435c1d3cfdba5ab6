import type { CollectionRecord, ScalarRecord } from "../read/nodes.ts";
import type { ScalarValue } from "../types.ts";
import { Refused } from "./refusal.ts";

const CORE: Readonly<Record<string, (value: ScalarValue) => boolean>> = {
  str: (value) => typeof value === "string",
  int: (value) => Number.isInteger(value) && !Object.is(value, -0),
  float: (value) => typeof value === "number",
  bool: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

/** What a tag of YAML itself is called; undefined for one that an application gives a meaning. */
function standardName(tag: string | undefined): string | undefined {
  return /^!(?:!|<tag:yaml\.org,2002:)([\w-]+)>?$/u.exec(tag ?? "")?.[1];
}

/** Refuses a value that a tag written before the scalar would turn into another, or into an error. */
export function refuseAgainstTag(scalar: ScalarRecord, value: ScalarValue): void {
  const name = standardName(scalar.tag);
  if (name === undefined || CORE[name]?.(value) === true) return;
  throw new Refused("cannot-represent", `the tag ${scalar.tag ?? ""} does not go with this value`, scalar.span);
}

/** A number as the tag before it wants it: `!!float` reads no digits alone. */
export function underTag(scalar: ScalarRecord, source: string): string {
  return standardName(scalar.tag) === "float" && /^-?\d+$/u.test(source) ? `${source}.0` : source;
}

/** Refuses to insert into a collection whose tag, or that of the list around it, says what its children are. */
export function refuseTaggedCollection(collection: CollectionRecord, outer: CollectionRecord | undefined): void {
  const name = standardName(collection.tag);
  const outerName = standardName(outer?.tag);
  const isFree = name === undefined || name === "map" || name === "seq";
  if (isFree && outerName !== "omap" && outerName !== "pairs") return;
  const tag = isFree ? outer?.tag : collection.tag;
  throw new Refused("cannot-represent", `a collection tagged ${tag ?? ""} has rules of its own`, collection.span);
}
