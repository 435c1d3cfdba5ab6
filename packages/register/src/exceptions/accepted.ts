import type { Finding } from "@ci-fix/codemod";
import { openYaml, type YamlFile, type YamlItem } from "@ci-fix/yaml-editor";
import { fingerprints } from "../fingerprint.ts";
import { REGISTER_PATH } from "../new-register.ts";
import type { LocatedFinding, MatchedRisk, RegisterMatch, Risk, UnprintedFinding } from "../types.ts";
import { exceptionFinding, exceptionRules, WHY } from "./rules.ts";
import { standInStep, standInWorkflow } from "./stand-in.ts";
import { canBeExcepted, isPast, keptBy } from "./worth.ts";

export interface AcceptedOptions {
  /** The register as it is on disk. */
  readonly bytes: Uint8Array;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** False where only some files were looked at: then nothing is called unused. */
  readonly complete: boolean;
}

export interface WithAccepted {
  readonly findings: readonly LocatedFinding[];
  readonly match: RegisterMatch;
}

/**
 * The findings as the register's accepted risks except them. Those that a risk accepts are kept as `excepted`; a risk whose
 * last day has passed, or that stands for nothing any more, becomes a finding in the register, behind the others.
 */
export function withAccepted(
  findings: readonly LocatedFinding[],
  match: RegisterMatch,
  options: AcceptedOptions,
): WithAccepted {
  const accepted = match.risks.filter(({ risk }) => risk.status === "accepted");
  if (accepted.length === 0) return { findings, match };
  const kept = new Map<LocatedFinding, LocatedFinding>();
  for (const { risk, findings: found } of accepted) {
    if (isPast(risk, options.date)) continue;
    for (const located of found.filter(({ finding }) => canBeExcepted(finding))) kept.set(located, keep(located, risk));
  }
  const now = (located: LocatedFinding): LocatedFinding => kept.get(located) ?? located;
  return {
    findings: [...findings.map(now), ...aboutRegister(match.risks, options)],
    match: {
      risks: match.risks.map((matched) => ({
        ...matched,
        findings: matched.findings.map(now),
        mismatches: matched.mismatches.map((mismatch) => ({ ...mismatch, finding: now(mismatch.finding) })),
      })),
      unregistered: match.unregistered,
      ids: new Map([...match.ids].map(([located, id]) => [now(located), id])),
    },
  };
}

function keep(located: LocatedFinding, risk: Risk): LocatedFinding {
  const outcome = keptBy(
    { reason: risk.justification ?? "no reason given", owner: risk.owner, expires: risk.expires },
    `risk ${risk.id} of the register`,
  );
  return { ...located, finding: { ...located.finding, change: "", outcome } };
}

function aboutRegister(risks: readonly MatchedRisk[], options: AcceptedOptions): readonly LocatedFinding[] {
  const opened = openYaml(options.bytes);
  if (!opened.ok) return [];
  const { file } = opened;
  const found = risks.flatMap((matched, index) => {
    const item = file.at([0, "risks", index]);
    const finding = item?.kind === "item" ? aboutRisk(matched, file, item, options) : undefined;
    return finding === undefined ? [] : [asFound(file, finding)];
  });
  const prints = fingerprints(found);
  return found.map((each, index) => ({ ...each, fingerprint: prints[index] ?? "" }));
}

function aboutRisk(
  { risk, findings, vanished }: MatchedRisk,
  file: YamlFile,
  item: YamlItem,
  { date, complete }: AcceptedOptions,
): Finding | undefined {
  if (risk.status !== "accepted") return undefined;
  const place = {
    unit: standInStep(standInWorkflow(REGISTER_PATH, file), risk.id, item),
    at: { path: item.path, span: (item.value?.kind === "map" ? item.value.get("id")?.span : undefined) ?? item.span },
  };
  if (findings.length > 0) return isPast(risk, date) ? aboutExpired(risk, findings, place) : undefined;
  return complete && vanished.length === risk.targets.length ? aboutUnused(risk, place) : undefined;
}

type Place = Pick<Finding, "at" | "unit">;

function aboutExpired(risk: Risk, findings: readonly LocatedFinding[], place: Place): Finding {
  return exceptionFinding({
    class: "expired-exception",
    message: `risk ${risk.id} was accepted until ${risk.expires ?? ""}`,
    why: WHY.expired,
    title: "fix what it stands for, or accept it again with a new day",
    evidence: [
      ...findings.map(({ file, line }) => `${file}:${line} is still there`),
      acceptedBecause(risk),
      risk.owner === undefined ? "it names no owner" : `its owner is ${risk.owner}`,
    ],
    ...place,
  });
}

function aboutUnused(risk: Risk, place: Place): Finding {
  return exceptionFinding({
    class: "unused-exception",
    message: `risk ${risk.id} is accepted, and nothing is found at its place`,
    why: WHY.unused,
    title: "set its status to fixed, or mend its file, job and step",
    evidence: [acceptedBecause(risk)],
    ...place,
  });
}

function acceptedBecause({ justification }: Risk): string {
  return `it was accepted because: ${justification ?? "no reason given"}`;
}

function asFound(file: YamlFile, finding: Finding): UnprintedFinding {
  const { line, column } = file.lineColumn(finding.at.span.start);
  const workflow = standInWorkflow(REGISTER_PATH, file);
  return { finding, codemod: exceptionRules, workflow, file: REGISTER_PATH, line, column };
}
