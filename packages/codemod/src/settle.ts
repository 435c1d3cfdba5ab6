import type { Edit, Path, Refusal, YamlFile, YamlMap } from "@ci-fix/yaml-editor";
import { refusalsOf } from "./trial.ts";
import type { Finding, Outcome } from "./types.ts";

type Skip = Extract<Outcome, { kind: "skip" }>;

/**
 * The findings of one file, where each change that the editor refuses has become a skip that says why. Findings that share
 * an outcome still share it.
 */
export function settleFindings(file: YamlFile, findings: readonly Finding[]): readonly Finding[] {
  const outcomes = [...new Set(findings.map(({ outcome }) => outcome))].flatMap((outcome) =>
    outcome.kind === "skip" ? [] : [outcome],
  );
  const refusals = refusalsOf(
    file,
    outcomes.map(({ edits }) => edits),
  );
  if (refusals.size === 0) return findings;
  const skips = new Map<Outcome, Skip>();
  for (const [index, outcome] of outcomes.entries()) {
    const refusal = refusals.get(index);
    if (refusal !== undefined) skips.set(outcome, skipFor(file, refusal, outcome.edits));
  }
  return findings.map((finding) => {
    const outcome = skips.get(finding.outcome);
    return outcome === undefined ? finding : { ...finding, change: "", outcome };
  });
}

function skipFor(file: YamlFile, refusal: Refusal, edits: readonly Edit[]): Skip {
  if (refusal.code === "last-entry")
    return { kind: "skip", reason: "last-unit", message: "nothing would be left beside it" };
  const repeated =
    refusal.code === "ambiguous-target" ? edits.map(({ path }) => repeatedKey(file, path)).find(Boolean) : undefined;
  return { kind: "skip", reason: "not-representable", message: repeated ?? refusal.message };
}

/** Says which key on the way to a place is written more than once; the editor only names the place. */
function repeatedKey(file: YamlFile, path: Path): string | undefined {
  const [document, ...segments] = path;
  for (const [index, key] of segments.entries()) {
    const holder = file.node([document, ...segments.slice(0, index)]);
    const same = holder?.kind === "map" ? entriesOf(holder, String(key)) : [];
    if (same.length < 2) continue;
    const lines = same.map(({ keySpan }) => file.lineColumn(keySpan.start).line);
    const times = same.length === 2 ? "twice" : `${same.length} times`;
    return `the key \`${written(segments.slice(0, index + 1))}\` is written ${times}, in lines ${lines.join(" and ")}`;
  }
  return undefined;
}

/** `jobs.unit.steps[0].if` */
function written(segments: readonly (string | number)[]): string {
  const parts = segments.map((segment) => (typeof segment === "number" ? `[${segment}]` : `.${segment}`));
  return parts.join("").replace(/^\./u, "");
}

function entriesOf({ entries }: YamlMap, key: string): YamlMap["entries"] {
  return entries.filter((entry) => entry.key === key);
}
