import { pathOf } from "../client/address.ts";
import type { Client } from "../client/client.ts";
import { AnswerError } from "../client/refusal.ts";
import type { Preflight } from "../types.ts";
import type { FullRepository, Rule } from "./schema.ts";

type Obstacles = Preflight["obstacles"];

/** Rules of the default branch that commits made here cannot keep, or that would keep them from ever being merged. */
const RULES: Readonly<Record<string, string>> = {
  required_signatures: "the default branch takes signed commits alone",
  commit_author_email_pattern: "a rule says which author addresses commits may have",
  committer_email_pattern: "a rule says which committer addresses commits may have",
  commit_message_pattern: "a rule says what commit messages must look like",
  file_path_restriction: "a rule says which files may be changed",
};

/** What stands in the way: the repository's state, what the token may do, and the rules of the default branch. */
export async function preflightOf(client: Client, owner: string, name: string): Promise<Preflight> {
  const { body: repository, headers } = await client.get<FullRepository>(pathOf`/repos/${owner}/${name}`);
  const { archived, disabled, permissions, allow_merge_commit, allow_rebase_merge, allow_squash_merge } = repository;
  const obstacles: Obstacles[number][] = [];
  if (archived || disabled)
    obstacles.push({ obstacle: "archived", message: `the repository is ${archived ? "archived" : "disabled"}` });
  if (permissions?.push === false)
    obstacles.push({ obstacle: "permission", message: "the token may not push to this repository" });
  if (lacksWorkflowScope(headers))
    obstacles.push({
      obstacle: "permission",
      message: "the token lacks the scope `workflow`, which a push of CI files needs",
    });
  if (obstacles.length === 0) obstacles.push(...(await rulesOf(client, owner, name, repository.default_branch)));
  const squashOnly = allow_squash_merge === true && allow_merge_commit === false && allow_rebase_merge === false;
  return { obstacles, squashOnly };
}

/** Classic tokens say what they may do; for others a push will tell. */
function lacksWorkflowScope(headers: Headers): boolean {
  const scopes = headers.get("x-oauth-scopes");
  if (scopes === null || scopes.trim() === "") return false;
  return !scopes.split(",").some((scope) => scope.trim() === "workflow");
}

async function rulesOf(client: Client, owner: string, name: string, branch: string): Promise<Obstacles> {
  try {
    const { body } = await client.get<readonly Rule[]>(pathOf`/repos/${owner}/${name}/rules/branches/${branch}`);
    return body.flatMap(({ type }) => {
      const message = RULES[type];
      return message === undefined ? [] : [{ obstacle: "rule" as const, message }];
    });
  } catch (error) {
    // Older servers and some plans have no rules to ask for.
    if (error instanceof AnswerError && (error.status === 404 || error.status === 403)) return [];
    throw error;
  }
}
