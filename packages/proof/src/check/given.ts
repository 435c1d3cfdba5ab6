import { contextPaths } from "@ci-fix/expression";
import { sourcesIn } from "./domains.ts";
import { spread, type Found, type View } from "./expressions.ts";

/** What is known, in one case, of everything that texts read: results, and what has not run. Empty for nothing. */
export function madeOf(texts: readonly string[], view: View): string {
  const told = new Map<string, string>();
  for (const { tree } of texts.filter((text) => text.includes("${{")).flatMap(sourcesIn)) {
    const paths = contextPaths(tree).map((path) => path.map((name) => name.toLowerCase()));
    for (const path of paths.flatMap((each) => spread(each, view)))
      told.set(path.join("."), said(path, view.find(path)));
  }
  return together([...told.values()]);
}

function said(path: readonly string[], found: Found): string {
  if ("scope" in found) return found.given ?? "";
  const value = found.value === null || typeof found.value === "object" ? "" : String(found.value);
  if (path[2] === "outputs" && value === "") return `without ${path.slice(0, 2).join(".")}`;
  return path[0] === "matrix" ? "" : `${path.join(".")}=${value}`;
}

export function together(parts: readonly string[]): string {
  return [...new Set(parts)].filter((part) => part !== "").join(", ");
}

/** What nobody knows, in these surroundings and made of this. */
export function openIn(place: string, given: string): Found {
  return { scope: given === "" ? place : `${place}[${given}] `, given };
}

/** Every text that plain data holds. */
function strings(data: unknown): readonly string[] {
  if (typeof data === "string") return [data];
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => [key, ...strings(value)]);
}

/** The texts under a name, in lower case; all there are for `*` or where a name is worked out. */
export function under(data: unknown, name: string): readonly string[] {
  if (typeof data !== "object" || data === null || name === "*") return strings(data);
  return Object.entries(data).flatMap(([key, value]) =>
    key.toLowerCase() === name || key.includes("${{") ? [key, ...strings(value)] : [],
  );
}
