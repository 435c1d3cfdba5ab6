import type { PolicyException } from "@ci-fix/codemod";
import { note, readFields, readItems, readText, type Fields, type Reading } from "../fields.ts";
import { isKnownClass } from "./classes.ts";
import { DAY, FILES } from "./shapes.ts";

const KEYS = ["class", "file", "job", "step", "reason", "owner", "expires"];
const NEEDED = {
  class: "what is allowed, such as soft-fail-step",
  file: "which CI files it is for",
  reason: "why that is all right",
} as const;

/** `exceptions`: every one of them, in file order. One with a problem is left out. */
export function readExceptions(
  reading: Reading,
  policy: Fields,
  known: readonly string[] | undefined,
): readonly PolicyException[] {
  return readItems(reading, policy, "exceptions").flatMap((item) => {
    const fields = readFields(reading, item.value, "an exception", KEYS, item.span.start);
    const exception = fields === undefined ? undefined : readException(reading, fields, known);
    return exception ?? [];
  });
}

function readException(
  reading: Reading,
  fields: Fields,
  known: readonly string[] | undefined,
): PolicyException | undefined {
  for (const [key, what] of Object.entries(NEEDED)) {
    if (!fields.entries.has(key)) note(reading, fields.offset, `an exception needs a "${key}": ${what}`);
  }
  const [name, file, reason] = [
    readText(reading, fields, "class"),
    readText(reading, fields, "file", FILES),
    readText(reading, fields, "reason"),
  ];
  const place = {
    job: readText(reading, fields, "job"),
    step: readText(reading, fields, "step"),
    owner: readText(reading, fields, "owner"),
    expires: readText(reading, fields, "expires", DAY),
  };
  const at = fields.entries.get("class")?.value?.span.start ?? fields.offset;
  if (name !== undefined && !isKnownClass(reading, name, known, at)) return undefined;
  if (name === undefined || file === undefined || reason === undefined) return undefined;
  return { class: name, file, reason, ...place };
}
