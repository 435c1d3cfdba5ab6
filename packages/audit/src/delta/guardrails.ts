import type { Guardrail, InvariantFacts } from "../types.ts";
import { count, listed, named, unique } from "../words.ts";
import { isCi, type Range } from "./range.ts";
import { touchedSurfaces } from "./surfaces.ts";
import { weakeningGuardrail, type Whole } from "./weakening.ts";

/** Section 8. */
export function guardrailsOf(
  range: Range,
  invariants: readonly InvariantFacts[],
  goneChecks: readonly string[],
  wholes: readonly Whole[],
): readonly Guardrail[] {
  return [
    declaration(invariants),
    baseline(range),
    contracts(range, goneChecks),
    extraction(range),
    granularity(range),
    weakeningGuardrail(range, wholes),
  ];
}

function declaration(invariants: readonly InvariantFacts[]): Guardrail {
  const name = "Invariant declaration";
  const broken = invariants.filter(({ status }) => status === "broken");
  const listing = invariants.map(({ id, status }) => `${id} ${status}`);
  return { name, status: broken.length > 0 ? "fail" : "pass", evidence: `${listed(listing)}.` };
}

function baseline({ isAncestor, base, landed, before }: Range): Guardrail {
  const name = "Baseline discipline";
  const known = landed.filter(({ settled }) => settled.length > 0).length;
  const found =
    landed.length === 0
      ? ""
      : ` ${known} of ${landed.length} landed risks are found at the base, so it is the state that was audited.`;
  if (!isAncestor)
    return {
      name,
      status: "fail",
      evidence: `${named(base.commit.slice(0, 11))} does not lead to HEAD: the range compares two branches.`,
    };
  return {
    name,
    status: "pass",
    evidence: `The base ${named(base.commit.slice(0, 11))} leads to HEAD, and ${count(before.tree.workflows.size, "CI file")} of it were read.${found}`,
  };
}

function contracts({ files, context }: Range, gone: readonly string[]): Guardrail {
  const name = "Consumer contract protection";
  const surfaces = touchedSurfaces(files);
  if (surfaces.length === 0 && gone.length === 0)
    return {
      name,
      status: "n/a",
      evidence: "No path of a consumer surface was touched, and no check that could run is gone.",
    };
  const required = context.requiredChecks;
  const parts = [
    ...(surfaces.length === 0
      ? []
      : [`touched: ${listed(surfaces.map((surface) => surface.name))}; whether their contracts hold is not looked at`]),
    ...(gone.length === 0
      ? []
      : [
          `checks that are gone: ${listed(gone.map(named), 5)}${required === undefined ? "; which are required is not known" : ""}`,
        ]),
  ];
  const isRequired = required !== undefined && gone.some((id) => required.includes(id));
  return { name, status: isRequired ? "fail" : "unknown", evidence: `${parts.join("; ")}.` };
}

function extraction({ files }: Range): Guardrail {
  const moved = files.filter(({ change }) => change === "renamed");
  const name = "Extraction and split safety";
  if (moved.length === 0) return { name, status: "n/a", evidence: "No file was moved." };
  return { name, status: "pass", evidence: `${count(moved.length, "file")} moved with the same bytes.` };
}

function granularity({ landed, commits, files }: Range): Guardrail {
  const name = "Granular rollback";
  if (landed.length === 0) return { name, status: "n/a", evidence: "No risk landed in this range." };
  const commitsOf = unique(landed.map(({ fix }) => fix.commit.oid));
  const fixed = new Set(landed.flatMap(({ fix }) => fix.changes.map(({ file }) => file)));
  const strange = files.filter((file) => isCi(file) && !fixed.has(file.file)).map(({ file }) => file);
  const byHand = commits.filter((told) => told.landed.length === 0 && told.rolledBack.length === 0).length;
  const alone = commitsOf.length === landed.length;
  const parts = [
    alone
      ? `${count(landed.length, "risk")}, one commit each`
      : `${count(landed.length, "risk")} in ${count(commitsOf.length, "commit")}`,
    strange.length === 0
      ? "no CI file changed but those that the risks name"
      : `CI files besides those of the risks: ${listed(strange.map(named), 5)}`,
    ...(byHand === 0 ? [] : [`${count(byHand, "commit")} of the range carry no risk`]),
  ];
  return {
    name,
    status: alone ? "pass" : "unknown",
    evidence: `${parts.join("; ")}. Each goes back alone: \`ci-fix rollback ID --commit\`.`,
  };
}
