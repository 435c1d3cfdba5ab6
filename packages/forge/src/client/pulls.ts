import type { Forge, PullRequest, PullRequestDraft, RepositoryName } from "../types.ts";
import { pathOf } from "./address.ts";
import type { Client } from "./client.ts";
import { AnswerError } from "./refusal.ts";

type Words = Pick<PullRequestDraft, "title" | "body">;

function pathOfPull({ owner, name }: RepositoryName, number: number): string {
  return pathOf`/repos/${owner}/${name}/pulls/${number}`;
}

/** Changes the words of a pull request the way of GitHub, which Gitea has copied. */
export function updatePull<T>(client: Client, repository: RepositoryName, number: number, words: Words): Promise<T> {
  const { title, body } = words;
  return client.send<T>("PATCH", pathOfPull(repository, number), { title, body });
}

/** Closes a pull request with a comment, in the same way. */
export async function closePull<T extends { readonly state: string }>(
  client: Client,
  repository: RepositoryName,
  number: number,
  comment: string,
): Promise<T> {
  const { owner, name } = repository;
  const path = pathOfPull(repository, number);
  const { body: pull } = await client.get<T>(path);
  if (pull.state === "closed") return pull;
  await client.create(pathOf`/repos/${owner}/${name}/issues/${number}/comments`, { body: comment });
  return client.send<T>("PATCH", path, { state: "closed" });
}

/** Opens a pull request. `status` is the forge's answer where one of the branch is open already: another worker was faster, and that one it is. */
export async function openOnce(
  forge: Pick<Forge, "findPullRequests">,
  repository: RepositoryName,
  { head, status }: { readonly head: string; readonly status: number },
  open: () => Promise<PullRequest>,
): Promise<PullRequest> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof AnswerError) || error.status !== status) throw error;
    const found = (await forge.findPullRequests(repository, head)).find(({ state }) => state === "open");
    if (found === undefined) throw error;
    return found;
  }
}
