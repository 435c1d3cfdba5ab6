import { readWorkflow, type Job, type Workflow } from "@ci-fix/workflow";
import { expect } from "vitest";
import { proveFix } from "../src/certificate/prove.ts";
import { Oracle, type Answer } from "../src/check/oracle.ts";
import { Playground } from "../src/check/play.ts";
import { termIn, type Choice } from "../src/engine/cases.ts";
import { Diagrams, type Diagram } from "../src/engine/diagram.ts";
import { Logic } from "../src/engine/logic.ts";
import { Files, reachable, type Load } from "../src/model/files.ts";
import { walkJobs, type JobEnd } from "../src/model/job-walk.ts";
import { matrixPaths } from "../src/model/matrix-legs.ts";
import { stepNames } from "../src/model/names.ts";
import type { StepEnd } from "../src/model/step-walk.ts";
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
  return both(text, told, load).seen;
}

/** The names of the steps that run in one case, but for those of called workflows; in both models. */
export function ran(text: string, told: Case = {}, load?: Load): readonly string[] {
  return both(text, told, load).ran;
}

interface Told {
  readonly seen: Readonly<Record<string, string>>;
  readonly ran: readonly string[];
}

function both(text: string, told: Case, load: Load | undefined): Told {
  const plain = played(text, told, load);
  expect(proved(text, told, load), "the prover's model against the checker's").toEqual(plain);
  return plain;
}

/** Answers as usual but for what it was told, and notes which steps were asked how they end. */
class Listener extends Oracle {
  readonly ran: string[] = [];

  override ask(...[kind, key, domain]: Parameters<Oracle["ask"]>): Answer {
    if (kind === "outcome" && key.includes(" / ")) this.ran.push(key);
    return super.ask(kind, key, domain);
  }
}

function played(text: string, told: Case, load: Load | undefined): Told {
  const file = open(text);
  const kinds = ["outcome", "value", "answer"];
  const answers = new Map(
    Object.entries(told).flatMap(([key, value]) => kinds.map((kind) => [`${kind} ${key}`, value] as const)),
  );
  const oracle = new Listener(answers, () => 0);
  const { before } = new Playground(file, file, load).play(oracle);
  const calling = file.jobs.filter(({ calls }) => calls !== undefined).map(({ id }) => id);
  const own = oracle.ran.filter((key) => !calling.some((id) => key.startsWith(`${id} / `)));
  return { seen: Object.fromEntries(before), ran: [...new Set(own)].sort() };
}

/** A workflow in all cases at once. */
export function modelOf(
  file: Workflow,
  load?: Load,
): { readonly logic: Logic; readonly ends: ReadonlyMap<string, JobEnd> } {
  const logic = new Logic(new Diagrams());
  const vocabulary = new Vocabulary();
  const files = new Files(load);
  for (const job of reachable(files, file.jobs)) vocabulary.add(job);
  const symbolic = new Symbolic(logic, vocabulary);
  const isUntouched = (): boolean => false;
  const matrixPathsOf = (job: Job): readonly string[] | undefined => matrixPaths([job]);
  const assumptions = new Set<string>();
  const world = {
    logic,
    vocabulary,
    files,
    scripts: noScripts,
    namesOf: stepNames,
    symbolic,
    assumptions,
    isUntouched,
    matrixPathsOf,
  };
  return { logic, ends: walkJobs(world, file.jobs, { prefix: "", depth: 0 }) };
}

function proved(text: string, told: Case, load: Load | undefined): Told {
  const file = open(text);
  const { logic, ends } = modelOf(file, load);
  const choices: Choice[] = logic.diagrams.variables.flatMap((variable) => {
    const term = told[variable.key];
    return term === undefined ? [] : [{ variable, term }];
  });
  const at = (diagram: Diagram): string => String(termIn(logic.diagrams, diagram, choices));
  const needed = new Set(file.jobs.flatMap(({ needs }) => needs.ids.map((id) => id.toLowerCase())));
  const found: Record<string, string> = {};
  const results = [...ends].map(([id, end]) => {
    for (const [name, check] of end.checks) found[`check of ${name}`] = at(check);
    if (needed.has(id)) found[`needs.${id}.result`] = at(end.result);
    return at(end.result);
  });
  const variables = new Set(logic.diagrams.variables.map(({ key }) => key));
  const running = (list: readonly StepEnd[]): readonly StepEnd[] =>
    list.filter(({ runs }) => at(runs) === "true").flatMap((step) => [step, ...running(step.inner)]);
  const units = [...ends.values()].flatMap((end) => (at(end.runs) === "true" ? running(end.steps) : []));
  const isRed = results.includes("failure");
  return {
    seen: { ...found, run: isRed ? "failure" : "success" },
    ran: [...new Set(units.map(({ name }) => name).filter((name) => variables.has(name)))].sort(),
  };
}

export function prove(before: string, after: string, options: Partial<ProofInput> = {}): Proof {
  return proveFix({ file: path, before: bytes(before), after: bytes(after), ...options });
}

export function claim({ certificate }: Proof, name: ClaimName): Claim {
  const found = certificate.claims.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no claim ${name}`);
  return found;
}
