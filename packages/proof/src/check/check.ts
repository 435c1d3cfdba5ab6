import { createHash } from "node:crypto";
import { readWorkflow, type Workflow } from "@ci-fix/workflow";
import { noScripts, type ScriptModel } from "../script-model.ts";
import type { Certificate, CheckResult, Claim, ClaimName, DifferingCase, ObservedClaim } from "../types.ts";
import { unplayable, unseen } from "./bodies.ts";
import { Watch } from "./evidence.ts";
import { type Answer, Oracle, usualOracle } from "./oracle.ts";
import { Playground, type Load, type Played } from "./play.ts";
import { isRejected } from "./rejected.ts";

export interface CheckOptions {
  /** How many cases are run at most before every case is too many. Default 4096, less where a case has many steps. */
  readonly most?: number;
  /** How many random cases are run where every case is too many. Default 500. */
  readonly samples?: number;
  /** What is known of scripts; must be what the certificate was made with. */
  readonly scripts?: ScriptModel;
}

/** How many steps are run in one check, about. */
const mostSteps = 40_000;

/**
 * Verifies a certificate against the two files by running single cases: all of them where they are few enough, else the
 * printed ones and random ones. Shares nothing with the prover but the parsers.
 */
export function checkCertificate(
  certificate: Certificate,
  before: Uint8Array,
  after: Uint8Array,
  load?: Load,
  { most, samples, scripts }: CheckOptions = {},
): CheckResult {
  const strangers = unrelated(certificate, before, after, load);
  const [old, now] = [before, after].map((bytes) => open(certificate.file, bytes));
  if (strangers.length > 0 || old === undefined || now === undefined) {
    const problems = strangers.length > 0 ? strangers : ["a side of the fix is no workflow"];
    return { ok: false, method: "none", cases: 0, problems };
  }
  const unsound = [...incomplete(certificate), ...certificate.claims.flatMap(inconsistency)];
  if (certificate.claims.every(({ verdict }) => verdict === "unknown"))
    return { ok: unsound.length === 0, method: "none", cases: 0, problems: unsound };
  if ([old, now].some(isRejected))
    return { ok: false, method: "none", cases: 0, problems: ["a side of the fix would be rejected as a whole"] };
  unsound.push(...unplayable(old, now, scripts ?? noScripts));
  const isAllKept = certificate.claims.some(
    ({ name, verdict }) => verdict === "proved" && /never-weaker|no-change/u.test(name),
  );
  if (isAllKept) unsound.push(...unseen(old, now));
  const playground = new Playground(old, now, load, scripts);
  const replayed = certificate.cases.flatMap((each, index) => replay(certificate, playground, each, index));
  const problems = new Set([...unsound, ...replayed]);
  const affordable = Math.ceil(
    mostSteps / [...old.jobs, ...now.jobs].reduce((sum, { steps }) => sum + 1 + steps.length, 0),
  );
  const limits = { most: most ?? Math.min(4096, affordable), samples: samples ?? Math.min(500, affordable) };
  const watch = new Watch(certificate.evidence);
  const played = explore(playground, limits, (each, asked) => {
    for (const problem of contradictions(certificate, each)) problems.add(problem);
    watch.see(each, asked);
  });
  for (const problem of watch.problems(played.method === "enumerated")) problems.add(problem);
  return { ok: problems.size === 0, ...played, problems: [...problems].slice(0, 20) };
}

function open(path: string, bytes: Uint8Array): Workflow | undefined {
  const read = readWorkflow(path, bytes);
  return read.ok ? read.workflow : undefined;
}

function unrelated(
  { before, after, loaded }: Certificate,
  old: Uint8Array,
  now: Uint8Array,
  load: Load | undefined,
): string[] {
  const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
  const problems: string[] = [];
  if (digest(old) !== before) problems.push("the file before the fix is another one");
  if (digest(now) !== after) problems.push("the file after the fix is another one");
  for (const { file, digest: expected } of loaded) {
    const bytes = load?.(file);
    if (bytes === undefined) problems.push(`${file} is missing`);
    else if (digest(bytes) !== expected) problems.push(`${file} is another one`);
  }
  return problems;
}

/** Nothing is left out, and nothing is said twice. */
function incomplete({ claims }: Certificate): string[] {
  const wanted: readonly ClaimName[] = ["never-weaker", "same-when-all-is-well", "bites", "no-change"];
  return wanted.flatMap((name) => {
    const count = claims.filter((claim) => claim.name === name).length;
    return count === 1 ? [] : [`${name} is claimed ${count} times`];
  });
}

/** What a claim says as a whole has to follow from what it says of each thing. */
function inconsistency({ name, verdict, observed }: Claim): string[] {
  const of = new Set(observed.map((each) => each.verdict));
  const decided = name === "bites" ? "proved" : "refuted";
  const other = name === "bites" ? "refuted" : "proved";
  const follows = observed.length === 0 ? "unknown" : of.has(decided) ? decided : other;
  return verdict === follows ? [] : [`${name} is said to be ${verdict}, and what it says of each thing is ${follows}`];
}

function explore(
  playground: Playground,
  { most, samples }: { readonly most: number; readonly samples: number },
  see: (played: Played, asked: ReadonlyMap<string, Answer>) => void,
): { readonly method: "enumerated" | "sampled"; readonly cases: number } {
  const oracle = new Oracle();
  for (let cases = 1; cases <= most; cases++) {
    see(playground.play(oracle), oracle.asked);
    if (!oracle.advance()) return { method: "enumerated", cases };
  }
  const random = new Oracle(new Map(), seeded());
  for (let cases = 0; cases < samples; cases++) {
    see(playground.play(random), random.asked);
    random.advance();
  }
  return { method: "sampled", cases: most + samples };
}

/** The same numbers in every run: a check says the same thing each time. Every other case is a plain one. */
function seeded(): (size: number) => number {
  let state = 0x9e3779b9;
  return (size) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const isPlain = (state >>> 8) % 4 !== 0;
    return isPlain ? 0 : (state >>> 16) % size;
  };
}

/** Runs a printed case, and says where it is not what is printed or does not show what it is named for. */
function replay({ claims }: Certificate, playground: Playground, printed: DifferingCase, index: number): string[] {
  const told = new Map(printed.choices.map(({ kind, key, value }) => [`${kind} ${key}`, value]));
  const played = playground.play(usualOracle(told));
  const problems = printed.seen
    .filter(
      ({ observable, ...sides }) =>
        sides.before !== at(played.before, observable) || sides.after !== at(played.after, observable),
    )
    .map(({ observable }) => `case ${index + 1} is another one when it is run: ${observable}`);
  for (const { name, observed } of claims) {
    for (const claim of observed.filter(({ case: shown }) => shown === index)) {
      if (!shows(name, claim, played))
        problems.push(`case ${index + 1} does not show what ${name} says of ${claim.observable}`);
    }
  }
  return problems;
}

function shows(name: string, { observable }: ObservedClaim, played: Played): boolean {
  const [before, after] = [at(played.before, observable), at(played.after, observable)];
  if (name === "no-change") return before !== after;
  if (name === "bites") return before !== "failure" && after === "failure";
  if (name === "never-weaker") return before === "failure" && after !== "failure";
  return (before === "failure") !== (after === "failure");
}

/** What one case says against what the certificate claims of all cases. */
function contradictions({ claims }: Certificate, played: Played): string[] {
  const problems: string[] = [];
  const names = new Set([...played.before.keys(), ...played.after.keys()]);
  for (const { name, observed } of claims) {
    for (const observable of names) {
      // What is not listed is the same on both sides.
      const verdict =
        observed.find((each) => each.observable === observable)?.verdict ?? (name === "bites" ? "refuted" : "proved");
      const [before, after] = [at(played.before, observable), at(played.after, observable)];
      const [wasRed, isRed] = [before === "failure", after === "failure"];
      const isAgainst =
        name === "no-change"
          ? verdict === "proved" && before !== after
          : name === "bites"
            ? verdict === "refuted" && !observable.startsWith("needs.") && isRed && !wasRed
            : name === "never-weaker"
              ? verdict === "proved" && wasRed && !isRed && !played.behindRed.has(observable)
              : verdict === "proved" && played.isWell && wasRed !== isRed;
      if (isAgainst) problems.push(`${name} does not hold of ${observable}: ${before} before, ${after} after`);
    }
  }
  return problems;
}

function at(seen: ReadonlyMap<string, string>, observable: string): string {
  return seen.get(observable) ?? "skipped";
}
