import { CiFixError, type Policy } from "@ci-fix/codemod";
import { appendRisks } from "./append.ts";
import { allOf, matchTargets, type TargetMatch } from "./assign.ts";
import { applyRoundsOrThrow, type Round } from "./edit-rounds.ts";
import { riskPath, writeKey } from "./entry-edits.ts";
import { fillings, fillRounds } from "./fill.ts";
import { byRisk } from "./match.ts";
import { DEFAULT_SCHEMA, newRegister, REGISTER_PATH } from "./new-register.ts";
import { newRisks } from "./new-risks.ts";
import { isActionable } from "./order.ts";
import { readRegister } from "./read.ts";
import { isMissing, statusFromFindings } from "./settle.ts";
import type { LocatedFinding, Register, RegisterUpdate, Risk, RiskStatus, UpdateOptions } from "./types.ts";

/** Where `status` is inserted: behind the last of these. */
export const BEFORE_STATUS: readonly string[] = ["id", "title", "severity"];

/**
 * Works out the register's new text. `bytes` are the old ones, undefined where there is none yet. Entries keep their ids,
 * comments and layout; a second update gives the same bytes. Throws `CI_FIX_REGISTER_INVALID` for a register that cannot be
 * read, `CI_FIX_REGISTER_EDIT` for one that cannot be edited, `CI_FIX_MILESTONE_INVALID` for a milestone without a shape.
 */
export function planRegisterUpdate(
  bytes: Uint8Array | undefined,
  findings: readonly LocatedFinding[],
  policy: Policy,
  options: UpdateOptions = {},
): RegisterUpdate {
  const old = bytes ?? new TextEncoder().encode(newRegister(options.schema ?? DEFAULT_SCHEMA));
  const register = readOrThrow(old);
  const matches = matchTargets(register, findings, options);
  const statuses = newStatuses(register, matches, options.landed ?? []);
  const filled = fillings(register, matches);
  const named = new Set(matches.flatMap(allOf));
  const unnamed = findings.filter((located) => isActionable(located) && !named.has(located));
  const added = newRisks(register, unnamed, policy.milestone);
  const edited = applyRoundsOrThrow(old, [...fillRounds(filled), ...statusRounds(statuses)]);
  const result = appendRisks(edited, added);
  return {
    bytes: result,
    added: added.length === 0 ? [] : readOrThrow(result).risks.slice(register.risks.length),
    fixed: idsBecoming("fixed", register, statuses),
    reopened: idsBecoming("open", register, statuses),
    filled: [...new Set(filled.map(({ risk }) => register.risks[risk]?.id ?? ""))],
    notFound: register.risks
      .filter((risk, index) => !statuses.has(index) && neverFound(risk, matches))
      .map((risk) => risk.id),
  };
}

function readOrThrow(bytes: Uint8Array): Register {
  const read = readRegister(bytes);
  if (read.ok) return read.register;
  const lines = read.problems.map(
    ({ message, line }) => `${REGISTER_PATH}${line === undefined ? "" : `:${line}`}: ${message}`,
  );
  throw new CiFixError("CI_FIX_REGISTER_INVALID", lines.join("\n"), {
    hint: `mend ${REGISTER_PATH}; nothing was changed`,
  });
}

function newStatuses(
  register: Register,
  matches: readonly TargetMatch[],
  landed: readonly string[],
): ReadonlyMap<number, RiskStatus> {
  const grouped = byRisk(matches);
  const statuses = new Map<number, RiskStatus>();
  for (const [index, risk] of register.risks.entries()) {
    const status = statusFromFindings(risk, grouped.get(risk) ?? [], landed.includes(risk.id));
    if (status !== undefined) statuses.set(index, status);
  }
  return statuses;
}

function neverFound(risk: Risk, matches: readonly TargetMatch[]): boolean {
  return (
    risk.status === "open" &&
    matches.some((match) => match.risk === risk && isMissing(match) && match.target.fingerprint === undefined)
  );
}

function statusRounds(statuses: ReadonlyMap<number, RiskStatus>): readonly Round[] {
  if (statuses.size === 0) return [];
  return [
    (file) =>
      [...statuses].flatMap(([index, status]) => writeKey(file, riskPath(index), "status", status, BEFORE_STATUS)),
  ];
}

function idsBecoming(
  wanted: RiskStatus,
  register: Register,
  statuses: ReadonlyMap<number, RiskStatus>,
): readonly string[] {
  return register.risks.filter((_, index) => statuses.get(index) === wanted).map((risk) => risk.id);
}
