import { describe, expect, it } from "vitest";
import { without } from "./fixing.ts";
import { bytes, prove, workflow } from "./models.ts";

const loaded = (text: string, load: (path: string) => Uint8Array | undefined): readonly string[] =>
  prove(text, without(text), { load }).certificate.loaded.map(({ file }) => file);

describe("the files that a proof reads", () => {
  const action = bytes("runs:\n  using: composite\n  steps:\n    - run: make tools\n      shell: bash\n");
  const called = bytes("on: workflow_call\njobs:\n  unit:\n    runs-on: x\n    steps:\n      - run: make unit\n");
  const text = (uses: string, step: string): string =>
    workflow(`
    lint:
      runs-on: x
      steps:
        - run: make lint
          continue-on-error: true
        - uses: ${step}
        - uses: ${step}
    unit:
      needs: lint
      uses: ${uses}
    again:
      needs: lint
      uses: ${uses}`);

  it("are those of the repository, each read once", () => {
    const load = (path: string): Uint8Array => (path.endsWith("action.yml") ? action : called);
    expect(loaded(text("./.github/workflows/unit.yml", "./tools"), load).toSorted()).toEqual([
      ".github/workflows/unit.yml",
      "tools/action.yml",
    ]);
  });

  it("are none that only jobs call which the change has nothing to do with", () => {
    const other = "\n  other:\n    runs-on: x\n    steps: [{ uses: ./other }]\n";
    const before = `${text("octo/ci/.github/workflows/unit.yml@v1", "./tools")}${other}`;
    expect(loaded(before, () => action)).toEqual(["tools/action.yml"]);
  });

  it("are none of anybody else, nor what lies outside", () => {
    for (const file of [action, called])
      expect(
        loaded(text("octo/ci/.github/workflows/unit.yml@v1", "octo/lint@v1"), () => file),
        "of others",
      ).toEqual([]);
    expect(loaded(text("./../unit.yml", "./../tools"), () => action)).toEqual([]);
  });

  it("may call themselves and each other", () => {
    const files: Readonly<Record<string, string>> = {
      ".github/workflows/unit.yml": "on: workflow_call\njobs:\n  unit:\n    uses: ./.github/workflows/unit.yml\n",
      "tools/action.yml": "runs:\n  using: composite\n  steps:\n    - uses: ./more\n",
      "more/action.yml": "runs:\n  using: composite\n  steps:\n    - uses: ./tools\n",
    };
    const load = (path: string): Uint8Array | undefined => (files[path] === undefined ? undefined : bytes(files[path]));
    const before = text("./.github/workflows/unit.yml", "./tools");
    expect(prove(before, without(before), { load }).judgement).toBe("bites");
  });
});
