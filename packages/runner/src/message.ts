import type { Policy } from "@ci-fix/codemod";
import { subjectOf } from "./plan.ts";
import type { LocatedFinding, Proof, RiskPlan } from "./types.ts";

/** What the trailers of a commit say about one fix. */
export interface Landing {
  /** More than one where the risks can only be taken back together. */
  readonly ids: readonly string[];
  readonly milestone: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly targets: readonly { readonly file: string; readonly fingerprint: string }[];
}

export type LogEvent =
  | { readonly kind: "landed"; readonly landing: Landing }
  | { readonly kind: "rolled-back"; readonly ids: readonly string[] };

const width = 72;

/** What the message of a landing says, but for the ids: those are given where a fleet is numbered. */
export interface LandingWords {
  readonly subject: string;
  readonly body: readonly string[];
  /** All trailers but the first, which names the ids. */
  readonly trailers: readonly string[];
}

/** The message of the commit that lands these risks. What comes from files is shown with control characters escaped. */
export function landingMessage(plans: readonly RiskPlan[], proofs: readonly Proof[], policy: Policy): string {
  return writeLanding(
    plans.map((plan) => plan.id ?? ""),
    landingWords(plans, proofs, policy),
  );
}

export function landingWords(plans: readonly RiskPlan[], proofs: readonly Proof[], policy: Policy): LandingWords {
  const findings = plans.flatMap((plan) => plan.findings);
  const body = unique(findings.map(({ finding }) => finding.change)).map(wrap);
  const together =
    plans.length > 1 ? [wrap(`These risks touch the same lines and can only be taken back together.`)] : [];
  const trailers = [
    ...unique(findings.map(({ finding }) => finding.class)).map((name) => `Ci-Fix-Class: ${name}`),
    ...unique(findings.map(({ codemod }) => codemod.meta.invariant)).map((name) => `Ci-Fix-Invariant: ${name}`),
    ...proofs.map(({ digest }) => `Ci-Fix-Proof: sha256:${digest}`),
    `Ci-Fix-Milestone: ${policy.milestone} ${policy.date}`,
    ...findings.map((finding) => `Ci-Fix-Target: ${target(finding)}`),
  ];
  const subject = plans.map((plan) => subjectOf(plan.findings)).join("; ");
  return { subject: escapeControls(subject), body: [...body, ...together], trailers };
}

/** The whole message under these ids, which the register or the fleet has given. */
export function writeLanding(ids: readonly string[], { subject, body, trailers }: LandingWords): string {
  const name = ids.join(",");
  return `${[`ci(${name}): ${subject}`, ...body, [`Ci-Fix-Risk: ${name}`, ...trailers].join("\n")].join("\n\n")}\n`;
}

/** The message of the commit that takes one landing back; `subject` is that of the landing, or empty. */
export function rollbackMessage(ids: readonly string[], subject: string): string {
  const name = ids.join(",");
  const quoted = escapeControls(subject).replace(/^ci\([^)]*\): /, "");
  return [
    `ci(${name}): roll back ${quoted === "" ? "its fix" : quoted}`,
    wrap(`The lines are again as they were before ${name} was fixed; the risk is open again.`),
    `Ci-Fix-Rollback: ${name}\n`,
  ].join("\n\n");
}

/**
 * What a commit message tells, oldest first. A squash keeps the lines of each commit, perhaps indented, so every
 * `Ci-Fix-Risk` line starts a block of its own.
 */
export function readEvents(message: string): LogEvent[] {
  const events: LogEvent[] = [];
  let open: { ids: string[]; milestone: string; date: string; targets: Landing["targets"][number][] } | undefined;
  for (const line of message.split("\n")) {
    const trailer = /^\s*Ci-Fix-(Risk|Rollback|Milestone|Target): (.*\S)\s*$/.exec(line);
    const [, name, value = ""] = trailer ?? [];
    if (name === "Risk") {
      open = { ids: value.split(","), milestone: "", date: "", targets: [] };
      events.push({ kind: "landed", landing: open });
    } else if (name === "Rollback") {
      open = undefined;
      events.push({ kind: "rolled-back", ids: value.split(",") });
    } else if (name === "Milestone" && open !== undefined) {
      [open.milestone = "", open.date = ""] = value.split(" ");
    } else if (name === "Target" && open !== undefined) {
      open.targets.push(readTarget(value));
    }
  }
  return events;
}

function target({ fingerprint, file }: LocatedFinding): string {
  return `${fingerprint} ${encodeURI(file)}`;
}

function readTarget(value: string): { file: string; fingerprint: string } {
  const space = value.indexOf(" ");
  const file = value.slice(space + 1);
  return { fingerprint: value.slice(0, space), file: decodeOrKeep(file) };
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of escapeControls(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

/** Control and bidirectional characters as `\u{…}`; a step's name must neither forge a trailer nor play with a terminal. */
function escapeControls(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll(/Ci-Fix-(?=\w+:)/gi, "Ci-Fix ");
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text !== ""))];
}
