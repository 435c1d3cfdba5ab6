import { CaseBook } from "../claims/case-book.ts";
import { caveatsOf } from "../claims/caveats.ts";
import { claimsOf, turnedRed } from "../claims/claims.ts";
import { evidenceOf } from "../claims/evidence.ts";
import { whyNoBite } from "../claims/reasons.ts";
import { runSides, Unknowable, type Observable, type Sides } from "../claims/sides.ts";
import { countCases } from "../engine/cases.ts";
import { TooLarge, type Diagram } from "../engine/diagram.ts";
import { Broken, Unreadable } from "../model/rejected.ts";
import type { Certificate, Claim, ClaimName, FileSide, Judgement, Proof, ProofInput } from "../types.ts";
import { digestOf, sha256 } from "./digest.ts";

const CLAIMS: readonly ClaimName[] = ["never-weaker", "same-when-all-is-well", "bites", "no-change"];

/**
 * Proves what a change of a workflow does to its runs, over every outcome of every step and every value that a condition
 * can tell from another. Never throws for what stands in a file: what cannot be judged is `unknown` with the reason.
 */
export function proveFix(input: ProofInput): Proof {
  const { certificate, breaks } = certify(input);
  return { certificate, digest: digestOf(certificate), judgement: judge(certificate), breaks };
}

/** What a certificate comes down to. */
export function judge({ claims }: Pick<Certificate, "claims">): Judgement {
  const verdict = new Map(claims.map((claim) => [claim.name, claim.verdict]));
  if (verdict.get("never-weaker") === "unknown") return "unknown";
  if (verdict.get("never-weaker") === "refuted") return "weaker";
  if (verdict.get("no-change") === "proved") return "no-change";
  return verdict.get("bites") === "proved" ? "bites" : "does-not-bite";
}

function certify(input: ProofInput): Pick<Proof, "certificate" | "breaks"> {
  const of = {
    version: 1,
    file: input.file,
    before: digestOfSide(input.before),
    after: digestOfSide(input.after),
  } as const;
  try {
    const sides = runSides(input);
    return { certificate: { ...of, ...shown(sides, input) }, breaks: false };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    const claims = CLAIMS.map((name): Claim => ({ name, verdict: "unknown", reason, observed: [] }));
    const nothing = { loaded: [], cases: [], counts: { differing: 0, same: 0 }, assumptions: [], caveats: [] };
    const certificate: Certificate = { ...of, ...nothing, claims, evidence: { observable: "nowhere", upstream: {} } };
    return { certificate, breaks: error instanceof Broken };
  }
}

function digestOfSide(side: FileSide): string {
  return sha256(side instanceof Uint8Array ? side : side.file.yaml.bytes);
}

/** Why nothing can be said; undefined for a bug. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof TooLarge) return "the cases of this workflow are too many to be told apart";
  if (error instanceof Unknowable) return error.message;
  return error instanceof Unreadable ? `the file would be rejected: ${error.message}` : undefined;
}

function shown(sides: Sides, input: ProofInput): Omit<Certificate, "version" | "file" | "before" | "after"> {
  const { files } = sides.world;
  const book = new CaseBook(sides);
  const claims = claimsOf(sides, book).map((claim) =>
    claim.name === "bites" && claim.verdict === "refuted" ? { ...claim, reason: whyNoBite(sides) } : claim,
  );
  return {
    loaded: files.loaded.map(({ path, bytes }) => ({ file: path, digest: sha256(bytes) })),
    claims,
    cases: book.cases,
    counts: countsOf(sides),
    assumptions: assumptionsOf(sides),
    caveats: caveatsOf(sides, claims, input.requiredChecks),
    evidence: evidenceOf(sides, input.evidence?.repository),
  };
}

/** Of cases that differ, those in which something turns red are told from the others. */
function countsOf(sides: Sides): Certificate["counts"] {
  const { logic } = sides.world;
  const any = (of: (each: Observable) => Diagram): Diagram => logic.any(sides.observables.map(of));
  const differing = any(({ before, after }) => logic.differs(before, after));
  const kind = logic.choose(
    any((each) => turnedRed(sides, each)),
    logic.diagrams.leaf("turned red"),
    differing,
  );
  return { differing: countCases(kind, (term) => term !== false), same: countCases(kind, (term) => term === false) };
}

function assumptionsOf({ world, before, after }: Sides): readonly string[] {
  const jobs = [...before.ends.values(), ...after.ends.values()].map(({ job }) => job);
  return [
    "a step that runs on both sides ends in the same way on both",
    "nobody cancels the run, no job times out, and the workflow is triggered",
    ...(jobs.some(({ matrix }) => matrix !== undefined)
      ? ["legs of a matrix that no condition tells apart can end in the same ways, and none is cancelled"]
      : []),
    ...world.assumptions,
  ];
}
