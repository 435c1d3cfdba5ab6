import { localAction, noRepository, plainPath, readWorkflow, repositoryView } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";

const encoder = new TextEncoder();

function holding(files: Record<string, string | Uint8Array>, asked: string[] = []) {
  return repositoryView((path) => {
    asked.push(path);
    const content = files[path];
    return typeof content === "string" ? encoder.encode(content) : content;
  });
}

describe("the other files of a repository", () => {
  it("are read once, when they are asked for, whichever way their path is written", () => {
    const asked: string[] = [];
    const view = holding({ "ci/test.sh": "make test\n" }, asked);
    expect(asked).toEqual([]);
    expect([view.text("ci/test.sh"), view.text("./ci/../ci//test.sh"), view.text("gone")]).toEqual([
      "make test\n",
      "make test\n",
      undefined,
    ]);
    expect(asked).toEqual(["ci/test.sh", "gone"]);
  });

  it("are never looked for outside of the tree", () => {
    const asked: string[] = [];
    const view = holding({}, asked);
    for (const path of ["../x", "/etc/passwd", "a/../../x", ".", "", "a\\b", "a\0b"]) view.bytes(path);
    expect(asked).toEqual([]);
    expect(plainPath("a/./b/../c")).toBe("a/c");
  });

  it("are no text when they are too large, binary or not UTF-8", () => {
    const view = holding({
      large: new Uint8Array(1024 * 1024 + 1),
      binary: new Uint8Array([0x61, 0]),
      latin: new Uint8Array([0xe4]),
    });
    expect([view.bytes("large"), view.text("binary"), view.text("latin")]).toEqual([undefined, undefined, undefined]);
    expect(view.bytes("latin")).toEqual(new Uint8Array([0xe4]));
  });

  it("come with the workflow", () => {
    const bytes = encoder.encode("on: push\njobs: {}\n");
    const view = holding({});
    const [given, none] = [readWorkflow("a.yml", bytes, view), readWorkflow("a.yml", bytes)];
    expect(given.ok && given.workflow?.repository).toBe(view);
    expect(none.ok && none.workflow?.repository).toBe(noRepository);
  });
});

describe("a local action", () => {
  const view = holding({
    ".github/actions/label/action.yml": "runs: { using: node20, main: dist/index.js, post: ./dist/../after.js }\n",
    "setup/action.yaml": "runs: { using: composite, steps: [] }\n",
    "action.yml": "runs: { using: node24, main: index.js }\n",
    "broken/action.yml": "runs: [\n",
    "outside/action.yml": "runs: { using: node20, main: ../../x.js }\n",
  });

  it("says what it runs", () => {
    expect(localAction(view, "./.github/actions/label")).toEqual({
      path: ".github/actions/label/action.yml",
      using: "node20",
      programs: [".github/actions/label/dist/index.js", ".github/actions/label/after.js"],
    });
    expect(localAction(view, "./setup/")).toEqual({ path: "setup/action.yaml", using: "composite", programs: [] });
    expect(localAction(view, "./")).toEqual({ path: "action.yml", using: "node24", programs: ["index.js"] });
    expect(localAction(view, "./outside")?.programs).toEqual([]);
  });

  it("is unknown elsewhere, where nothing is there and where it cannot be read", () => {
    expect(["actions/checkout", "./gone", "./broken", "./../x"].map((uses) => localAction(view, uses))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
