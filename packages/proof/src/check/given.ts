import { contextPaths } from "@ci-fix/expression";
import { sourcesIn } from "./domains.ts";
import { spread, type Found, type View } from "./expressions.ts";
import type { Answer } from "./oracle.ts";

/** What is known, in one case, of everything that texts read: results, and what has not run. Empty for nothing. */
export function madeOf(texts: readonly string[], view: View): string {
  const trees = texts.filter((text) => text.includes("${{")).flatMap((text) => sourcesIn(text).map(({ tree }) => tree));
  const paths = trees.flatMap((tree) => contextPaths(tree).map((path) => path.map((name) => name.toLowerCase())));
  return together(paths.flatMap((path) => spread(path, view)).map((path) => said(path, view.find(path))));
}

function said(path: readonly string[], found: Found): string {
  if ("scope" in found) return found.given ?? "";
  return isNothing(found) ? `without ${path.slice(0, 2).join(".")}` : `${path.join(".")}=${written(found.value)}`;
}

/** A value as a text holds it. None that a path leads to is a fault. */
export function written(value: Answer): string {
  return value === null || typeof value === "object" ? "" : String(value);
}

/** True for a value that is written as nothing. */
export function isNothing(found: Found | undefined): boolean {
  return found !== undefined && "value" in found && written(found.value) === "";
}

export function together(parts: readonly string[]): string {
  return [...new Set(parts)].filter((part) => part !== "").join(", ");
}

/** What nobody knows, in these surroundings and made of this. */
export function openIn(place: string, given: string): Found {
  return { scope: given === "" ? place : `${place}[${given}] `, given };
}

/** The texts under a name, in lower case; all there are for `*`, and those whose name is worked out. */
export function under(data: unknown, name: string): readonly string[] {
  if (typeof data !== "object" || data === null) return typeof data === "string" ? [data] : [];
  const isMeant = (key: string): boolean => name === "*" || key.toLowerCase() === name || key.includes("${{");
  return Object.entries(data).flatMap(([key, value]) => (isMeant(key) ? [key, String(value)] : []));
}
