import { kindOfName, kindOfStep } from "@ci-fix/judgement";
import type { Job, Step } from "@ci-fix/workflow";
import { baseName } from "../words.ts";

/** What a step is for, and whether its failure must be seen. */
export interface Work {
  readonly purpose: string;
  /** `critical` – must be seen; `unknown` – nothing tells; `none` – preparation, reports, remarks. */
  readonly worth: "critical" | "unknown" | "none";
  /** What it was told by: `pytest (tests)`. */
  readonly seen: string;
}

const byName: readonly (readonly [RegExp, string])[] = [
  [/\b(?:audit|scan|codeql|scorecard|sast|security|vulnerab\w*|sbom|zizmor)\b/iu, "security"],
  [/\b(?:deploy\w*|rollout|promote)\b/iu, "deploy"],
  [/\b(?:publish\w*|release\w*|upload-release)\b/iu, "publish"],
  [
    /(?:^|[^a-z])(?:lint\w*|format|fmt|clippy|vet|style|static|type-?check|mypy|eslint|analy[sz]e|credo|dialyzer|doc)(?![a-z])/iu,
    "lint",
  ],
  [
    /(?:^|[^a-z])(?:unit-?tests?|tests?|testing|spec|e2e|integration|nextest|miri|smoke|ct|eunit|fuzz\w*)(?![a-z])/iu,
    "tests",
  ],
  [/(?:^|[^a-z])(?:check)(?![a-z])/iu, "lint"],
  [/(?:^|[^a-z])(?:build|compile|package|dist|bundle|wheel|image)(?![a-z])/iu, "build"],
];

const byWhat: readonly (readonly [RegExp, string])[] = [
  [/^tests$|fuzzing|a nightly toolchain/u, "tests"],
  [/linter|link check/u, "lint"],
  [/^a build/u, "build"],
  [/release|publication/u, "publish"],
  [/deployment|migration|pushes an image|copies files to a server/u, "deploy"],
  [/audit|scan|SBOM|vulnerab/u, "security"],
  [/coverage/u, "coverage"],
  [/note|remark|comment|report/u, "notes"],
];

export function workOfStep(step: Step): Work {
  const { kind, what, seen } = kindOfStep(step);
  if (isSecurityScan(step)) return { purpose: "security", worth: "critical", seen: `${seen} (${what})` };
  const shown = `${seen} (${what})`;
  if (kind === "critical" || kind === "delivery")
    return { purpose: purposeOf(what, `${seen} ${step.label}`), worth: "critical", seen: shown };
  if (kind === "unknown") {
    const name = kindOfName(step.name) ?? kindOfName(step.action?.name.split("/").at(-1));
    const worth = name?.kind === "critical" ? "critical" : name === undefined ? "unknown" : "none";
    return { purpose: worth === "none" ? "other" : textPurpose(`${step.label} ${seen}`), worth, seen: shown };
  }
  return {
    purpose: kind === "advisory" || kind === "best-effort" ? purposeOf(what, "") : "other",
    worth: "none",
    seen: shown,
  };
}

/** A job that calls a workflow does what that one does; its name is all that is asked. */
export function workOfCall(job: Job): Work | undefined {
  if (job.calls === undefined) return undefined;
  const name = baseName(job.calls).replace(/\.ya?ml(?:@.*)?$/u, "");
  const purpose = textPurpose(`${name} ${job.id}`);
  return { purpose: purpose === "other" ? "calls" : purpose, worth: "critical", seen: job.calls };
}

function purposeOf(what: string, text: string): string {
  return byWhat.find(([pattern]) => pattern.test(what))?.[1] ?? textPurpose(text);
}

function textPurpose(text: string): string {
  return byName.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
}

/** True for work that looks for weaknesses: code scanning, audits, scorecards. */
export function isSecurityScan(step: Step): boolean {
  const { kind, what } = kindOfStep(step);
  return /scan|audit|vulnerab/u.test(what) && kind !== "best-effort";
}
