import type { Finding, PolicyException } from "@ci-fix/codemod";
import { openYaml, type YamlFile, type YamlItem } from "@ci-fix/yaml-editor";
import picomatch from "picomatch";
import { fingerprints } from "../fingerprint.ts";
import { namesUnit } from "../match-target.ts";
import type { LocatedFinding, UnprintedFinding } from "../types.ts";
import { exceptionFinding, exceptionRules, WHY } from "./rules.ts";
import { standInStep, standInWorkflow } from "./stand-in.ts";
import { isPast } from "./worth.ts";

export interface PolicyOptions {
  /** Where the policy lies, relative to the root. */
  readonly path: string;
  /** The policy as it is on disk. */
  readonly bytes: Uint8Array;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** False where only some files were looked at: then nothing is called unused. */
  readonly complete: boolean;
}

/** Says whether an exception of the policy is for a finding. */
export function standsFor(exception: PolicyException, { finding, file }: UnprintedFinding): boolean {
  if (exception.class !== finding.class || !matcherOf(exception.file)(file)) return false;
  const { job, step } = exception;
  if (job === undefined && step === undefined) return true;
  return namesUnit(finding.unit, { job, step }) || (step === undefined && namesJob(finding, job));
}

/** Exceptions of the policy that have expired or stand for nothing, as findings in its file. */
export function aboutPolicy(
  findings: readonly LocatedFinding[],
  exceptions: readonly PolicyException[],
  options: PolicyOptions,
): readonly LocatedFinding[] {
  const opened = exceptions.length === 0 ? undefined : openYaml(options.bytes);
  if (opened?.ok !== true) return [];
  const { file } = opened;
  const found = exceptions.flatMap((exception, index) => {
    const item = file.at([0, "exceptions", index]);
    const covered = findings.filter((located) => standsFor(exception, located));
    const finding = item?.kind === "item" ? aboutException(exception, covered, { file, item }, options) : undefined;
    return finding === undefined ? [] : [asFound(file, options.path, finding)];
  });
  const prints = fingerprints(found);
  return found.map((each, index) => ({ ...each, fingerprint: prints[index] ?? "" }));
}

function aboutException(
  exception: PolicyException,
  covered: readonly LocatedFinding[],
  { file, item }: { file: YamlFile; item: YamlItem },
  { path, date, complete }: PolicyOptions,
): Finding | undefined {
  const { class: name, reason, owner, expires = "" } = exception;
  const because = `its reason is "${reason}"`;
  const place = {
    unit: standInStep(standInWorkflow(path, file), `the exception for ${name} in ${exception.file}`, item),
    at: { path: item.path, span: item.span },
  };
  if (covered.length === 0) {
    if (!complete) return undefined;
    return exceptionFinding({
      class: "unused-exception",
      message: `the policy's exception for ${name} in ${exception.file} stands for nothing that is found`,
      why: WHY.unused,
      title: "delete it, or mend its file, job and step",
      evidence: [because],
      ...place,
    });
  }
  if (!isPast(exception, date)) return undefined;
  return exceptionFinding({
    class: "expired-exception",
    message: `the policy's exception for ${name} in ${exception.file} held until ${expires}`,
    why: WHY.expired,
    title: "fix what it stands for and delete it, or set a new day",
    evidence: [
      ...covered.map((located) => `${located.file}:${located.line} is still there`),
      because,
      owner === undefined ? "it names no owner" : `its owner is ${owner}`,
    ],
    ...place,
  });
}

function namesJob({ unit }: Finding, name: string | undefined): boolean {
  const job = unit.kind === "job" ? unit : unit.job;
  return name === job.id || name === job.name;
}

const matchers = new Map<string, (path: string) => boolean>();

function matcherOf(pattern: string): (path: string) => boolean {
  const known = matchers.get(pattern) ?? picomatch(pattern, { dot: true });
  matchers.set(pattern, known);
  return known;
}

function asFound(file: YamlFile, path: string, finding: Finding): UnprintedFinding {
  const { line, column } = file.lineColumn(finding.at.span.start);
  return { finding, codemod: exceptionRules, workflow: standInWorkflow(path, file), file: path, line, column };
}
