import { type Paint, type Proof, renderProofMarkdown, renderProofText } from "@ci-fix/proof";
import { type Style, visible } from "@ci-fix/report/text";
import { planRisk, proofContextOf, proveLanded, type RiskPlan, selectRisks, survey, type Survey } from "@ci-fix/runner";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Invocation } from "../invocation.ts";
import { readList } from "../lists.ts";
import { UsageError } from "../problems.ts";
import { reportRefusals } from "./refusals.ts";
import { replayed, type Replayed, replayText } from "./replay.ts";

export interface ProveOptions {
  readonly format?: "text" | "json" | "markdown";
  readonly repository?: string;
  readonly required?: readonly string[];
  /** Also runs the changed scripts, with stubs. */
  readonly replay?: boolean;
}

/** What was shown of one risk: of its fix to come, or of the one that landed. */
interface ProvedRisk {
  readonly id: string;
  readonly title: string;
  readonly proofs: readonly Proof[];
  /** Undefined where it was not asked for. */
  readonly replayed: Replayed | undefined;
}

/** Shows what the fix of each risk changes in a run, before it lands or after. */
export async function prove(
  invocation: Invocation,
  words: readonly string[],
  options: ProveOptions,
): Promise<ExitCode> {
  const ids = readList(words);
  if (ids.length === 0) throw new UsageError("prove needs an id", "ci-fix prove M03-R04");
  const found = await survey({ directory: invocation.directory, at: "work-tree" });
  const context = {
    ...proofContextOf(found.config),
    ...(options.repository === undefined ? {} : { evidence: { repository: options.repository } }),
    ...(options.required === undefined ? {} : { requiredChecks: options.required }),
  };
  const plans = selectRisks(found.match, { ids }).map((risk) =>
    planRisk(risk, found.policy, { contents: found.contents, ...context }),
  );
  const refused = reportRefusals(invocation, plans);
  const proved: ProvedRisk[] = [];
  for (const plan of plans) {
    const known = await provedOf(found, plan, context);
    proved.push({ ...known, replayed: options.replay === true ? await replayed(found, plan) : undefined });
  }
  const shown = proved.filter(({ proofs }) => proofs.length > 0);
  for (const { id, proofs } of proved) {
    if (proofs.length === 0 && !refused) invocation.terminal.note(`${visible(id)} has nothing to prove`);
  }
  show(invocation, shown, options.format ?? "text");
  if (refused) return EXIT.refused;
  return shown.some((risk) => risk.replayed?.replays.some(({ confirmed }) => !confirmed)) ? EXIT.failed : EXIT.done;
}

async function provedOf(
  { repository, register, policy, contents }: Survey,
  plan: RiskPlan,
  context: Omit<Parameters<typeof proveLanded>[3], "contents" | "policy">,
): Promise<Omit<ProvedRisk, "replayed">> {
  const id = plan.id ?? "";
  const known = { id, title: plan.title };
  if (plan.proofs.length > 0 || !plan.done || repository === undefined) return { ...known, proofs: plan.proofs };
  const risk = register?.register.risks.find((each) => each.id === id);
  return { ...known, proofs: await proveLanded(repository, id, risk, { policy, contents, ...context }) };
}

function show({ terminal }: Invocation, risks: readonly ProvedRisk[], format: "text" | "json" | "markdown"): void {
  if (format === "json") {
    const certificates = risks.map(({ id, proofs, replayed: replay }) => ({
      risk: id,
      certificates: proofs.map(({ digest, certificate }) => ({ digest, certificate })),
      ...(replay === undefined ? {} : { replay }),
    }));
    terminal.print(`${JSON.stringify({ version: 1, risks: certificates }, undefined, 2)}\n`);
    return;
  }
  for (const { id, title, proofs, replayed: replay } of risks) {
    const head = visible(`${id} ${title}`.trim());
    if (format === "markdown") terminal.print(`### ${head}\n\n${proofs.map(renderProofMarkdown).join("\n")}\n`);
    else
      terminal.print(`${terminal.style.paint("strong", head)}\n\n${proofs.map(textOf(terminal.style)).join("\n")}\n`);
    if (replay !== undefined) terminal.print(`${replayText(replay, terminal.style)}\n`);
  }
}

function textOf(style: Style): (proof: Proof) => string {
  return (proof) => renderProofText(proof, { width: style.width, paint: proofPaint(style) });
}

/** The colours of a proof in the terminal's own roles. */
export function proofPaint(style: Style): Paint {
  return {
    strong: (text) => style.paint("strong", text),
    red: (text) => style.paint("removed", text),
    green: (text) => style.paint("added", text),
    yellow: (text) => style.paint("medium", text),
    dim: (text) => style.paint("muted", text),
  };
}
