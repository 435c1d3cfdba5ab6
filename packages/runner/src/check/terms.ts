import { CiFixError } from "@ci-fix/codemod";
import { emptyConfig, type Register, type Risk } from "@ci-fix/register";
import { loadConfig, loadRegister, type LoadedConfig } from "../load.ts";
import type { FileSource } from "../types.ts";

/** What a tree says about how it wants to be judged. */
export interface Terms extends LoadedConfig {
  readonly register: { readonly register: Register; readonly bytes: Uint8Array } | undefined;
}

export async function readTerms(source: FileSource): Promise<Terms> {
  return { ...(await loadConfig(source)), register: await loadRegister(source) };
}

/** Those of the base. What cannot be read there relaxes nothing: a change that mends it must be able to pass. */
export async function readBaseTerms(source: FileSource): Promise<Terms> {
  return {
    ...(await loadConfig(source).catch(orElse({ config: emptyConfig, file: undefined }))),
    register: await loadRegister(source).catch(orElse(undefined)),
  };
}

function orElse<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof CiFixError) return value;
    throw error;
  };
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

export function sameRisk(terms: Terms, { id }: Risk): Risk | undefined {
  return terms.register?.register.risks.find((risk) => risk.id === id);
}
