import { CiFixError, type Policy } from "@ci-fix/codemod";
import type { Config, Register, Risk } from "@ci-fix/register";
import picomatch from "picomatch";
import { loadConfig, loadRegister } from "../load.ts";
import { firstMilestone } from "../survey.ts";
import type { FileSource } from "../types.ts";

/** What a tree says about how it wants to be judged. */
export interface Terms {
  readonly config: Config;
  readonly register: { readonly register: Register; readonly bytes: Uint8Array } | undefined;
}

export async function readTerms(source: FileSource): Promise<Terms> {
  return { config: await loadConfig(source), register: await loadRegister(source) };
}

/** Those of the base. What cannot be read there relaxes nothing: a change that mends it must be able to pass. */
export async function readBaseTerms(source: FileSource): Promise<Terms> {
  return {
    config: await loadConfig(source).catch(orElse({ milestone: undefined, critical: [], bestEffort: [], ignore: [] })),
    register: await loadRegister(source).catch(orElse(undefined)),
  };
}

function orElse<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof CiFixError) return value;
    throw error;
  };
}

/** The stricter of two policies in each of their keys, so that a change cannot relax what it is judged by. */
export function strictest(base: Config, head: Config, date: string): Policy & { ignored: (path: string) => boolean } {
  const [byBase, byHead] = [base, head].map(({ ignore }) => picomatch([...ignore], { dot: true }));
  return {
    milestone: base.milestone ?? head.milestone ?? firstMilestone,
    date,
    critical: [...new Set([...base.critical, ...head.critical])],
    bestEffort: base.bestEffort.filter((name) => head.bestEffort.includes(name)),
    ignored: (path) => /(?:^|\/)node_modules\//u.test(path) || (byBase?.(path) === true && byHead?.(path) === true),
  };
}

/** What a change relaxes, one sentence each. */
export function relaxations(base: Terms, head: Terms): readonly string[] {
  const added = (key: "bestEffort" | "ignore", name: string): readonly string[] =>
    head.config[key]
      .filter((value) => !base.config[key].includes(value))
      .map((value) => `"${value}" under ${name} of the policy counts once it is on the base`);
  const dropped = base.config.critical
    .filter((value) => !head.config.critical.includes(value))
    .map((value) => `"${value}" stays critical until its removal is on the base`);
  const settled = (head.register?.register.risks ?? [])
    .filter((risk) => isSettled(risk) && !isSettled(sameRisk(base, risk)))
    .map((risk) => `that ${risk.id} is ${risk.status} counts once it is on the base`);
  return [...added("bestEffort", "best-effort"), ...added("ignore", "ignore"), ...dropped, ...settled];
}

/** A decision of the base that the change leaves standing, and that has not run out on either side. */
export function stillSettles(risk: Risk, head: Terms, date: string): boolean {
  const now = sameRisk(head, risk);
  return isSettled(risk) && isSettled(now) && !isOver(risk, date) && !isOver(now, date);
}

export function isSettled(risk: Risk | undefined): boolean {
  return risk?.status === "accepted" || risk?.status === "deferred";
}

function isOver(risk: Risk | undefined, date: string): boolean {
  return risk?.expires !== undefined && risk.expires < date;
}

function sameRisk(terms: Terms, { id }: Risk): Risk | undefined {
  return terms.register?.register.risks.find((risk) => risk.id === id);
}
