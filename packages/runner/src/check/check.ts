import { resolve } from "node:path";
import { CiFixError } from "@ci-fix/codemod";
import { openRepository, type Repository } from "@ci-fix/git";
import type { PlacedException } from "@ci-fix/register";
import { scan } from "../scan.ts";
import { commitSource } from "../source/commit.ts";
import { workTreeSource } from "../source/work-tree.ts";
import type { FileSource, ScanResult } from "../types.ts";
import { alignPlaces, type Place } from "./align.ts";
import { findBase } from "./base.ts";
import { strictest } from "./strictest.ts";
import { readBaseTerms, readTerms } from "./terms.ts";
import type { CheckOptions, CheckResult } from "./types.ts";
import { openTree } from "./units.ts";
import { judgeChange, type Side } from "./verdict.ts";

/**
 * Compares the silent failures of a change with those of its base. Both sides are judged by the policy, register and exceptions
 * that stand on the base and that the change leaves standing, so that a change cannot exempt itself. Rejects where there is no
 * base to compare with, and where the policy or the register of the change cannot be read.
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const repository = await openRepository(resolve(options.directory ?? "."));
  const head = (await repository.head()).oid;
  if (head === undefined) {
    throw new CiFixError("CI_FIX_NO_COMMIT", "this repository has no commit yet", {
      exitCode: 4,
      hint: "commit the files first",
    });
  }
  const base = await findBase(repository, head, options);
  const sources = { base: commitSource(repository, base.oid), head: headSource(repository, head, options) };
  const terms = { base: await readBaseTerms(sources.base), head: await readTerms(sources.head) };
  const date = options.date ?? new Date().toISOString().slice(0, 10);
  const policy = strictest(terms.base.config, terms.head.config, date);
  const { ignored } = policy;
  const look = (source: FileSource, within?: Within): Promise<Side> => scanSide(source, { policy, ignored }, within);
  const trees = { base: await openTree(sources.base, ignored), head: await openTree(sources.head, ignored) };
  const before = await look(sources.base);
  const wished = await look(sources.head);
  const known = await alignPlaces(before.exceptions.map(placed), wished.exceptions.map(placed), trees);
  const granted = new Set([...known.keys()].map(({ of }) => of));
  const pending = wished.exceptions.filter((exception) => !granted.has(exception));
  const after = await withoutPending(wished, pending, (within) => look(sources.head, within));
  return {
    ...(await judgeChange({ before, after, wished, pending, terms, trees, policy })),
    root: repository.root,
    base,
    sameCommit: base.oid === head,
  };
}

function headSource(repository: Repository, head: string, { at }: CheckOptions): FileSource {
  return at === "head" || repository.bare ? commitSource(repository, head) : workTreeSource(repository.root);
}

interface Within {
  readonly files: ReadonlySet<string>;
  readonly counts: (exception: PlacedException) => boolean;
}

async function scanSide(
  source: FileSource,
  { policy, ignored }: Pick<Parameters<typeof scan>[1], "policy"> & { ignored: (path: string) => boolean },
  within?: Within,
): Promise<Side> {
  const exceptions: PlacedException[] = [];
  const result = await scan(source, {
    policy,
    ignored: (path) => ignored(path) || within?.files.has(path) === false,
    counts: (exception) => {
      exceptions.push(exception);
      return within?.counts(exception) ?? true;
    },
  });
  return { result, exceptions };
}

/** Looks again at those files that hold an exception which does not count yet. */
async function withoutPending(
  wished: Side,
  pending: readonly PlacedException[],
  look: (within: Within) => Promise<Side>,
): Promise<Side> {
  if (pending.length === 0) return wished;
  const files = new Set(pending.map(({ file }) => file));
  const places = new Set(pending.map(placeOf));
  const again = await look({ files, counts: (exception) => !places.has(placeOf(exception)) });
  const others = wished.result.findings.filter(({ file }) => !files.has(file));
  const findings: ScanResult["findings"] = [...others, ...again.result.findings].sort((left, right) =>
    left.file < right.file ? -1 : left.file > right.file ? 1 : 0,
  );
  return { result: { ...wished.result, findings }, exceptions: wished.exceptions };
}

function placeOf({ file, comment }: PlacedException): string {
  return `${file}:${comment.span.start}`;
}

/** Only an exception with the same words is the same one. */
function placed(exception: PlacedException): Place & { readonly of: PlacedException } {
  const { file, unit, reason, owner, expires } = exception;
  return { kind: JSON.stringify([exception.class, reason, owner, expires]), file, unit, of: exception };
}
