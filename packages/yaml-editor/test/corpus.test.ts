import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { applyEdits, openYaml, type YamlFile } from "../src/index.ts";

const root = fileURLToPath(new URL("../../../../shared/corpus/repos", import.meta.url));
const SAMPLE = 60;

function sampleFiles(): string[] {
  const names = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/u.test(name))
    .toSorted();
  const stride = Math.max(1, Math.floor(names.length / SAMPLE));
  return names.filter((_name, index) => index % stride === 0).map((name) => path.join(root, name));
}

const variants: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "with CRLF": (text) => text.replaceAll(/\r?\n/gu, "\r\n"),
  "with a byte order mark": (text) => `\uFEFF${text}`,
  "without final newline": (text) => text.replace(/\r?\n$/u, ""),
};

function open(text: string): YamlFile | undefined {
  const opened = openYaml(new TextEncoder().encode(text));
  return opened.ok ? opened.file : undefined;
}

describe.skipIf(!existsSync(root))("real files", () => {
  test.each(Object.entries(variants))(
    "%s: nothing changes without edits, and a deletion keeps the rest",
    (_name, variant) => {
      let opened = 0;
      for (const [number, name] of sampleFiles().entries()) {
        const text = variant(readFileSync(name, "utf8"));
        const file = open(text);
        if (!file) continue;
        opened += 1;
        expect(applyEdits(file, [])).toMatchObject({ ok: true, text });
        const steps = [...file.walk()].filter((child) => child.path.at(-2) === "jobs" || child.path.at(-2) === "steps");
        const child = steps[number % Math.max(1, steps.length)];
        const result = child && applyEdits(file, [{ kind: "delete", path: child.path }]);
        if (!child || !result?.ok) continue;
        const expected = structuredClone(load(text.replace(/^\uFEFF/u, ""))) as Record<string | number, unknown>;
        let parent = expected;
        for (const key of child.path.slice(1, -1)) parent = parent[key] as Record<string | number, unknown>;
        if (Array.isArray(parent)) parent.splice(Number(child.path.at(-1)), 1);
        else delete parent[child.path.at(-1) ?? ""];
        expect(load(result.text.replace(/^\uFEFF/u, ""))).toEqual(expected);
      }
      expect(opened).toBeGreaterThan(SAMPLE / 2);
    },
  );
});
