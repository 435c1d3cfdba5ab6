import { matchRegister, planRegisterUpdate, readRegister, type LocatedFinding, type Register } from "@ci-fix/register";
import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { type PlannedWorkflow, workflows, written } from "./planned-workflow.ts";
import { bytes, decoded, findingsIn } from "./small-codemods.ts";

const FILES = [".github/workflows/orchard.yml", ".github/workflows/press.yml"] as const;
const policy = { milestone: "M03", date: "2026-02-08", critical: [], bestEffort: [] };
const RUNS = { numRuns: 40 };

type Repository = readonly [first: PlannedWorkflow, second: PlannedWorkflow];

/** Two workflows with soft-fails here and there. */
const repositories: fc.Arbitrary<Repository> = fc.tuple(workflows, workflows);

function findings([first, second]: Repository): readonly LocatedFinding[] {
  return findingsIn({ [FILES[0]]: written(first), [FILES[1]]: written(second) });
}

const comments = fc.constantFrom("", "  # asked twice\n", "\n  # --- the press ---\n", "\n");
const places = fc.record({
  file: fc.constantFrom(...FILES, "orchard.yml"),
  job: fc.constantFrom("press", "unit", "lint"),
  step: fc.option(fc.constantFrom("Press", "'Run tests' # loud", '"Label: big"', "Weigh"), { nil: undefined }),
});
const entry = fc.record({
  comment: comments,
  number: fc.integer({ min: 1, max: 40 }),
  places: fc.array(places, { minLength: 1, maxLength: 3 }),
});

/** A register as a person might write it: no fingerprints, comments in between, one target or several. */
const registers: fc.Arbitrary<string> = fc
  .uniqueArray(entry, { maxLength: 5, selector: ({ number }) => number })
  .map(
    (entries) =>
      `# by hand\nversion: 1\nrisks:${entries.length === 0 ? " []" : ""}\n${entries.map(entryText).join("")}# the end\n`,
  );

function entryText({
  comment,
  number,
  places: [first, ...others],
}: typeof entry extends fc.Arbitrary<infer Entry> ? Entry : never): string {
  const head = `${comment}  - id:   M03-R${String(number).padStart(2, "0")} # as told\n`;
  if (first === undefined) return head;
  if (others.length === 0) return `${head}${placeText(first, "    ")}`;
  return `${head}    targets:\n${[first, ...others].map((place) => placeText(place, "        ").replace("        ", "      - ")).join("")}`;
}

function placeText(
  { file, job, step }: { file: string; job: string; step: string | undefined },
  indent: string,
): string {
  return `${indent}file: ${file}\n${indent}job:  ${job}\n${step === undefined ? "" : `${indent}step: ${step}\n`}`;
}

function read(text: string): Register {
  const result = readRegister(bytes(text));
  if (!result.ok) throw new Error(`${JSON.stringify(result.problems)}\n${text}`);
  return result.register;
}

function update(register: string | undefined, found: readonly LocatedFinding[]): string {
  return decoded(planRegisterUpdate(register === undefined ? undefined : bytes(register), found, policy).bytes);
}

test("a second update gives the same bytes, and has nothing to tell", () => {
  fc.assert(
    fc.property(fc.option(registers, { nil: undefined }), repositories, (register, repository) => {
      const found = findings(repository);
      const once = update(register, found);
      const again = planRegisterUpdate(bytes(once), found, policy);
      expect(decoded(again.bytes)).toBe(once);
      expect(again).toMatchObject({ added: [], fixed: [], reopened: [], filled: [] });
    }),
    RUNS,
  );
});

test("every line of a hand-written register survives, in its order", () => {
  fc.assert(
    fc.property(registers, repositories, (register, repository) => {
      const found = findings(repository);
      const lines = update(register, found).split("\n");
      let next = 0;
      for (const line of register.split("\n")) {
        // A bare file name is completed, and an empty list gets its first item; nothing else of a line changes.
        const kept = [line, line.replace(/ orchard\.yml$/u, ` ${FILES[0]}`), line.replace("risks: []", "risks:")];
        const at = lines.findIndex((candidate, index) => index >= next && kept.includes(candidate));
        expect(at, line).toBeGreaterThanOrEqual(next);
        next = at + 1;
      }
    }),
    RUNS,
  );
});

test("afterwards every actionable finding has one id, and the ids go on after the highest", () => {
  fc.assert(
    fc.property(registers, repositories, (register, repository) => {
      const found = findings(repository);
      const before = read(register).risks.map(({ id }) => Number(id.slice(5)));
      const { added, bytes: result } = planRegisterUpdate(bytes(register), found, policy);
      const highest = Math.max(0, ...before);
      expect(added.map(({ id }) => id)).toEqual(
        added.map((_, index) => `M03-R${String(highest + 1 + index).padStart(2, "0")}`),
      );
      const match = matchRegister(read(decoded(result)), found, { renames: false });
      expect(match.unregistered).toEqual([]);
      const ofRisks = match.risks.flatMap((risk) => risk.findings);
      expect(new Set(ofRisks).size).toBe(ofRisks.length);
    }),
    RUNS,
  );
});

test("ids stay with their findings while the repository changes", () => {
  fc.assert(
    fc.property(repositories, repositories, (before, after) => {
      const [now, later] = [findings(before), findings(after)];
      const first = update(undefined, now);
      const ids = idsByFingerprint(first, now);
      const second = update(first, later);
      for (const [fingerprint, id] of idsByFingerprint(second, later)) expect(ids.get(fingerprint) ?? id).toBe(id);
      const third = update(second, now);
      for (const [fingerprint, id] of idsByFingerprint(third, now))
        expect(idsByFingerprint(second, later).get(fingerprint) ?? id).toBe(id);
    }),
    RUNS,
  );
});

test("what is written another parser reads alike", () => {
  const names = fc.string({ unit: "binary", minLength: 1, maxLength: 30 }).filter((name) => name.trim() !== "");
  fc.assert(
    fc.property(names, (name) => {
      const [first] = findingsIn({ [FILES[0]]: written([{ id: "press", steps: [{ name: "Press", soft: true }] }]) });
      if (first?.finding.unit.kind !== "step") throw new Error("no step");
      const found = [
        {
          ...first,
          finding: { ...first.finding, message: `step ${name} soft-fails`, unit: { ...first.finding.unit, name } },
        },
      ];
      const text = update(undefined, found);
      expect(load(text)).toMatchObject({ risks: [{ step: name }] });
      expect(update(text, found)).toBe(text);
    }),
    RUNS,
  );
});

function idsByFingerprint(register: string, found: readonly LocatedFinding[]): ReadonlyMap<string, string> {
  return new Map(Array.from(matchRegister(read(register), found).ids, ([located, id]) => [located.fingerprint, id]));
}
