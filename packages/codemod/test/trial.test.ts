import { applyEdits, openYaml, type Edit, type YamlFile } from "@ci-fix/yaml-editor";
import { describe, expect, it } from "vitest";
import { refusalsOf } from "../src/trial.ts";

function opened(text: string): YamlFile {
  const result = openYaml(new TextEncoder().encode(text));
  if (!result.ok) throw new Error(result.refusals[0]?.message);
  return result.file;
}

/** The refusals, and how often the editor was asked for them. */
function tried(file: YamlFile, changes: readonly (readonly Edit[])[]) {
  let tries = 0;
  const refusals = refusalsOf(file, changes, (...asked) => {
    tries += 1;
    return applyEdits(...asked);
  });
  return { refusals, tries };
}

const charts = (count: number): YamlFile =>
  opened(Array.from({ length: count }, (_, index) => `chart-${index}: { size: 1, color: red }\n`).join(""));
const uncolor = (index: number): readonly Edit[] => [{ kind: "delete", path: [0, `chart-${index}`, "color"] }];
const indexes = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

describe("trying many changes", () => {
  it.each([1, 100, 400])("asks the editor once where all %i can be made", (count) => {
    expect(tried(charts(count), indexes(count).map(uncolor))).toEqual({ refusals: new Map(), tries: 1 });
  });

  it("asks nothing where there is nothing to try", () => {
    expect(tried(charts(1), [])).toEqual({ refusals: new Map(), tries: 0 });
  });

  it("names those that are no good by themselves without trying each", () => {
    const changes = indexes(200).map((index) => uncolor(index % 2 === 0 ? index : index + 1_000));
    const { refusals, tries } = tried(charts(200), changes);
    expect([...refusals.keys()]).toEqual(indexes(200).filter((index) => index % 2 === 1));
    expect(refusals.get(7)).toMatchObject({ code: "no-such-target" });
    expect(tries).toBe(2);
  });

  it("finds the one among many that the check refuses", () => {
    const wrong: readonly Edit[] = [{ kind: "insert-key", path: [0, "chart-77"], key: "size", value: 2 }];
    const changes = indexes(100).map((index) => (index === 77 ? wrong : uncolor(index)));
    const { refusals, tries } = tried(charts(100), changes);
    expect([...refusals.keys()]).toEqual([77]);
    expect(tries).toBeLessThanOrEqual(15);
  });

  it("lets changes pass that are only refused together", () => {
    const file = opened("chart:\n  size: 1\n  color: red\nmap: large\n");
    const first: readonly Edit[] = [{ kind: "set", path: [0, "map"], value: "small" }];
    const second: readonly Edit[] = [{ kind: "set", path: [0, "map"], value: "tiny" }];
    expect(applyEdits(file, [...first, ...second]).ok).toBe(false);
    expect(tried(file, [first, second, [{ kind: "delete", path: [0, "chart", "color"] }]]).refusals).toEqual(new Map());
  });

  it("refuses what only passes beside another change", () => {
    const file = opened("legend: &style { font: sans }\ntitle: *style\nsize: 1\n");
    const legend: readonly Edit[] = [{ kind: "delete", path: [0, "legend"] }];
    const title: readonly Edit[] = [{ kind: "delete", path: [0, "title"] }];
    expect(applyEdits(file, [...legend, ...title]).ok).toBe(true);
    const { refusals } = tried(file, [title, legend]);
    expect(refusals).toEqual(new Map([[1, refused(file, legend)]]));
  });

  it("stops trying where next to everything is refused, and makes nothing that was not tried", () => {
    const long = `note: ${"very ".repeat(200_000)}long\n`;
    const file = opened(
      `${long}${indexes(200)
        .map((index) => `chart-${index}: { size: 1 }\n`)
        .join("")}`,
    );
    const twice = (index: number): readonly Edit[] => [
      { kind: "insert-key", path: [0, `chart-${index}`], key: "size", value: 2 },
    ];
    const { refusals, tries } = tried(file, indexes(200).map(twice));
    expect(refusals.size).toBe(200);
    expect(tries).toBe(16);
    expect([...refusals.values()].at(-1)?.message).toBe(
      "too many changes of the file cannot be made to try each of them",
    );
  });

  it("says of each change what the editor says of it alone", () => {
    const file = opened("a: &shared { size: 1 }\nb: *shared\nc: { size: 1, size: 2 }\nd: { size: 1 }\n");
    const changes = ["a", "b", "c", "d", "e"].map((key): readonly Edit[] => [
      { kind: "set", path: [0, key, "size"], value: 9 },
    ]);
    const { refusals } = tried(file, changes);
    for (const [index, change] of changes.entries())
      expect(refusals.get(index)?.code).toBe(refused(file, change)?.code);
    expect(new Set(refusals.keys())).toEqual(new Set([0, 1, 2, 4]));
  });
});

function refused(file: YamlFile, edits: readonly Edit[]) {
  const result = applyEdits(file, edits);
  return result.ok ? undefined : result.refusals[0];
}
