import { createHash } from "node:crypto";
import type { Policy, Severity } from "@ci-fix/codemod";
import { highestSeverity, type LocatedFinding, type Register } from "@ci-fix/register";
import type { RepositoryView } from "@ci-fix/workflow";
import type { ByteSplice } from "@ci-fix/yaml-editor";
import { planCommits } from "./commit.ts";
import type { LoadedConfig } from "./load.ts";
import { type LandingWords, landingWords } from "./message.ts";
import { planRisk } from "./plan.ts";
import { proofContextOf } from "./policy.ts";
import type { Contents } from "./prove.ts";
import { scanBytes } from "./scan.ts";
import { type SelectedRisk, selectRisks } from "./select.ts";
import { settle } from "./survey.ts";
import type { Refusal, RiskPlan, ScanError } from "./types.ts";

/** What is judged, and by which rules. */
export interface JudgeInput {
  /** Files to look at, by path. */
  readonly files: Contents;
  /** All CI files of the repository: what a proof may look into. */
  readonly contents: Contents;
  /** The tree that the files stand in. */
  readonly repository: RepositoryView;
  readonly policy: Policy;
  /** The policy file that `policy` comes from. */
  readonly loaded: LoadedConfig;
  /** With a register, `files` must be all CI files: it names risks over several of them. */
  readonly register: { readonly register: Register; readonly bytes: Uint8Array } | undefined;
  /** Only these classes. */
  readonly classes?: readonly string[] | undefined;
  /** Also what is `review`. */
  readonly includeReview: boolean;
}

/** One file with nothing but one risk fixed. */
export interface FixAlone {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** From the one to the other; byte offsets in `before`. */
  readonly splices: readonly ByteSplice[];
}

/** A risk as it stands in one repository, without anything that lives in memory alone. */
export interface JudgedRisk {
  /** The same in every repository in which the same places are at fault. */
  readonly key: string;
  /** The id of the repository's own register, if it has one for it. */
  readonly id: string | null;
  readonly title: string;
  readonly severity: Severity;
  readonly codemod: string;
  readonly classes: readonly string[];
  readonly files: readonly string[];
  /** `fix`: a commit repairs it; `review`: left out because it wants one; `report`: only a person can; `refused`: see `refusals`. */
  readonly standing: "fix" | "review" | "report" | "refused";
  readonly refusals: readonly Refusal[];
  /** What a run does differently. */
  readonly effects: readonly string[];
  /** Each file as it is, and with this risk alone fixed: all that is needed to take the fix back later. */
  readonly alone: readonly FixAlone[];
}

/** One commit, but for the ids in its message. */
export interface JudgedCommit {
  readonly keys: readonly string[];
  readonly words: LandingWords;
  readonly changes: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

export interface Judgement {
  readonly errors: readonly ScanError[];
  readonly risks: readonly JudgedRisk[];
  /** In the order in which they land. */
  readonly commits: readonly JudgedCommit[];
  /** Findings that are left alone on purpose. */
  readonly kept: number;
}

/** Scans, plans and proves some files of a repository. A pure function of its input: what is equal can be judged once. */
export function judge(input: JudgeInput): Judgement {
  const { policy, repository, loaded, register } = input;
  const scanned = [...input.files].map(([path, bytes]) => scanBytes(path, bytes, { policy, repository }));
  const errors = scanned.flatMap((result) => result.errors);
  const raw = scanned.flatMap((result) => result.findings);
  const complete = register !== undefined;
  const { match, findings } = settle({ findings: raw, errors }, { policy, loaded, register, complete });
  const selection = { all: true, includeReview: input.includeReview, ...(input.classes && { classes: input.classes }) };
  const context = { contents: input.contents, ...proofContextOf(loaded.config) };
  const selected = selectRisks(match, selection);
  const plans = selected.map((chosen) => planRisk(chosen, policy, context));
  const keys = new Map(plans.map((plan, index) => [plan, keyOf(selected[index], plan)]));
  const commits = planCommits(plans, policy, context).map((commit) => ({
    keys: commit.plans.map((plan) => keys.get(plan) ?? ""),
    words: landingWords(commit.plans, commit.proofs, policy),
    changes: commit.changes,
  }));
  const risks = plans.flatMap((plan, index) => judged(keys.get(plan) ?? "", plan, selected[index]));
  return { errors, risks, commits, kept: findings.filter(({ finding }) => finding.outcome.kind === "skip").length };
}

/** The register names a risk in its repository alone; without one, what is at fault names it everywhere. */
function keyOf(selected: SelectedRisk | undefined, plan: RiskPlan): string {
  if (plan.id !== null) return plan.id;
  const findings = plan.findings.length > 0 ? plan.findings : (selected?.held ?? []);
  const [first] = findings;
  const prints = findings.map(({ fingerprint }) => fingerprint).sort();
  const identity = JSON.stringify([first?.codemod.meta.id, first?.file, prints]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 16);
}

function judged(key: string, plan: RiskPlan, selected: SelectedRisk | undefined): JudgedRisk[] {
  const findings = plan.findings.length > 0 ? plan.findings : (selected?.held ?? []);
  const [first] = findings;
  if (first === undefined || plan.done) return [];
  return [
    {
      key,
      id: plan.id,
      title: plan.title === "" ? first.finding.message : plan.title,
      severity: highestSeverity(findings),
      codemod: first.codemod.meta.id,
      classes: [...new Set(findings.map(({ finding }) => finding.class))],
      files: [...new Set(findings.map(({ file }) => file))],
      standing: standingOf(plan, findings),
      refusals: plan.refusals,
      effects: [...new Set(findings.map(({ finding }) => finding.change).filter((text) => text !== ""))],
      alone: plan.changes.map(({ file, before, after, splices }) => ({ path: file, before, after, splices })),
    },
  ];
}

function standingOf(plan: RiskPlan, findings: readonly LocatedFinding[]): JudgedRisk["standing"] {
  if (plan.refusals.length > 0) return "refused";
  if (plan.changes.length > 0) return "fix";
  const review = findings.some(({ finding: { outcome } }) => outcome.kind !== "skip" && outcome.safety === "review");
  return review ? "review" : "report";
}
