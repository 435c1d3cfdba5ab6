import { note, readFields, readItems, readText, readTexts, readWord, type Fields, type Reading } from "../fields.ts";
import { SEVERITIES } from "../order.ts";
import { quoted } from "../quoted.ts";
import { isKnownClass } from "./classes.ts";
import { INVARIANT } from "./shapes.ts";
import type { Invariant } from "./types.ts";

const KEYS = ["id", "statement", "classes", "severity", "paths", "old"];

/** `invariants`: those that the policy adds to INV-060. */
export function readInvariants(
  reading: Reading,
  policy: Fields,
  known: readonly string[] | undefined,
): readonly Invariant[] {
  const invariants: Invariant[] = [];
  for (const item of readItems(reading, policy, "invariants")) {
    const fields = readFields(reading, item.value, "an invariant", KEYS, item.span.start);
    const invariant = fields === undefined ? undefined : readInvariant(reading, fields, known);
    if (invariant === undefined || fields === undefined) continue;
    if (invariants.some(({ id }) => id === invariant.id))
      note(reading, fields.offset, `the invariant ${quoted(invariant.id)} is there twice`);
    invariants.push(invariant);
  }
  return invariants;
}

function readInvariant(reading: Reading, fields: Fields, known: readonly string[] | undefined): Invariant | undefined {
  if (!fields.entries.has("id")) note(reading, fields.offset, `an invariant needs an "id", such as INV-061`);
  if (!fields.entries.has("statement"))
    note(reading, fields.offset, `an invariant needs a "statement": what is promised, in one sentence`);
  const id = readText(reading, fields, "id", INVARIANT);
  const statement = readText(reading, fields, "statement");
  const classes = readTexts(reading, fields, "classes");
  const at = fields.entries.get("classes")?.keySpan.start ?? fields.offset;
  for (const name of classes) isKnownClass(reading, name, known, at);
  const rest = {
    classes,
    severity: readWord(reading, fields, "severity", SEVERITIES) ?? "low",
    paths: readTexts(reading, fields, "paths"),
    old: readWord(reading, fields, "old", ["fails", "tolerated"] as const) ?? "fails",
  } as const;
  return id === undefined || statement === undefined ? undefined : { id, statement, ...rest };
}
