import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codemods } from "@ci-fix/runner";
import { describe, expect, it } from "vitest";
import { root } from "./scratch-repository.ts";

// What git leaves behind of another branch (an ignored dist/) is no codemod.
const folders = readdirSync(join(root, "codemods")).filter((name) =>
  existsSync(join(root, "codemods", name, "package.json")),
);
const headings = [
  "What it does",
  "Why is this a risk?",
  "Example",
  "Fix safety",
  "What it leaves alone",
  "Commit message",
  "References",
];

const read = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");

it("the page of the command line says what the help says; `npm run generate` brings it into step", () => {
  const script = `import { commandLinePage } from "./scripts/steps/command-line.mjs"; process.stdout.write(await commandLinePage());`;
  const page = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: root,
    encoding: "utf8",
  });
  expect(read("docs", "command-line.md")).toBe(page);
});

it("generated files are in step with what they are made from", () => {
  const script = join(root, "scripts", "generate.mjs");
  expect(() => execFileSync(process.execPath, [script, "--check"], { encoding: "utf8", stdio: "pipe" })).not.toThrow();
});

it("every codemod is registered, under the name of its folder", () => {
  expect(codemods.map(({ meta }) => meta.id)).toEqual(folders.toSorted());
});

it("no two codemods have a class of the same name", () => {
  const classes = codemods.flatMap(({ meta }) => meta.classes.map(({ id }) => id));
  expect(classes).toEqual([...new Set(classes)]);
});

describe.each(codemods.map((codemod) => [codemod.meta.id, codemod] as const))("%s", (id, { meta }) => {
  const fixtures = readdirSync(join(root, "codemods", id, "fixtures"));

  it("runs its fixtures in a test", () => {
    const tests = readdirSync(join(root, "codemods", id, "test")).filter((name) => name.endsWith(".test.ts"));
    expect(tests.some((name) => read("codemods", id, "test", name).includes("describeCodemod("))).toBe(true);
  });

  it("has a page with every heading, in order", () => {
    const found = [...read("docs", "classes", `${id}.md`).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(found.filter((heading) => headings.includes(heading ?? ""))).toEqual(headings);
  });

  it("takes the example of its page from a fixture that is there", () => {
    const example = read("docs", "classes", `${id}.md`).split("## Example")[1]?.split("\n## ")[0] ?? "";
    const named = example.match(/\b(?:fix|keep|skip|report)-[a-z0-9-]+/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !fixtures.includes(name))).toEqual([]);
  });

  it("names each of its classes on its page", () => {
    const page = read("docs", "classes", `${id}.md`);
    expect(meta.classes.filter((each) => !page.includes(`\`${each.id}\``))).toEqual([]);
  });

  it("says the same of itself in package.json as to its users", () => {
    const { name, description } = JSON.parse(read("codemods", id, "package.json")) as Record<string, string>;
    expect({ name, description }).toEqual({ name: `@ci-fix/${id}`, description: meta.summary });
  });

  it("speaks in lines that fit a table and a sentence", () => {
    for (const line of [meta.summary, ...meta.classes.map(({ summary }) => summary)]) {
      expect(line).toMatch(/^\S[^\n|]{10,140}[^.\s]$/);
    }
  });
});

describe("what the documents point to is there", () => {
  const documents = [
    "README.md",
    "CONTRIBUTING.md",
    ...readdirSync(join(root, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ];

  it.each(documents)("%s", (document) => {
    const folder = join(root, document, "..");
    const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link ?? "");
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });

  it("every script that a document names can be run", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/npm run ([a-z-]+)/g)].map(([, name]) => name ?? ""),
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
