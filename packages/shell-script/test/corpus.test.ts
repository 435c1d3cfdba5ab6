import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eachStep, isCiFile, readWorkflow } from "@ci-fix/workflow";
import { describe, expect, it } from "vitest";
import { maskExpressions, optionsOf, shellScriptOf } from "../src/index.ts";
import { hasBash } from "./real-shell.ts";

const corpus = fileURLToPath(new URL("../../../../shared/corpus/repos", import.meta.url));

describe.skipIf(!existsSync(corpus) || !hasBash)("scripts of real workflows", () => {
  it("parse where bash takes them, and their commands stand where they are said to stand", { timeout: 600_000 }, () => {
    const files = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((file) => isCiFile(file));
    let parsed = 0;
    const refused: string[] = [];
    for (const file of files) {
      const read = readWorkflow(file, readFileSync(join(corpus, file)));
      if (!read.ok || read.workflow === undefined) continue;
      for (const step of eachStep(read.workflow)) {
        if (step.script === undefined || optionsOf(step.shell) === undefined) continue;
        const script = shellScriptOf(step);
        if (script === undefined) {
          refused.push(step.script.text);
          continue;
        }
        parsed += 1;
        const ends = script.commands.map(({ span }) => span.end);
        expect(Math.max(0, ...ends)).toBeLessThanOrEqual(script.text.length);
        for (const { words, wordSpans, isPlaced } of script.commands) {
          const [first] = wordSpans;
          if (!isPlaced || first === undefined || !/^[\w./-]+$/u.test(words[0] ?? "")) continue;
          expect(script.text.slice(first.start, first.end).replace(/\W/gu, "")).toBe(words[0]?.replace(/\W/gu, ""));
        }
      }
    }
    expect(parsed).toBeGreaterThan(10_000);
    const taken = refused.filter(
      (text) => spawnSync("bash", ["-n"], { input: maskExpressions(text) }).stderr.length === 0,
    );
    expect(taken).toEqual([]);
  });
});
