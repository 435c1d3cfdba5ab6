import { ScratchRepository, scratchFolder } from "./scratch-repository.ts";

export const workflows = ".github/workflows";

/** A job with one risk in it, which must be found whatever stands beside its file. */
export const sound = `on: push
jobs:
  unit:
    runs-on: ubuntu-latest
    steps:
      - name: Run tests
        continue-on-error: true
        run: npm test
`;

/** A repository with that job, and these files beside it, in one commit. */
export function repositoryWith(files: Readonly<Record<string, string | Uint8Array>>): ScratchRepository {
  const repository = new ScratchRepository(scratchFolder());
  repository.write(`${workflows}/sound.yml`, sound);
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.commitAll("Start");
  return repository;
}
