import { editsOf as outcomeEdits, type Policy } from "@ci-fix/codemod";
import { isActionable, type LocatedFinding } from "@ci-fix/register";
import { noRepository, type RepositoryView, readWorkflow, type Workflow } from "@ci-fix/workflow";
import { applyEdits, type Edit, type Refusal as EditRefusal } from "@ci-fix/yaml-editor";
import { noContext, type ProofContext, proveChange, weakening } from "./prove.ts";
import { scanWorkflow } from "./scan.ts";
import type { SelectedRisk } from "./select.ts";
import type { FileChange, Proof, Refusal, RiskPlan } from "./types.ts";

/** Works out what a selected risk changes, and checks it. Writes nothing. One refusal refuses the whole risk. */
export function planRisk(selected: SelectedRisk, policy: Policy, context: ProofContext = noContext): RiskPlan {
  const { risk } = selected;
  const findings = selected.findings.filter((finding) => !isDocumented(finding));
  const actionable = findings.filter((finding) => isActionable(finding) && !isForAPerson(finding));
  const planned = byFile(actionable).map(([file, group]) => planFile(file, group, policy, context));
  const refusals = [
    ...findings.flatMap(keptRefusal),
    ...findings.filter(isForAPerson).map(personRefusal),
    ...planned.flatMap((result) => result.refusals),
  ];
  const made = planned.flatMap((result) => (result.made === undefined || refusals.length > 0 ? [] : [result.made]));
  return {
    id: risk?.risk.id ?? null,
    title: risk?.risk.title ?? subjectOf(actionable),
    findings,
    changes: made.map(({ change }) => change),
    proofs: made.map(({ proof }) => proof),
    refusals,
    done: findings.length === 0 && selected.held.length === 0,
  };
}

/** One line that says what is done about these findings; empty for none. */
export function subjectOf(findings: readonly LocatedFinding[]): string {
  const first = findings[0];
  return first === undefined ? "" : first.codemod.meta.subject(findings.map(({ finding }) => finding));
}

/** The edits of the findings' outcomes, in their order; an outcome that several share is applied once. */
export function editsOf(findings: readonly LocatedFinding[]): readonly Edit[] {
  return outcomeEdits(findings.map(({ finding }) => finding));
}

/** What is done to one file. Each side is read once: the one before for its findings, the one after here. */
function planFile(
  file: string,
  findings: readonly LocatedFinding[],
  policy: Policy,
  context: ProofContext,
): { made?: { readonly change: FileChange; readonly proof: Proof }; refusals: Refusal[] } {
  const before = findings[0]?.workflow;
  if (before === undefined) return { refusals: [] };
  const { yaml } = before.file;
  const applied = applyEdits(yaml, editsOf(findings));
  if (!applied.ok) return { refusals: applied.refusals.map((refusal) => editRefusal(file, refusal)) };
  const change = { file, before: yaml.bytes, after: applied.bytes, splices: applied.splices, findings };
  const after = readWorkflow(file, applied.bytes, before.repository);
  if (!after.ok)
    return { refusals: [checkFailed(change, `the changed file would not read: ${after.message}`, after.line)] };
  const survivors = stillFound(change, { before, after: after.workflow }, policy);
  if (survivors.length > 0) return { refusals: survivors };
  const proof = proveChange({ file, before, after: after.workflow ?? applied.bytes }, context);
  return { made: { change, proof }, refusals: weakening(change, proof) };
}

/** The change must do what it says: read again, the file must show that many findings less, and not those that were fixed. */
function stillFound(
  change: FileChange,
  { before, after }: { readonly before: Workflow; readonly after: Workflow | undefined },
  policy: Policy,
): Refusal[] {
  const again = after === undefined ? [] : scanWorkflow(after, { policy });
  const fixed = new Set(change.findings.map(({ fingerprint }) => fingerprint));
  const left = again.filter((finding) => fixed.has(finding.fingerprint) && isActionable(finding));
  if (left.length === 0) return [];
  // Of several alike the next one moves up and takes over the fingerprint of the fixed one, so the number decides.
  const classes = new Set(change.findings.map(({ finding }) => finding.class));
  const count = (findings: readonly LocatedFinding[]): number =>
    findings.filter((finding) => isActionable(finding) && classes.has(finding.finding.class)).length;
  if (count(again) <= count(scanWorkflow(before, { policy })) - change.findings.length) return [];
  return left.map(({ finding, line }) =>
    checkFailed(change, `the change would not settle this: ${finding.message}`, line),
  );
}

/** What the changed file may look into: the tree in which its findings were made. */
export function repositoryOf({ findings }: Pick<FileChange, "findings">): RepositoryView {
  return findings[0]?.workflow.repository ?? noRepository;
}

function checkFailed({ file }: FileChange, message: string, line: number | undefined): Refusal {
  return { code: "CI_FIX_CHECK_FAILED", message, file, line, hint: undefined };
}

/** Its reason is written down: all that could be asked for is done. */
function isDocumented({ finding }: LocatedFinding): boolean {
  return finding.outcome.kind === "skip" && finding.outcome.reason === "documented";
}

function isForAPerson({ finding: { outcome } }: LocatedFinding): boolean {
  return outcome.kind !== "skip" && outcome.safety === "report";
}

function personRefusal({ finding, file, line }: LocatedFinding): Refusal {
  const what = finding.outcome.kind === "skip" ? "" : `: ${finding.outcome.title}`;
  return {
    code: "CI_FIX_FOR_A_PERSON",
    message: `${finding.message}; only a person can settle it${what}`,
    file,
    line,
    hint: "once it is done, `ci-fix register update` marks the risk fixed; or accept it with `ci-fix register accept`",
  };
}

function keptRefusal({ finding, file, line }: LocatedFinding): Refusal[] {
  if (finding.outcome.kind !== "skip") return [];
  return [
    {
      code: "CI_FIX_KEPT",
      message: `${finding.message}; left as it is: ${finding.outcome.message}`,
      file,
      line,
      hint: "take this target out of the register, or accept the risk with `ci-fix register accept`",
    },
  ];
}

function editRefusal(file: string, refusal: EditRefusal): Refusal {
  return {
    code: `CI_FIX_EDIT_${refusal.code.toUpperCase().replaceAll("-", "_")}`,
    message: refusal.message,
    file,
    line: refusal.at?.line,
    hint: undefined,
  };
}

function byFile(findings: readonly LocatedFinding[]): [string, LocatedFinding[]][] {
  const files = new Map<string, LocatedFinding[]>();
  for (const finding of findings) {
    const group = files.get(finding.file);
    if (group === undefined) files.set(finding.file, [finding]);
    else group.push(finding);
  }
  return [...files];
}
