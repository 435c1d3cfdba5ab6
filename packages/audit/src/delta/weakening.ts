import { proveChange } from "@ci-fix/runner";
import { deadJobs } from "../tree.ts";
import type { Guardrail } from "../types.ts";
import { baseName, count, listed, named } from "../words.ts";
import { isCi, type Range } from "./range.ts";

/** A touched CI file from one end of the range to the other. */
export interface Whole {
  readonly file: string;
  readonly verdict: "not weaker" | "weaker" | "unknown" | "new" | "gone";
  readonly reason: string;
  /** What the model shows; undefined where there is no file on both sides. */
  readonly proof: ReturnType<typeof proveChange> | undefined;
}

/** Each touched CI file, from one end of the range to the other. */
export function wholeFiles(range: Range): readonly Whole[] {
  return range.files.filter(isCi).map((file) => wholeOf(range, file));
}

/** "No silent CI weakening": every touched CI file is proved as a whole, and nothing new fails silently. */
export function weakeningGuardrail(range: Range, wholes: readonly Whole[]): Guardrail {
  const name = "No silent CI weakening";
  const bad = wholes.filter(({ verdict }) => verdict === "weaker" || verdict === "gone");
  const unknown = wholes.filter(({ verdict }) => verdict === "unknown");
  const fresh = range.check.fresh.length + range.check.expired.length + range.check.unreadable.length;
  const told = (of: readonly Whole[]): string =>
    listed(
      of.map(({ file, reason }) => `${named(baseName(file))} (${reason})`),
      5,
    );
  if (bad.length > 0 || fresh > 0) {
    const gate = fresh === 0 ? "" : `${count(fresh, "new finding")} of the gate`;
    return {
      name,
      status: "fail",
      evidence: `${[bad.length === 0 ? "" : told(bad), gate].filter((part) => part !== "").join("; ")}.`,
    };
  }
  if (unknown.length > 0) return { name, status: "unknown", evidence: `The model cannot compare ${told(unknown)}.` };
  if (wholes.length === 0) return { name, status: "n/a", evidence: "No CI file was touched." };
  const proved = wholes.filter(({ verdict }) => verdict === "not weaker").length;
  const added = wholes.length - proved;
  const settled = range.proofs
    .flatMap(({ changes }) => changes)
    .filter(({ judgement }) => judgement === "bites").length;
  const removes = settled === 0 ? "" : ` This milestone removes such weakening in ${count(settled, "file")}.`;
  return {
    name,
    status: "pass",
    evidence: `Proved for ${proved} of ${wholes.length} touched CI files as a whole, base against HEAD: no run that was red is not red any more${added === 0 ? "" : `; ${count(added, "file is", "files are")} new`}. The gate finds nothing new.${removes}`,
  };
}

function wholeOf({ before, after, context }: Range, { file, from, change }: Range["files"][number]): Whole {
  const [old, now] = [before.tree.contents.get(from ?? file), after.tree.contents.get(file)];
  if (change === "added" || old === undefined) return { file, verdict: "new", reason: "new", proof: undefined };
  if (now === undefined) {
    const workflow = before.tree.workflows.get(file);
    const live = workflow === undefined ? 0 : workflow.jobs.length - deadJobs(workflow).size;
    return live === 0
      ? { file, verdict: "not weaker", reason: "nothing in it could run", proof: undefined }
      : { file, verdict: "gone", reason: `removed, with ${count(live, "job")} that could run`, proof: undefined };
  }
  const proof = proveChange({ file, before: old, after: now }, context);
  const { judgement, certificate } = proof;
  if (judgement === "weaker") return { file, verdict: "weaker", reason: weakerCase(certificate), proof };
  if (judgement === "unknown")
    return { file, verdict: "unknown", reason: certificate.claims[0]?.reason ?? "the model cannot read it", proof };
  return { file, verdict: "not weaker", reason: "", proof };
}

function weakerCase({ claims, cases }: ReturnType<typeof proveChange>["certificate"]): string {
  const claim = claims.find(({ name }) => name === "never-weaker");
  const observed = claim?.observed.find(({ verdict }) => verdict === "refuted");
  const [choice] = observed?.case === undefined ? [] : (cases[observed.case]?.choices ?? []);
  const when =
    choice === undefined
      ? ""
      : ` when ${named(choice.key)} is ${String(typeof choice.value === "object" ? "not to be evaluated" : choice.value)}`;
  return `${named(observed?.observable ?? "run")} is not red any more${when}`.replaceAll("`", "'");
}
