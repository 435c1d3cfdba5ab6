import { suggest, type Severity } from "@ci-fix/codemod";
import { isEmpty, note, readFields, readWord, type Fields, type Reading } from "../fields.ts";
import { SEVERITIES } from "../order.ts";
import { quoted } from "../quoted.ts";

const WORDS: readonly (Severity | "on" | "off")[] = ["on", "off", ...SEVERITIES];

/** `classes`: what each of them is set to. `on` is what a class is without being named. */
export function readClasses(
  reading: Reading,
  policy: Fields,
  known: readonly string[] | undefined,
): ReadonlyMap<string, Severity | "off"> {
  const classes = new Map<string, Severity | "off">();
  const entry = policy.entries.get("classes");
  if (entry === undefined || isEmpty(entry.value)) return classes;
  const fields = readFields(reading, entry.value, `"classes"`, undefined, entry.keySpan.start);
  for (const [name, { keySpan }] of fields?.entries ?? []) {
    if (fields === undefined || !isKnownClass(reading, name, known, keySpan.start)) continue;
    const word = readWord(reading, fields, name, WORDS);
    if (word !== undefined && word !== "on") classes.set(name, word);
  }
  return classes;
}

/** False, with a problem, for a name that is no class. */
export function isKnownClass(
  reading: Reading,
  name: string,
  known: readonly string[] | undefined,
  offset: number,
): boolean {
  if (known === undefined || known.includes(name)) return true;
  const meant = suggest(name, known);
  const hint = meant === undefined ? "`ci-fix explain` lists the classes" : `did you mean ${quoted(meant)}?`;
  note(reading, offset, `there is no class ${quoted(name)}; ${hint}`);
  return false;
}
