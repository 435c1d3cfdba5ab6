import { count, renderFinding, visible, wrap, type Style } from "@ci-fix/report";
import type { CheckResult, LocatedFinding, NewFinding } from "@ci-fix/runner";

/** What a check says to people: what is new in full, what else changed in a line each, the invariant last. */
export function renderCheck(result: CheckResult, style: Style): string {
  const blocks = [
    ...result.fresh.map((each) => renderFinding(asOpen(each), undefined, style)),
    ...result.expired.map((located) => renderFinding(located, undefined, style)),
    ...ratchet(result, style),
    ...waiting(result, style),
    ...brokenInvariants(result, style),
    [
      style.paint("muted", wrap(comparison(result), style.width).join("\n")),
      ...thresholdLines(result).map((line) => style.paint("failure", line)),
      ...invariantLines(result).map(([line, holds]) => style.paint(holds ? "success" : "failure", visible(line))),
    ].join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** One line: `INV-060 holds`, `INV-060 violated (2 new)`. It holds no text from a file. */
export function invariantLine({ holds, fresh, expired, unreadable }: CheckResult): string {
  if (holds) return "INV-060 holds";
  const parts = [
    `${fresh.length} new`,
    ...(expired.length === 0 ? [] : [`${expired.length} expired`]),
    ...(unreadable.length === 0 ? [] : [`${unreadable.length} unreadable`]),
  ];
  return `INV-060 violated (${parts.join(", ")})`;
}

/** INV-060 last, those that the policy adds before it; each with whether it holds. */
export function invariantLines(result: CheckResult): readonly (readonly [line: string, holds: boolean])[] {
  const added = result.invariants.map(({ id, statement, broken, holds }) => {
    const line = holds ? `${id} holds` : `${id} violated (${count(broken.length, "finding")}): ${statement}`;
    return [line, holds] as const;
  });
  return [...added, [invariantLine(result), result.holds]];
}

/** One line for each threshold that is exceeded. */
export function thresholdLines({ exceeded }: CheckResult): readonly string[] {
  return exceeded.map(
    ({ severity, limit, found }) => `${found} ${severity} open, and at most ${limit} may be by the policy's thresholds`,
  );
}

/** What was compared, and what of it is tolerated. */
export function comparison({ base, files, old, excepted }: CheckResult): string {
  const kept = excepted.length === 0 ? "" : `, ${excepted.length} excepted`;
  return `${count(files, "CI file")} against ${base.oid.slice(0, 12)} (${visible(base.name)}): ${old.length} old tolerated${kept}`;
}

/** A new finding as something to be settled, with what the change says in its favour. */
export function asOpen({ located, exemption }: NewFinding): LocatedFinding {
  const { finding } = located;
  const evidence =
    exemption === undefined
      ? finding.evidence
      : [`this needs to be on the base first, a change cannot exempt itself: ${exemption}`, ...finding.evidence];
  if (finding.outcome.kind !== "skip") return { ...located, finding: { ...finding, evidence } };
  const title = exemption === undefined ? finding.outcome.message : "take it back, or land the exception before it";
  return {
    ...located,
    finding: {
      ...finding,
      evidence,
      outcome: { kind: "fix", title, safety: "report", effect: "needs-decision", edits: [] },
    },
  };
}

function ratchet({ gone }: CheckResult, style: Style): string[] {
  if (gone.length === 0) return [];
  const head = `ratcheted down: ${count(gone.length, "silent failure")} of the base ${gone.length === 1 ? "is" : "are"} gone`;
  const rows = gone.map(({ file, finding }) => `  ${visible(file)}: ${visible(finding.message)}`);
  return [[style.paint("success", head), ...rows].join("\n")];
}

/** What will count from the next change on. */
function waiting({ pending, remarks }: CheckResult, style: Style): string[] {
  const rows = [
    ...pending.map(
      ({ file, comment, class: name }) =>
        `${visible(file)}:${comment.line}: the exception for ${visible(name)} counts once it is on the base`,
    ),
    ...remarks.map(visible),
  ];
  if (rows.length === 0) return [];
  return [[style.paint("warning", "not on the base yet"), ...rows.map((row) => `  ${row}`)].join("\n")];
}

/** Old findings that an invariant of the policy does not tolerate; new ones are told in full before. */
function brokenInvariants({ invariants, fresh }: CheckResult, style: Style): string[] {
  const told = new Set(fresh.map(({ located }) => located));
  return invariants.flatMap(({ id, broken }) => {
    const old = broken.filter((located) => !told.has(located));
    if (old.length === 0) return [];
    const rows = old.map(({ file, line, finding }) => `  ${visible(file)}:${line}: ${visible(finding.message)}`);
    return [[style.paint("failure", `${id} is broken on the base already`), ...rows].join("\n")];
  });
}
