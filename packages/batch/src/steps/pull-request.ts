import type { Forge, PullRequest, PullRequestDraft, RepositoryName } from "@ci-fix/forge";
import { escapeMarkdown } from "@ci-fix/report";
import type { Entry, Settings, StoredPlan } from "../types.ts";

/** The owner is all but the last part, so that groups within groups stay whole. */
export function repositoryName({ name }: Entry): RepositoryName {
  const at = name.lastIndexOf("/");
  return { owner: name.slice(0, Math.max(0, at)), name: name.slice(at + 1) };
}

const MARK = "ci-fix-plan:";

/** The digest of the plan that a pull request stands for, as its body says. */
export function planOf({ body }: PullRequest): string | undefined {
  return /<!-- ci-fix-plan: ([\da-f]{64}) -->/u.exec(body)?.[1];
}

function changesOf(plan: StoredPlan): string {
  return plan.risks
    .map(({ id, title, effects }) => {
      const lines = [`- **${escapeMarkdown(id)}** ${escapeMarkdown(title)}`];
      return [...lines, ...effects.map((effect) => `  - ${escapeMarkdown(effect)}`)].join("\n");
    })
    .join("\n");
}

const BODY = `These places fail without anyone seeing it. Each is repaired in a commit of its own, and can be taken back alone.

{changes}

Every fix was proved before it was made: no run that fails today passes because of it.`;

/** Title and body of the pull request. What comes from files is shown as text, whatever it holds. */
export function draftOf(entry: Entry, plan: StoredPlan, settings: Settings, base: string): PullRequestDraft {
  const { pullRequest, branch } = settings;
  const count = plan.commits.length;
  const body = (pullRequest.template ?? BODY).replaceAll("{changes}", () => changesOf(plan));
  return {
    title: pullRequest.title.replaceAll("{count}", `${count} silent CI ${count === 1 ? "failure" : "failures"}`),
    body: `${body}\n\n<!-- ${MARK} ${entry.plan ?? ""} -->\n`,
    head: branch,
    base,
    draft: pullRequest.draft,
    labels: pullRequest.labels,
    reviewers: pullRequest.reviewers,
  };
}

/** What the forge knows of the branch: the newest pull request that is open, and what was said to this plan before. */
export async function lookAtPulls(
  forge: Forge,
  entry: Entry,
  branch: string,
): Promise<{ readonly open?: PullRequest; readonly merged?: PullRequest; readonly declined?: PullRequest }> {
  const pulls = await forge.findPullRequests(repositoryName(entry), branch);
  const open = pulls.find(({ state }) => state === "open");
  const ofPlan = pulls.filter((pull) => planOf(pull) === entry.plan);
  const merged = ofPlan.find(({ state }) => state === "merged");
  const declined = ofPlan.find(({ state }) => state === "closed");
  return { ...(open && { open }), ...(merged && { merged }), ...(declined && { declined }) };
}
