import type { DeltaMap, RiskProof } from "../types.ts";
import { baseName, count, listed, named } from "../words.ts";
import { isUpstreamOnly, realEffects } from "./evidence.ts";
import { isCi, type Range } from "./range.ts";
import { consumerSurfaces, riskyZones, touchedSurfaces } from "./surfaces.ts";
import type { Whole } from "./weakening.ts";

const HARMLESS = new Set(["workflow", "action", "ci-script", "governance", "documentation"]);

/** Section 3: what was touched, and where breakage would show. */
export function mapOf(range: Range, wholes: readonly Whole[]): DeltaMap {
  const { files, proofs } = range;
  const sum = (key: "added" | "removed"): number => files.reduce((total, file) => total + (file[key] ?? 0), 0);
  const byHand = new Set(files.filter(({ ids }) => ids.length === 0).map(({ file }) => file));
  return {
    files,
    linesAdded: sum("added"),
    linesRemoved: sum("removed"),
    surfaces: consumerSurfaces(files),
    zones: riskyZones(files),
    blastRadius: [
      ...proofs.flatMap((proof) => blastOf(proof, realEffects(range, proof))),
      ...wholes.filter(({ file }) => byHand.has(file)).map(handMade),
    ],
    blastSummary: blastSummary({ files }),
  };
}

/** Each difference that the model shows, in words. */
function blastOf(proof: RiskProof, real: readonly string[]): readonly string[] {
  const where = isUpstreamOnly(proof) ? "upstream only" : "on the pull request itself";
  return proof.changes.flatMap(({ file, judgement, certificate }) => {
    const name = named(baseName(file));
    if (judgement === "no-change") return [`${proof.id}: ${name}: nothing that can be seen of a run changes.`];
    if (judgement === "unknown")
      return [`${proof.id}: ${name}: not known; ${certificate.claims[0]?.reason ?? "the model cannot read it"}.`];
    const effects = real.map((effect, index) => plain(effect, index));
    const reds = certificate.cases.filter(({ seen }) => seen.some(({ after }) => after === "failure")).length;
    const shown = `${count(certificate.counts.differing, "case")} of ${certificate.counts.differing + certificate.counts.same} ${certificate.counts.differing === 1 ? "differs" : "differ"}`;
    return [`${proof.id}: ${name}: ${effects.join("; ") || `${reds} cases turn red`} (${shown}; visible ${where}).`];
  });
}

/** A CI file that changed without a risk: what the model shows of it as a whole. */
function handMade({ file, verdict, reason, proof }: Whole): string {
  const name = `no risk: ${named(baseName(file))}`;
  if (verdict === "new") return `${name}: it is new, and takes no red away.`;
  if (proof === undefined) return `${name}: ${reason}.`;
  const { judgement, certificate } = proof;
  if (judgement === "unknown") return `${name}: not known; ${reason}.`;
  const { differing, same } = certificate.counts;
  const words = {
    bites: "what was green can be red now",
    "no-change": "nothing that can be seen of a run changes",
    "does-not-bite": "nothing turns red that was not",
    weaker: `a run that was red can be green now: ${reason}`,
  }[judgement];
  return `${name}: ${words} (${count(differing, "case")} of ${differing + same} ${differing === 1 ? "differs" : "differ"}).`;
}

/** A sentence as a part of another. */
function plain(effect: string, index: number): string {
  const text = effect.replace(/\.$/u, "");
  return index === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

function blastSummary({ files }: Pick<Range, "files">): string {
  const others = files.filter(({ surface }) => !HARMLESS.has(surface));
  const ci = files.filter(isCi).length;
  if (files.length === 0) return "Nothing differs between the two commits.";
  if (others.length === 0) {
    return `CI only: ${count(ci, "CI file")} changed; no file of production code, tests or dependencies is touched, so a breakage shows in the runs of these workflows and nowhere else.`;
  }
  const surfaces = touchedSurfaces(files).map(({ name }) => name);
  const names = others.map(({ file }) => named(file));
  const touched = surfaces.length === 0 ? "" : ` Consumer surfaces among them: ${listed(surfaces)}.`;
  return `Not CI alone: ${count(others.length, "other file")} changed as well (${listed(names, 5)}).${touched} What those do is not looked at here.`;
}
