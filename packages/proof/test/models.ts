import { readWorkflow, type Workflow } from "@ci-fix/workflow";
import { expect } from "vitest";
import { proveFix } from "../src/certificate/prove.ts";
import { usualOracle } from "../src/check/oracle.ts";
import { Playground } from "../src/check/play.ts";
import { termIn, type Choice } from "../src/engine/cases.ts";
import { Diagrams } from "../src/engine/diagram.ts";
import { Logic } from "../src/engine/logic.ts";
import { Files, reachable, type Load } from "../src/model/files.ts";
import { walkJobs } from "../src/model/job-walk.ts";
import { matrixPaths } from "../src/model/matrix-legs.ts";
import { Symbolic } from "../src/model/symbolic.ts";
import { noScripts } from "../src/script-model.ts";
import type { Claim, ClaimName, Proof, ProofInput } from "../src/types.ts";
import { Vocabulary } from "../src/variables/vocabulary.ts";

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const path = ".github/workflows/ci.yml";

/** A workflow with these lines under `jobs:`. */
export function workflow(jobs: string): string {
  const lines = jobs.replace(/^\n/u, "").replace(/\s+$/u, "").split("\n");
  const indent = /^ */u.exec(lines[0] ?? "")?.[0].length ?? 0;
  return `on: push\njobs:\n${lines.map((line) => `  ${line.slice(indent)}`.trimEnd()).join("\n")}\n`;
}

/** A workflow with one job `unit` that has these lines under `steps:`. */
export function steps(lines: string): string {
  const body = lines.replace(/^\n/u, "").replace(/\s+$/u, "").split("\n");
  const indent = /^ */u.exec(body[0] ?? "")?.[0].length ?? 0;
  return workflow(
    ["unit:", "  runs-on: ubuntu-latest", "  steps:", ...body.map((line) => `    ${line.slice(indent)}`)].join("\n"),
  );
}

export function open(text: string): Workflow {
  const read = readWorkflow(path, bytes(text));
  if (!read.ok || read.workflow === undefined) throw new Error(`no workflow:\n${text}`);
  return read.workflow;
}

/** What happens in one case: which outcomes and values are not the usual ones, by key. */
export type Case = Readonly<Record<string, string | number | boolean>>;

/** What both models see of a workflow in one case, by the name of the observable. They must agree. */
export function seen(text: string, told: Case = {}, load?: Load): Readonly<Record<string, string>> {
  const plain = played(text, told, load);
  expect(proved(text, told, load), "the prover's model against the checker's").toEqual(plain);
  return plain;
}

function played(text: string, told: Case, load: Load | undefined): Readonly<Record<string, string>> {
  const file = open(text);
  const kinds = ["outcome", "value", "answer"];
  const answers = new Map(
    Object.entries(told).flatMap(([key, value]) => kinds.map((kind) => [`${kind} ${key}`, value] as const)),
  );
  const { before } = new Playground(file, file, load).play(usualOracle(answers));
  return Object.fromEntries(before);
}

function proved(text: string, told: Case, load: Load | undefined): Readonly<Record<string, string>> {
  const file = open(text);
  const logic = new Logic(new Diagrams());
  const vocabulary = new Vocabulary();
  const files = new Files(load);
  const all = new Set(file.jobs.map(({ id }) => id.toLowerCase()));
  for (const job of reachable(files, file, all, () => false)) vocabulary.add(job);
  const ends = walkJobs(
    {
      logic,
      vocabulary,
      files,
      scripts: noScripts,
      symbolic: new Symbolic(logic, vocabulary),
      assumptions: new Set(),
      isUntouched: () => false,
      matrixPathsOf: (job) => matrixPaths([job]),
    },
    file.jobs,
    { prefix: "", depth: 0 },
  );
  const choices: Choice[] = logic.diagrams.variables.flatMap((variable) => {
    const term = told[variable.key];
    return term === undefined ? [] : [{ variable, term }];
  });
  const needed = new Set(file.jobs.flatMap(({ needs }) => needs.ids.map((id) => id.toLowerCase())));
  const found: Record<string, string> = {};
  const results = [...ends].map(([id, end]) => {
    for (const [name, check] of end.checks) found[`check of ${name}`] = String(termIn(logic.diagrams, check, choices));
    const result = String(termIn(logic.diagrams, end.result, choices));
    if (needed.has(id)) found[`needs.${id}.result`] = result;
    return result;
  });
  return { ...found, run: results.includes("failure") ? "failure" : "success" };
}

export function prove(before: string, after: string, options: Partial<ProofInput> = {}): Proof {
  return proveFix({ file: path, before: bytes(before), after: bytes(after), ...options });
}

export function claim({ certificate }: Proof, name: ClaimName): Claim {
  const found = certificate.claims.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no claim ${name}`);
  return found;
}
