import { suggest } from "@ci-fix/codemod";
import { isDate, NOT_BLANK } from "../patterns.ts";
import { quoted } from "../quoted.ts";
import type { Exception } from "./types.ts";

/** What a comment is: prose, an exception, or one with mistakes, each a sentence that says what to write. */
export type ParsedComment =
  | { readonly kind: "none" }
  | { readonly kind: "exception"; readonly exception: Exception }
  | { readonly kind: "bad"; readonly mistakes: readonly string[] };

const KEYS = ["reason", "owner", "expires"] as const;
type Key = (typeof KEYS)[number];

/** Words that people write where `allow` is meant. */
const MEANT = ["allow", "allows", "allowed", "accept", "except", "exempt", "ignore", "disable", "skip", "suppress"];
const OPENING = /^\s*(ci-?fix)\s*(:?)\s*([\w-]+)(?=\s|$)(.*)$/isu;
const PAIR = /^([A-Za-z][\w-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]\S*))(?=\s|$)/su;

/** Reads the text of a comment, without its `#`. `known` are the classes there are. */
export function parseException(text: string, known: readonly string[]): ParsedComment {
  const [, name = "", colon = "", verb = "", rest = ""] = OPENING.exec(text) ?? [];
  const spelled = name === "ci-fix" && colon === ":";
  if (name === "" || !(MEANT.includes(verb.toLowerCase()) || (spelled && suggest(verb, ["allow"]) !== undefined)))
    return { kind: "none" };
  if (!spelled || verb !== "allow") return { kind: "bad", mistakes: ["an exception begins with `ci-fix: allow`"] };
  return parseRest(rest.trim(), known);
}

function parseRest(rest: string, known: readonly string[]): ParsedComment {
  const mistakes: string[] = [];
  const [, name = "", pairs = ""] = /^([^\s=]+)(?=\s|$)\s*(.*)$/su.exec(rest) ?? ["", "", rest];
  const wrongClass = mistakeInClass(name, known);
  if (wrongClass !== undefined) mistakes.push(wrongClass);
  const values = readPairs(pairs, mistakes);
  const reason = values.get("reason");
  if (reason === undefined && !mistakes.some((mistake) => mistake.startsWith("the reason")))
    mistakes.push('the reason is missing: say why it is all right with reason="…"');
  const expires = values.get("expires");
  if (expires !== undefined && !isDate(expires))
    mistakes.push(`expires is ${quoted(expires)}, and must be a day, such as 2027-03-01`);
  if (mistakes.length > 0 || reason === undefined) return { kind: "bad", mistakes };
  return { kind: "exception", exception: { class: name, reason, owner: values.get("owner"), expires } };
}

function mistakeInClass(name: string, known: readonly string[]): string | undefined {
  if (name === "") return "the class is missing: write what is allowed behind `allow`, such as soft-fail-step";
  if (known.includes(name)) return undefined;
  const meant = suggest(name, known);
  const hint = meant === undefined ? "`ci-fix explain` lists the classes" : `did you mean ${meant}?`;
  return `there is no class ${quoted(name)}; ${hint}`;
}

function readPairs(text: string, mistakes: string[]): ReadonlyMap<Key, string> {
  const values = new Map<Key, string>();
  let rest = text;
  while (rest !== "") {
    const found = PAIR.exec(rest);
    if (found === null) {
      mistakes.push(`${quoted(rest)} cannot be read: write key=value, with quotes around a value that has blanks`);
      break;
    }
    const [whole, name = "", inQuotes, bare] = found;
    readPair(name, inQuotes?.replaceAll(/\\(.)/gsu, "$1") ?? bare ?? "", values, mistakes);
    rest = rest.slice(whole.length).trimStart();
  }
  return values;
}

function readPair(name: string, value: string, values: Map<Key, string>, mistakes: string[]): void {
  const key = KEYS.find((candidate) => candidate === name);
  if (key === undefined) mistakes.push(unknownKey(name));
  else if (values.has(key)) mistakes.push(`${key} is given twice`);
  else if (!NOT_BLANK.test(value)) mistakes.push(`the ${key} is empty`);
  else values.set(key, value.trim());
}

function unknownKey(name: string): string {
  const meant = suggest(name, KEYS);
  return `there is no key ${quoted(name)}; ${meant === undefined ? `known are ${KEYS.join(", ")}` : `did you mean ${meant}?`}`;
}
