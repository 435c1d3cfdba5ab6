import { remarksOn } from "@ci-fix/judgement";
import type { Job, Step } from "@ci-fix/workflow";
import { isSilent } from "../facts/finding.ts";
import { pinningOf } from "../facts/pinning.ts";
import { declaresPermissions, scannersIn } from "../facts/scanners.ts";
import { isSoft } from "../full/taxonomy.ts";
import { workOfCall, workOfStep } from "../inventory/purpose.ts";
import type { Judged } from "../inventory/workflow-facts.ts";
import { deadJobs, unitKey, type Tree } from "../tree.ts";
import type { Inventory, Scores, ScoreTerm } from "../types.ts";

/** What the scores of one tree are worked out from. */
export interface Measured {
  readonly tree: Tree;
  readonly found: readonly Judged[];
  readonly inventory: Inventory;
  /** Consumer surfaces touched and checks that are gone; undefined where there is no base to compare with. */
  readonly compat: { readonly surfaces: number; readonly checks: number } | undefined;
  /** The five yes-or-no questions of the docs score, with their answers. */
  readonly records: readonly (readonly [question: string, isSo: boolean])[];
  /** Invariants besides INV-060 that are known, and how many of them hold. */
  readonly invariants: { readonly known: number; readonly held: number };
}

/** The eight scores of docs/audit.md with their working. Rounded half up to one decimal. */
export function scoreTerms(measured: Measured): readonly ScoreTerm[] {
  return [
    invariants(measured),
    compat(measured),
    arch(measured),
    ci(measured),
    sec(measured),
    tests(measured),
    dx(measured),
    docs(measured),
  ];
}

export function scoresOf(terms: readonly ScoreTerm[]): Scores {
  const value = (name: ScoreTerm["name"]): number | null => terms.find((term) => term.name === name)?.value ?? null;
  const scored = terms.flatMap((term) => term.value ?? []);
  return {
    invariants: value("invariants"),
    compat: value("compat"),
    arch: value("arch"),
    ci: value("ci"),
    sec: value("sec"),
    tests: value("tests"),
    dx: value("dx"),
    docs: value("docs"),
    overall: scored.length === 0 ? null : rounded(scored.reduce((sum, one) => sum + one, 0) / scored.length),
  };
}

export function rounded(value: number): number {
  // Binary fractions: 0.05 must round up as it does by hand.
  return Math.round((value + 1e-9) * 10) / 10;
}

function unscored(name: ScoreTerm["name"], why: string): ScoreTerm {
  return { name, value: null, numbers: "", what: why };
}

function share(name: ScoreTerm["name"], part: number, whole: number, what: string): ScoreTerm {
  return { name, value: rounded((5 * part) / whole), numbers: `5 × ${part} ÷ ${whole}`, what };
}

function invariants({ found, inventory, invariants: { known, held } }: Measured): ScoreTerm {
  const dirty = new Set(
    found
      .filter(([located, { state }]) => isSilent(located) && (state === "open" || state === "person"))
      .map(([{ file }]) => file),
  );
  const whole = inventory.list.length;
  if (whole === 0) return unscored("invariants", "there is no CI file");
  const clean = inventory.list.filter(({ file }) => !dirty.has(file)).length;
  const value = rounded((5 * (clean / whole + held)) / (1 + known));
  const others = known === 0 ? "" : `, and ${held} of ${known} other invariants hold`;
  const numbers = known === 0 ? `5 × ${clean} ÷ ${whole}` : `5 × (${clean} ÷ ${whole} + ${held}) ÷ ${1 + known}`;
  return { name: "invariants", value, numbers, what: `CI files in which INV-060 holds${others}` };
}

function compat({ compat: touched }: Measured): ScoreTerm {
  if (touched === undefined) return unscored("compat", "there is no base to compare with");
  const { surfaces, checks } = touched;
  return {
    name: "compat",
    value: rounded(Math.max(0, 5 - surfaces - 0.5 * checks)),
    numbers: `5 − ${surfaces} − 0.5 × ${checks}`,
    what: "consumer surfaces touched, and half for each live check that is gone",
  };
}

function arch({ tree }: Measured): ScoreTerm {
  const workflows = [...tree.workflows.values()].filter(({ kind }) => kind === "workflow");
  const jobs = workflows.reduce((sum, workflow) => sum + workflow.jobs.length, 0);
  const dead = workflows.reduce((sum, workflow) => sum + deadJobs(workflow).size, 0);
  return jobs === 0 ? unscored("arch", "there is no job") : share("arch", jobs - dead, jobs, "jobs that can run");
}

function ci({ inventory }: Measured): ScoreTerm {
  const counted = inventory.list.filter(({ kind, matters }) => kind === "workflow" && matters);
  const strong = counted.filter(({ strength }) => strength === "strong").length;
  const weak = counted.filter(({ strength }) => strength === "weak").length;
  if (counted.length === 0) return unscored("ci", "no workflow has work that matters");
  return {
    name: "ci",
    value: rounded((5 * (strong + 0.5 * weak)) / counted.length),
    numbers: `5 × (${strong} + ½ × ${weak}) ÷ ${counted.length}`,
    what: "strong and, by half, weak workflows of those with work that matters",
  };
}

function sec({ tree }: Measured): ScoreTerm {
  const workflows = [...tree.workflows.values()];
  const { uses, commit } = pinningOf(workflows);
  const real = workflows.filter(({ kind }) => kind === "workflow");
  const declared = real.filter(declaresPermissions).length;
  const scanners = scannersIn(workflows);
  const running = scanners.filter(({ runs }) => runs).length;
  const shares: (readonly [part: number, whole: number, what: string])[] = [
    [commit, uses, "uses pinned to a commit"],
    [declared, real.length, "workflows that declare permissions"],
    [running, scanners.length, "security scans that can run"],
  ];
  const counted = shares.filter(([, whole]) => whole > 0);
  if (counted.length === 0) return unscored("sec", "there is nothing to pin, grant or scan");
  const mean = counted.reduce((sum, [part, whole]) => sum + part / whole, 0) / counted.length;
  return {
    name: "sec",
    value: rounded(5 * mean),
    numbers: `5 × (${counted.map(([part, whole]) => `${part} ÷ ${whole}`).join(" + ")}) ÷ ${counted.length}`,
    what: counted.map(([, , what]) => what).join("; "),
  };
}

function tests({ tree, found }: Measured): ScoreTerm {
  let whole = 0;
  let seen = 0;
  const fake = new Set(
    found
      .filter(([, { class: name }]) => name === "fake-test")
      .map(([{ file, finding }]) => unitKey(file, finding.unit)),
  );
  const hidden = new Set(
    found.filter(([located]) => isSilent(located)).map(([{ file, finding }]) => unitKey(file, finding.unit)),
  );
  for (const workflow of tree.workflows.values()) {
    const dead = deadJobs(workflow);
    for (const job of workflow.jobs) {
      const isFake = (unit: Job | Step): boolean => fake.has(unitKey(workflow.file.path, unit));
      const units = [job, ...job.steps].filter((unit) => isFake(unit) || isTest(unit));
      whole += units.length;
      if (dead.has(job) || isSoft(job) || hidden.has(unitKey(workflow.file.path, job))) continue;
      seen += units.filter(
        (unit) => (unit === job || !isSoft(unit)) && !hidden.has(unitKey(workflow.file.path, unit)),
      ).length;
    }
  }
  if (whole === 0) return unscored("tests", "no step runs tests");
  return share("tests", seen, whole, "units that promise or run tests, and whose failure is seen");
}

function isTest(unit: Job | Step): boolean {
  if (unit.kind === "job") return workOfCall(unit)?.purpose === "tests";
  const { purpose, worth } = workOfStep(unit);
  return purpose === "tests" && worth === "critical";
}

function dx({ tree, found }: Measured): ScoreTerm {
  const settled = new Set(
    found
      .filter(([, { state }]) => state === "accepted" || state === "deferred")
      .map(([{ file, finding }]) => unitKey(file, finding.unit)),
  );
  const soft = [...tree.workflows.values()].flatMap((workflow) =>
    workflow.jobs
      .flatMap((job) => [job, ...job.steps])
      .filter(isSoft)
      .map((unit) => ({ file: workflow.file.path, unit })),
  );
  const explained = soft.filter(
    ({ file, unit }) => remarksOn(unit).reason !== undefined || settled.has(unitKey(file, unit)),
  );
  if (soft.length === 0) return { name: "dx", value: 5, numbers: "5", what: "there is no soft-fail to explain" };
  return share("dx", explained.length, soft.length, "soft-fails with a written reason");
}

function docs({ records }: Measured): ScoreTerm {
  const yes = records.filter(([, isSo]) => isSo).map(([question]) => question);
  const no = records.filter(([, isSo]) => !isSo).map(([question]) => question);
  const missing = no.length === 0 ? "" : `; missing: ${no.join(", ")}`;
  return {
    name: "docs",
    value: rounded((5 * yes.length) / Math.max(1, records.length)),
    numbers: `5 × ${yes.length} ÷ ${records.length}`,
    what: `what is written down: ${yes.join(", ") || "nothing"}${missing}`,
  };
}
