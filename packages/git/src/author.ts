import { resolve } from "node:path";
import { GitError } from "./errors.ts";
import { runGit } from "./run.ts";

/**
 * Who makes commits, as git would say in this folder, whether it is a repository or not.
 * @throws GitError `CI_FIX_NO_IDENTITY`
 */
export async function readAuthor(directory: string): Promise<{ readonly name: string; readonly email: string }> {
  const outcome = await runGit(resolve(directory), ["var", "GIT_AUTHOR_IDENT"]);
  const [, name, email] = /^(.*) <(.*)> \d+ [+-]\d{4}\n$/su.exec(outcome.stdout.toString("utf8")) ?? [];
  if (outcome.code === 0 && name !== undefined && email !== undefined) return { name, email };
  throw new GitError("CI_FIX_NO_IDENTITY", "git does not know who makes the commits.", {
    hint: 'Tell it: git config --global user.name "Your Name" and git config --global user.email "you@example.com"',
  });
}
