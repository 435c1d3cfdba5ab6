import type { Policy } from "@ci-fix/codemod";
import type { LocatedFinding } from "@ci-fix/register";
import type { Unit } from "@ci-fix/workflow";
import { openYaml } from "@ci-fix/yaml-editor";
import { lookAt } from "./look.ts";
import type { ReproducedFix } from "./reproduce.ts";

/**
 * What speaks against a file as it would be after a rollback; undefined where exactly that comes back which the fix had settled. The text
 * may fit in a place that has become another step since, and only the findings tell.
 */
export function wrongReturn(
  fix: ReproducedFix,
  today: Uint8Array,
  after: Uint8Array,
  policy: Policy,
): string | undefined {
  const look = (bytes: Uint8Array): readonly LocatedFinding[] => lookAt(fix.file, bytes, policy, fix.repository);
  if (ambiguities(after) > ambiguities(today)) return "a key would stand there twice";
  const settled = missingFrom(look(Buffer.from(fix.before)), look(Buffer.from(fix.fixed)));
  const returned = missingFrom(look(after), look(today));
  const strangers = returned.filter((finding) => !takeAlike(settled, finding));
  const [first] = [...strangers, ...settled];
  if (first === undefined) return undefined;
  return strangers.length > 0
    ? `another place would get what was taken from this one: ${first.finding.message}`
    : `its place is gone: ${first.finding.message}`;
}

/** Findings of one list that the other does not have, by fingerprint. */
function missingFrom(all: readonly LocatedFinding[], others: readonly LocatedFinding[]): LocatedFinding[] {
  const known = new Set(others.map(({ fingerprint }) => fingerprint));
  return all.filter(({ fingerprint }) => !known.has(fingerprint));
}

/** Takes out of the list the finding that this one is, perhaps under a new name of its step. */
function takeAlike(settled: LocatedFinding[], returned: LocatedFinding): boolean {
  const at = settled.findIndex(
    ({ finding, fingerprint }) =>
      fingerprint === returned.fingerprint ||
      (finding.class === returned.finding.class && isSameUnit(finding.unit, returned.finding.unit)),
  );
  if (at !== -1) settled.splice(at, 1);
  return at !== -1;
}

function isSameUnit(a: Unit, b: Unit): boolean {
  if (a.kind === "job" || b.kind === "job") return a.kind === "job" && b.kind === "job" && a.id === b.id;
  if (a.job.id !== b.job.id) return false;
  if (a.id !== undefined || b.id !== undefined) return a.id === b.id;
  if (a.name !== undefined && a.name === b.name) return true;
  return a.script === undefined
    ? a.action !== undefined && a.action.name === b.action?.name
    : a.script.text === b.script?.text;
}

/** How many keys are written twice, so that their path names no single entry. */
function ambiguities(bytes: Uint8Array): number {
  const opened = openYaml(bytes);
  if (!opened.ok) return Infinity;
  return [...opened.file.walk()].filter((entry) => opened.file.at(entry.path) === undefined).length;
}
