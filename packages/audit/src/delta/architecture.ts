import type { Workflow } from "@ci-fix/workflow";
import { deadJobs } from "../tree.ts";
import type { Answer, Architecture, DeferredEntry, Issue, RegisterEntry } from "../types.ts";
import { count, listed, named } from "../words.ts";
import { touchedWorkflows } from "./determinism.ts";
import { isCi, type Range } from "./range.ts";
import { touchedSurfaces } from "./surfaces.ts";

interface Given {
  readonly range: Range;
  readonly issues: readonly Issue[];
  readonly deferred: readonly DeferredEntry[];
  readonly register: readonly RegisterEntry[];
}

/** Section 4: what can be told of the structure from paths and workflows. */
export function architectureOf({ range, issues, deferred, register }: Given): Architecture {
  const sides = touchedWorkflows(range);
  const sum = (workflows: readonly Workflow[], of: (workflow: Workflow) => number): number =>
    workflows.reduce((total, workflow) => total + of(workflow), 0);
  const pair = (of: (workflow: Workflow) => number): readonly [number, number] => [
    sum(sides.before, of),
    sum(sides.after, of),
  ];
  const edges = pair(({ jobs }) => jobs.reduce((total, { needs }) => total + needs.ids.length, 0));
  const dead = pair((workflow) => deadJobs(workflow).size);
  const calls = pair(({ jobs }) => jobs.filter(({ calls: called }) => called !== undefined).length);
  const behind = register
    .filter(({ id, status }) => status === "fixed" && statusWritten(range, id) === "open")
    .map(({ id }) => id);
  return {
    answers: [
      boundaries(range),
      moved("Coupling added that blocks extraction?", edges, "needs between jobs"),
      moved("Dead abstractions created?", dead, "jobs that can never run"),
      moved("Layering leaks?", calls, "calls of other workflows"),
      {
        question: "Documents to update?",
        verdict: behind.length === 0 ? "good" : "note",
        answer:
          behind.length === 0
            ? "No: the register says what the files say."
            : `Yes: the register still calls ${listed(behind)} open; \`ci-fix register update\` brings it into step.`,
      },
    ],
    keep: range.proofs.map(({ id, change }) => `${id}: ${change}`),
    fixNow: issues.map(({ id, finding }) => `${id}: ${finding.message} (${named(finding.file)})`),
    defer: deferred.filter(({ status }) => status === "open").map(({ id, issue }) => `${id}: ${issue}`),
  };
}

function statusWritten({ after }: Range, id: string): string | undefined {
  return after.tree.match.risks.find(({ risk }) => risk.id === id)?.risk.status;
}

function boundaries({ files }: Range): Answer {
  const question = "Boundary violations introduced?";
  const surfaces = touchedSurfaces(files);
  if (surfaces.length > 0)
    return {
      question,
      verdict: "note",
      answer: `Cannot be told from paths: ${listed(surfaces.map(({ name }) => name))} touched (${count(surfaces.flatMap((each) => each.files).length, "file")}).`,
    };
  return {
    question,
    verdict: "good",
    answer: `No: ${files.every(isCi) ? "only CI files were touched" : "no file of production code was touched"}.`,
  };
}

function moved(question: string, [before, after]: readonly [number, number], what: string): Answer {
  const numbers =
    before === after
      ? `${after} ${what} in the touched files, as before`
      : `${what} in the touched files: ${before} before, ${after} after`;
  if (after > before) return { question, verdict: "note", answer: `Yes: ${numbers}.` };
  return { question, verdict: "good", answer: `No: ${numbers}.` };
}
