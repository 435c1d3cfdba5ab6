import { GitError } from "../errors.ts";
import { escapeControls } from "../failure.ts";
import { line, type Place } from "../place.ts";
import { runGit } from "../run.ts";
import type { ObjectId } from "../types.ts";
import { dateEnvironment, type Identity } from "./identity.ts";
import type { PlannedCommit } from "./plan.ts";

/** `commit.gpgsign` of the user, which `fast-import` and `commit-tree` do not look at. */
export async function signsCommits(place: Place): Promise<boolean> {
  const setting = await runGit(place.root, ["config", "--type=bool", "--get", "commit.gpgsign"]);
  return line(setting.stdout) === "true";
}

export function cannotSign(stderr: string): GitError {
  return new GitError("CI_FIX_GIT_FAILED", `The commit cannot be signed: ${escapeControls(stderr.trim())}`, {
    hint: "Check user.signingKey, gpg.format and that the key can be used here; or commit without a signature.",
  });
}

/** The same commits, signed, off-tree like the ones they are made from. */
export async function signSeries(
  place: Place,
  base: ObjectId,
  series: readonly ObjectId[],
  commits: readonly PlannedCommit[],
  identity: Identity,
): Promise<ObjectId[]> {
  const signed: ObjectId[] = [];
  for (const [index, oid] of series.entries()) {
    const command = ["commit-tree", "-S", "-p", signed.at(-1) ?? base, "-F", "-", `${oid}^{tree}`];
    const input = commits[index]?.message ?? "";
    const outcome = await runGit(place.root, command, { input, env: dateEnvironment(identity), writes: true });
    if (outcome.code !== 0) throw cannotSign(outcome.stderr);
    signed.push(line(outcome.stdout));
  }
  return signed;
}
