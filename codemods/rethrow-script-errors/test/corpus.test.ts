import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { editsOf } from "@ci-fix/codemod";
import { testPolicy } from "@ci-fix/codemod/testkit";
import { flawsOf } from "@ci-fix/js-script";
import codemod from "@ci-fix/rethrow-script-errors";
import { eachStep, isCiFile, readWorkflow } from "@ci-fix/workflow";
import { applyEdits } from "@ci-fix/yaml-editor";
import { describe, expect, it } from "vitest";
import { inlineScript } from "../src/scripts.ts";

const corpus = fileURLToPath(new URL("../../../../shared/corpus/repos/", import.meta.url));

describe.runIf(existsSync(corpus))("scripts of real workflows", () => {
  it("stay as they are but for the edits, and parse afterwards", () => {
    let scripts = 0;
    let unread = 0;
    for (const path of readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter(isCiFile)) {
      const bytes = readFileSync(join(corpus, path));
      if (!bytes.includes("github-script")) continue;
      const read = readWorkflow(path, bytes);
      if (!read.ok || read.workflow === undefined) continue;
      const { workflow } = read;
      for (const step of eachStep(workflow)) {
        const scalar = inlineScript(step);
        if (scalar === undefined) continue;
        scripts += 1;
        if (flawsOf(scalar.text) === undefined) unread += 1;
      }
      const edits = editsOf([...codemod.find(workflow, testPolicy)]);
      const applied = applyEdits(workflow.file.yaml, edits);
      expect(applied.ok, path).toBe(true);
      if (!applied.ok) continue;
      if (edits.length === 0) expect(applied.text, path).toBe(workflow.file.yaml.text);
      expect(applied.removedComments, path).toEqual([]);
      const again = readWorkflow(path, applied.bytes);
      for (const step of again.ok && again.workflow !== undefined ? eachStep(again.workflow) : []) {
        const scalar = inlineScript(step);
        if (scalar !== undefined && edits.some((edit) => edit.path.join() === scalar.path.join()))
          expect(flawsOf(scalar.text), `${path}: ${step.label}`).toBeDefined();
      }
    }
    expect(scripts).toBeGreaterThan(100);
    expect(unread).toBeLessThan(scripts / 50);
  });
});
