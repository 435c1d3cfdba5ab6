import { CiFixError, type Policy } from "@ci-fix/codemod";
import type { Repository } from "@ci-fix/git";
import type { Register, Risk } from "@ci-fix/register";
import { placeInverse } from "../place/index.ts";
import type { Refusal, RollbackPlan } from "../types.ts";
import type { FoundLanding } from "./landing.ts";
import { readFiles, type ReproducedFix, reproduceFix, text } from "./reproduce.ts";
import { findLanding, readOrigin } from "./search.ts";
import { wrongReturn } from "./verify.ts";

export interface RollbackOptions {
  readonly policy: Policy;
  readonly register: Register | undefined;
}

/**
 * Works out how to take back these risks, one after the other in the given order, starting from the files at HEAD. Needs no state
 * of its own: the history says what landed, the codemods say again what the edit was. Writes nothing.
 */
export async function planRollback(
  repository: Repository,
  ids: readonly string[],
  options: RollbackOptions,
): Promise<RollbackPlan[]> {
  const head = (await repository.head()).oid;
  if (head === undefined) throw new CiFixError("CI_FIX_NO_COMMIT", "there is no commit to roll back", { exitCode: 4 });
  const today = new Map<string, Uint8Array>();
  const plans: RollbackPlan[] = [];
  for (const id of new Set(ids)) {
    if (plans.some((plan) => plan.ids.includes(id))) continue;
    const plan = await planOne(repository, id, ids, options, async (file) => {
      return today.get(file) ?? (await readFiles(repository, head, [file])).get(file);
    });
    for (const { file, after } of plan.changes) today.set(file, after);
    plans.push(plan);
  }
  return plans;
}

async function planOne(
  repository: Repository,
  id: string,
  requested: readonly string[],
  { policy, register }: RollbackOptions,
  read: (file: string) => Promise<Uint8Array | undefined>,
): Promise<RollbackPlan> {
  const risk = register?.risks.find((candidate) => candidate.id === id);
  const search = await findLanding(repository, id, risk, policy);
  if (search.kind === "rolled-back") return { ...empty([id]), subject: search.commit.subject, already: true };
  if (search.kind === "none") return refused([id], "", notLanded(id));
  const { found } = search;
  const ids = found.landing?.ids ?? [id];
  const missing = ids.filter((other) => !requested.includes(other));
  if (missing.length > 0) return refused(ids, found.commit.subject, together(ids));
  const fixes = await reproduceFix(repository, found, risk, policy);
  if (fixes === undefined) return refused(ids, found.commit.subject, notReproduced(found, risk));
  const placing: Placing[] = [];
  for (const fix of fixes) {
    const origin = await readOrigin(repository, fix.file);
    const today = await read(fix.file);
    placing.push({ fix, today, origin: origin === undefined ? fix.before : text(origin) });
  }
  return placeAll(ids, subjectOf(found), placing, policy);
}

/** What a landing says of itself; a squash speaks of more than this fix. */
function subjectOf({ commit, landing }: FoundLanding): string {
  return landing !== undefined && commit.subject.startsWith(`ci(${landing.ids.join(",")}): `) ? commit.subject : "";
}

/** All that is needed to take one fix out of one file. */
interface Placing {
  readonly fix: ReproducedFix;
  readonly today: Uint8Array | undefined;
  readonly origin: string;
}

function placeAll(ids: readonly string[], subject: string, placing: readonly Placing[], policy: Policy): RollbackPlan {
  const changes: RollbackPlan["changes"][number][] = [];
  const refusals: Refusal[] = [];
  for (const { fix, today: bytes, origin } of placing) {
    if (bytes === undefined) {
      refusals.push(fileGone(fix.file));
      continue;
    }
    const placed = placeInverse({ before: fix.before, splices: fix.splices, today: text(bytes), origin });
    if (!placed.ok) {
      if (placed.reason !== "already") {
        refusals.push(stands("CI_FIX_CONFLICT", placed.message, fix.file, placed.line));
      }
      continue;
    }
    const after = Buffer.from(placed.text, "utf8");
    const wrong = wrongReturn(fix, bytes, after, policy);
    if (wrong === undefined) changes.push({ file: fix.file, before: bytes, after });
    else refusals.push(stands("CI_FIX_CONFLICT", `The file has changed since: ${wrong}.`, fix.file, undefined));
  }
  if (refusals.length > 0) return { ...empty(ids), subject, refusals };
  return { ids, subject, changes, refusals: [], already: changes.length === 0 };
}

/** What a fix did to one file, and the file as it is today. */
export interface FixToday extends ReproducedFix {
  readonly today: Uint8Array | undefined;
  /** The file before any fix landed in it. */
  readonly origin: string;
}

/** Works out how to take back a fix whose edit is known, without a history: where many repositories are kept in a ledger. */
export function planTakeBack(
  ids: readonly string[],
  subject: string,
  fixes: readonly FixToday[],
  policy: Policy,
): RollbackPlan {
  return placeAll(
    ids,
    subject,
    fixes.map((fix) => ({ fix, today: fix.today, origin: fix.origin })),
    policy,
  );
}

function empty(ids: readonly string[]): RollbackPlan {
  return { ids, subject: "", changes: [], refusals: [], already: false };
}

function refused(ids: readonly string[], subject: string, refusal: Refusal): RollbackPlan {
  return { ...empty(ids), subject, refusals: [refusal] };
}

function stands(code: string, message: string, file: string | undefined, line: number | undefined): Refusal {
  return { code, message, file, line, hint: undefined };
}

function fileGone(file: string): Refusal {
  return {
    ...stands("CI_FIX_FILE_GONE", `${file} is not there any more`, file, undefined),
    hint: "if it was renamed, take it back before the renaming, or by hand",
  };
}

function notLanded(id: string): Refusal {
  return {
    ...stands("CI_FIX_NOT_LANDED", `no commit in the history of HEAD fixes ${id}`, undefined, undefined),
    hint: `see \`git log --grep 'Ci-Fix-Risk: ${id}'\`, or switch to the branch that holds the fix`,
  };
}

function together(ids: readonly string[]): Refusal {
  return {
    ...stands(
      "CI_FIX_TOGETHER",
      `${ids.join(" and ")} landed as one, because they touch the same lines`,
      undefined,
      undefined,
    ),
    hint: `take them back together: ci-fix rollback ${ids.join(",")}`,
  };
}

function notReproduced({ commit }: FoundLanding, risk: Risk | undefined): Refusal {
  const what = risk === undefined ? "the fix" : `the fix of ${risk.id}`;
  return {
    ...stands(
      "CI_FIX_NOT_REPRODUCED",
      `${what} could not be told apart in commit ${commit.oid.slice(0, 12)}`,
      undefined,
      undefined,
    ),
    hint: `look at \`git show ${commit.oid.slice(0, 12)}\` and take it back by hand`,
  };
}
