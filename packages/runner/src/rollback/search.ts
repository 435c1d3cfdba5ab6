import type { Policy } from "@ci-fix/codemod";
import type { LogEntry, Repository } from "@ci-fix/git";
import { matchRegister, type Risk } from "@ci-fix/register";
import { readEvents } from "../message.ts";
import { type LandingSearch, searchTrailers } from "./landing.ts";
import { lookAt } from "./look.ts";
import { readFiles, readVersions, type Versions } from "./reproduce.ts";

/** Stands in the trailers of every landing and every rollback. */
const marker = "Ci-Fix-R";

/** How far back a commit without trailers is looked for, in commits that touch the risk's files. */
const depth = 200;

/** Commits whose message tells of a landing or a rollback, newest first. Empty without a repository or a commit. */
export async function readTrailers(repository: Repository | undefined): Promise<LogEntry[]> {
  if (repository === undefined || (await repository.head()).oid === undefined) return [];
  return repository.log({ containing: marker });
}

/** Finds the commit that put a risk's fix into effect: by its trailers, else (a squash that lost them) by what it did to the risk's files. */
export async function findLanding(
  repository: Repository,
  id: string,
  risk: Risk | undefined,
  policy: Policy,
): Promise<LandingSearch> {
  const byTrailer = searchTrailers(await readTrailers(repository), id);
  if (byTrailer.kind !== "none" || risk === undefined) return byTrailer;
  return searchByEffect(repository, risk, policy);
}

/** A file as it was before the first fix that ever landed in it; undefined where the history does not tell. */
export async function readOrigin(repository: Repository, file: string): Promise<Uint8Array | undefined> {
  const log = await readTrailers(repository);
  const oldest = log.findLast(({ message }) =>
    readEvents(message).some(
      (event) => event.kind === "landed" && event.landing.targets.some((target) => target.file === file),
    ),
  );
  const [parent] = oldest?.parents ?? [];
  return parent === undefined ? undefined : (await readFiles(repository, parent, [file])).get(file);
}

async function searchByEffect(repository: Repository, risk: Risk, policy: Policy): Promise<LandingSearch> {
  const files = [...new Set(risk.targets.map(({ file }) => file))];
  for (const commit of await repository.log({ paths: files, limit: depth })) {
    const versions = await readVersions(repository, commit, files);
    const count = (side: "before" | "committed"): number =>
      versions.reduce((sum, version) => sum + countFindings(risk, version, version[side], policy), 0);
    if (versions.length > 0 && count("before") > count("committed")) {
      return { kind: "landed", found: { commit, landing: undefined } };
    }
  }
  return { kind: "none" };
}

function countFindings(risk: Risk, { file, repository }: Versions, bytes: Uint8Array, policy: Policy): number {
  const findings = lookAt(file, bytes, policy, repository);
  return matchRegister({ risks: [risk] }, findings, { renames: false }).risks[0]?.findings.length ?? 0;
}
