import type { LocatedFinding, RegisterMatch, Risk } from "@ci-fix/register";
import type { Result, Suppression } from "sarif";
import { nextCommand } from "../finding.ts";
import { risksOf, type Triage } from "../triage.ts";
import { FOR_A_PERSON } from "../words.ts";
import { fixSource, type FixOf } from "./fixes.ts";
import { LEVELS } from "./level.ts";
import { plainMessage, sentences } from "./message.ts";
import { artifactAt, regionOf } from "./place.ts";

/** Under this name a fingerprint keeps an alert the same when its lines move. Raised when the way it is made changes. */
const FINGERPRINT = "ciFix/v1";

/** Open findings first, most severe first; then what the register settles, suppressed; then what is kept, if it is wanted. */
export function resultsOf(sorted: Triage, match: RegisterMatch, classes: readonly string[], kept: boolean): Result[] {
  const risks = risksOf(match);
  const fixOf = fixSource();
  const result = (located: LocatedFinding, more: Partial<Result> = {}): Result => ({
    ...failure(located, risks.get(located), classes, fixOf),
    ...more,
  });
  return [
    ...sorted.open.map((located) => result(located)),
    ...[...sorted.accepted, ...sorted.deferred].map((located) =>
      result(located, { suppressions: suppressionsOf(risks.get(located)) }),
    ),
    ...(kept ? sorted.kept.map((located) => result(located, { kind: kindOfKept(located), level: "none" })) : []),
  ];
}

function failure(located: LocatedFinding, risk: Risk | undefined, classes: readonly string[], fixOf: FixOf): Result {
  const { finding, file, fingerprint, workflow } = located;
  const fix = fixOf(located);
  const index = classes.indexOf(finding.class);
  return {
    ruleId: finding.class,
    ...(index === -1 ? {} : { ruleIndex: index }),
    kind: "fail",
    level: LEVELS[finding.severity],
    message: plainMessage(messageOf(located, risk)),
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactAt(file),
          region: regionOf(workflow.file.yaml, finding.at.span),
        },
      },
    ],
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    ...(fix === undefined ? {} : { fixes: [fix] }),
    properties: {
      ...(risk === undefined ? {} : { id: risk.id }),
      severity: finding.severity,
      ...(finding.outcome.kind === "skip"
        ? { reason: finding.outcome.reason }
        : { safety: finding.outcome.safety, effect: finding.outcome.effect }),
      evidence: finding.evidence.map((fact) => plainMessage(fact).text),
    },
  };
}

function messageOf({ finding }: LocatedFinding, risk: Risk | undefined): string {
  const { outcome } = finding;
  if (outcome.kind === "skip") return sentences(finding.message, `Left as it is: ${outcome.message}`);
  const next = nextCommand(risk?.id, outcome.safety === "report");
  return `${sentences(finding.message, finding.why, `Fix: ${outcome.title}`)} Next: ${next}`;
}

/** What is left for a person asks for a look; what is kept on purpose has passed. */
function kindOfKept({ finding: { outcome } }: LocatedFinding): Result.kind {
  return outcome.kind === "skip" && FOR_A_PERSON.has(outcome.reason) ? "review" : "pass";
}

/** A deferred risk is settled for now, with what must be seen before it is closed. */
function suppressionsOf(risk: Risk | undefined): Suppression[] {
  const reason = risk?.justification ?? (risk?.exitCriteria === undefined ? undefined : `until ${risk.exitCriteria}`);
  return [
    {
      kind: "external",
      status: "accepted",
      ...(reason === undefined ? {} : { justification: plainMessage(reason).text }),
      properties: {
        status: risk?.status ?? "accepted",
        ...(risk?.owner === undefined ? {} : { owner: risk.owner }),
        ...(risk?.expires === undefined ? {} : { expires: risk.expires }),
      },
    },
  ];
}
