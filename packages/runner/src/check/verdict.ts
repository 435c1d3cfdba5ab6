import type { PolicyException, SkipReason } from "@ci-fix/codemod";
import {
  isExceptionFinding,
  matchRegister,
  standsFor,
  type LocatedFinding,
  type PlacedException,
} from "@ci-fix/register";
import type { ScanResult } from "../types.ts";
import { alignPlaces, type Place } from "./align.ts";
import { expiredIn, unreadIn } from "./expired.ts";
import { checkInvariants, checkThresholds } from "./invariants.ts";
import { relaxations } from "./relaxations.ts";
import type { StrictPolicy } from "./strictest.ts";
import { isSettled, stillSettles, type Terms } from "./terms.ts";
import type { CheckResult, NewFinding } from "./types.ts";
import type { Tree } from "./units.ts";

/** One tree as it was looked at, with every well written exception in it. */
export interface Side {
  readonly result: ScanResult;
  readonly exceptions: readonly PlacedException[];
}

interface Change {
  readonly before: Side;
  /** Judged by what stands on the base. */
  readonly after: Side;
  /** Judged by the exceptions of the change as well. */
  readonly wished: Side;
  readonly pending: readonly PlacedException[];
  readonly terms: { readonly base: Terms; readonly head: Terms };
  readonly trees: { readonly base: Tree; readonly head: Tree };
  readonly policy: StrictPolicy;
}

type Judged = Omit<CheckResult, "root" | "base" | "sameCommit">;

/** Facts that make a failure none. For all others it is real, however well it is explained or however hard to mend. */
const HARMLESS: ReadonlySet<SkipReason> = new Set<SkipReason>([
  "handled",
  "retried",
  "negative-test",
  "varies",
  "best-effort",
  "advisory",
  "meant-to-fail",
]);

/** Says what of the change is new, old or gone. */
export async function judgeChange(change: Change): Promise<Judged> {
  const { before, after, terms, trees, policy } = change;
  const silent = await placesIn(after, trees, "head");
  const known = await alignPlaces(await placesIn(before, trees, "base"), silent, trees);
  const settled = settledFindings(change);
  const wishes = wishesOf(change);
  const fresh: NewFinding[] = [];
  const old: LocatedFinding[] = [];
  const excepted: LocatedFinding[] = [];
  for (const place of silent) {
    const { of: located } = place;
    if (isExcepted(located) || settled.has(located)) excepted.push(located);
    else if (known.has(place)) old.push(located);
    else fresh.push({ located, exemption: exemptionOf(located, wishes) });
  }
  const unread = new Set(before.result.errors.map(({ file }) => file));
  const unreadable = after.result.errors.filter(({ file }) => !unread.has(file));
  const expired = expiredIn(after.result, terms.head, policy);
  const standing = { fresh: fresh.map(({ located }) => located), old };
  const holds = fresh.length + expired.length + unreadable.length === 0;
  const invariants = checkInvariants(policy.invariants, standing);
  const exceeded = checkThresholds(policy.open, standing);
  return {
    files: after.result.files,
    fresh,
    expired,
    unreadable,
    old,
    excepted,
    gone: await goneFrom(change, new Set([...known.values()].map(({ of }) => of))),
    pending: change.pending,
    remarks: relaxations(terms.base, terms.head),
    holds,
    invariants,
    exceeded,
    passes: holds && exceeded.length === 0 && invariants.every((invariant) => invariant.holds),
  };
}

type FindingPlace = Place & { readonly of: LocatedFinding };

async function placesIn(
  { result }: Side,
  trees: Change["trees"],
  side: "base" | "head",
): Promise<readonly FindingPlace[]> {
  const places: FindingPlace[] = [];
  for (const located of result.findings) {
    const { finding, file } = located;
    if (!(await isSilent(located, trees, side))) continue;
    places.push({ kind: finding.class, file, unit: finding.unit, of: located });
  }
  return places;
}

async function isSilent(
  { finding: { class: name, outcome }, codemod, file }: LocatedFinding,
  trees: Change["trees"],
  side: "base" | "head",
): Promise<boolean> {
  // The other two are told apart from what is new: one always fails, one never does.
  if (isExceptionFinding({ codemod })) return name === "bad-exception";
  if (outcome.kind !== "skip") return true;
  if (outcome.reason !== "generated") return !HARMLESS.has(outcome.reason);
  // A file that a program writes is that program's matter, unless the change is what calls it so.
  return side === "base" || (await trees.base.units(file))?.generated === false;
}

function isExcepted({ finding: { outcome } }: LocatedFinding): boolean {
  return outcome.kind === "skip" && outcome.reason === "excepted";
}

/** Findings that the base's register settles, as far as the change lets it stand. */
function settledFindings({ after, terms, policy }: Change): ReadonlySet<LocatedFinding> {
  const register = terms.base.register?.register ?? { risks: [] };
  const { risks } = matchRegister(register, after.result.findings, { unread: unreadIn(after.result) });
  const standing = risks.filter(({ risk }) => stillSettles(risk, terms.head, policy.date));
  return new Set(standing.flatMap(({ findings }) => findings));
}

interface Wishes {
  readonly comments: ReadonlyMap<string, string>;
  readonly register: ReadonlyMap<string, string>;
  readonly policy: readonly PolicyException[];
}

/** What the change says in favour of its findings, by their fingerprints. */
function wishesOf({ wished, after, terms }: Change): Wishes {
  const comments = wished.result.findings.flatMap(({ fingerprint, finding: { outcome } }) =>
    outcome.kind === "skip" && outcome.reason === "excepted" ? [[fingerprint, outcome.message] as const] : [],
  );
  const register = terms.head.register?.register ?? { risks: [] };
  const { risks } = matchRegister(register, after.result.findings, { unread: unreadIn(after.result) });
  const named = risks
    .filter(({ risk }) => isSettled(risk))
    .flatMap(({ risk, findings }) =>
      findings.map(({ fingerprint }) => [fingerprint, `${risk.id} is ${risk.status} in the register`] as const),
    );
  return { comments: new Map(comments), register: new Map(named), policy: terms.head.config.exceptions };
}

function exemptionOf(located: LocatedFinding, wishes: Wishes): string | undefined {
  const { fingerprint, finding } = located;
  const { outcome } = finding;
  const said = wishes.comments.get(fingerprint) ?? wishes.register.get(fingerprint);
  if (said !== undefined) return said;
  const policy = wishes.policy.find((exception) => standsFor(exception, located));
  if (policy !== undefined) return `the policy excepts it: ${policy.reason}`;
  if (outcome.kind !== "skip") return undefined;
  if (outcome.reason === "documented") return "a reason is written beside it";
  return outcome.reason === "generated" ? outcome.message : undefined;
}

/** What was open on the base and is not there any more. A file that cannot be read hides what it holds. */
async function goneFrom(
  { before, after, trees }: Change,
  stillThere: ReadonlySet<LocatedFinding>,
): Promise<readonly LocatedFinding[]> {
  const unread = new Set(unreadIn(after.result));
  const places = await placesIn(before, trees, "base");
  const wasOpen = ({ finding: { outcome } }: LocatedFinding): boolean =>
    outcome.kind !== "skip" || (outcome.reason !== "excepted" && outcome.reason !== "generated");
  return places
    .map(({ of }) => of)
    .filter((located) => wasOpen(located) && !stillThere.has(located) && !unread.has(located.file));
}
