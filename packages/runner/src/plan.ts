import { editsOf as outcomeEdits, type Policy } from "@ci-fix/codemod";
import { isActionable, type LocatedFinding } from "@ci-fix/register";
import { noRepository, type RepositoryView } from "@ci-fix/workflow";
import { applyEdits, type Edit, type Refusal as EditRefusal } from "@ci-fix/yaml-editor";
import { noContext, type ProofContext, proveChange, weakening } from "./prove.ts";
import { scanBytes } from "./scan.ts";
import type { SelectedRisk } from "./select.ts";
import type { FileChange, Refusal, RiskPlan } from "./types.ts";

/** Works out what a selected risk changes, and checks it. Writes nothing. One refusal refuses the whole risk. */
export function planRisk(selected: SelectedRisk, policy: Policy, context: ProofContext = noContext): RiskPlan {
  const { risk } = selected;
  const findings = selected.findings.filter((finding) => !isDocumented(finding));
  const actionable = findings.filter((finding) => isActionable(finding) && !isForAPerson(finding));
  const planned = byFile(actionable).map(([file, group]) => planFile(file, group, policy));
  const changes = planned.flatMap((result) => (result.change === undefined ? [] : [result.change]));
  const proofs = changes.map((change) => proveChange(change, context));
  const refusals = [
    ...findings.flatMap(keptRefusal),
    ...findings.filter(isForAPerson).map(personRefusal),
    ...planned.flatMap((result) => result.refusals),
    ...changes.flatMap((change, index) => weakening(change, proofs[index])),
  ];
  return {
    id: risk?.risk.id ?? null,
    title: risk?.risk.title ?? subjectOf(actionable),
    findings,
    changes: refusals.length === 0 ? changes : [],
    proofs: refusals.length === 0 ? proofs : [],
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

function planFile(
  file: string,
  findings: readonly LocatedFinding[],
  policy: Policy,
): { change?: FileChange; refusals: Refusal[] } {
  const yaml = findings[0]?.workflow.file.yaml;
  if (yaml === undefined) return { refusals: [] };
  const applied = applyEdits(yaml, editsOf(findings));
  if (!applied.ok) return { refusals: applied.refusals.map((refusal) => editRefusal(file, refusal)) };
  const change = { file, before: yaml.bytes, after: applied.bytes, splices: applied.splices, findings };
  const survivors = stillFound(change, policy);
  return survivors.length === 0 ? { change, refusals: [] } : { refusals: survivors };
}

/** The change must do what it says: read again, the file must show that many findings less, and not those that were fixed. */
function stillFound(change: FileChange, policy: Policy): Refusal[] {
  const repository = repositoryOf(change);
  const again = scanBytes(change.file, change.after, { policy, repository });
  const unreadable = again.errors.map(({ message, line }) =>
    checkFailed(change, `the changed file would not read: ${message}`, line),
  );
  const fixed = new Set(change.findings.map(({ fingerprint }) => fingerprint));
  const left = again.findings.filter((finding) => fixed.has(finding.fingerprint) && isActionable(finding));
  if (left.length === 0) return unreadable;
  // Of several alike the next one moves up and takes over the fingerprint of the fixed one, so the number decides.
  const classes = new Set(change.findings.map(({ finding }) => finding.class));
  const count = (findings: readonly LocatedFinding[]): number =>
    findings.filter((finding) => isActionable(finding) && classes.has(finding.finding.class)).length;
  const before = count(scanBytes(change.file, change.before, { policy, repository }).findings);
  if (count(again.findings) <= before - change.findings.length) return unreadable;
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
