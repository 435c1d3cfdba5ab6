import { runInside } from "./in-process.ts";
import { ScratchRepository, scratchFolder } from "./scratch-repository.ts";

export const file = ".github/workflows/ci.yml";

/** One silent failure that has been there for long, and a step that fails as it should. */
export const old = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run unit tests
        run: npm test
      - name: Run slow tests
        continue-on-error: true
        run: npm run test:slow
`;

export const soft = "        continue-on-error: true\n";
export const mark = (rest: string): string => `        # ci-fix: allow soft-fail-step ${rest}\n`;
export const forGood = mark('reason="the runner has no screen" owner=@infra expires=2999-12-31');

/** The workflow with something put before the script of its first step. */
export const withUnit = (text: string, workflow = old): string =>
  workflow.replace("        run: npm test\n", `${text}        run: npm test\n`);

/** What `ci-fix check --format json` says. */
export interface Json {
  readonly holds: boolean;
  readonly new: readonly { readonly class: string; readonly line: number; readonly exemption: string | null }[];
  readonly expired: readonly { readonly file: string }[];
  readonly tolerated: readonly unknown[];
  readonly excepted: readonly unknown[];
  readonly gone: readonly { readonly step: string | null }[];
  readonly pending: readonly { readonly line: number; readonly reason: string }[];
  readonly remarks: readonly string[];
  readonly passes: boolean;
  readonly invariants: readonly { readonly id: string; readonly holds: boolean; readonly broken: readonly unknown[] }[];
  readonly exceeded: readonly { readonly severity: string; readonly found: number }[];
}

export async function checkJson(folder: string, ...args: readonly string[]): Promise<Json & { readonly code: number }> {
  const { code, stdout } = await runInside(folder, ["check", "--format", "json", ...args]);
  return { ...(JSON.parse(stdout) as Json), code };
}

/** A repository whose branch `topic` starts where `main` stands. */
export function repositoryWith(files: Readonly<Record<string, string>>): ScratchRepository {
  const repository = new ScratchRepository(scratchFolder());
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commitAll("Start");
  repository.git("switch", "--quiet", "--create", "topic");
  return repository;
}

export function commit(repository: ScratchRepository, path: string, text: string): void {
  repository.write(path, text);
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--message=Change");
}

/** What a branch is told that turns one workflow into another. */
export async function changed(before: string, after: string): Promise<Json & { readonly code: number }> {
  const repository = repositoryWith({ [file]: before });
  commit(repository, file, after);
  return checkJson(repository.folder);
}
