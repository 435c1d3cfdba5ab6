import type { FindingFacts, GateStatus, RegisterEntry, SignalStrength } from "@ci-fix/audit";
import { html, type Markup } from "../../html/markup.ts";
import { tag, type Tone } from "../../html/parts.ts";

export const STRENGTH_TONES: Readonly<Record<SignalStrength, Tone>> = {
  strong: "good",
  weak: "warn",
  cosmetic: "calm",
  disabled: "bad",
};

const SEVERITY_TONES: Readonly<Record<FindingFacts["severity"], Tone>> = {
  critical: "bad",
  high: "bad",
  medium: "warn",
  low: "calm",
};

const STATUS_TONES: Readonly<Record<RegisterEntry["status"], Tone>> = {
  open: "bad",
  expired: "bad",
  missing: "warn",
  deferred: "warn",
  accepted: "calm",
  fixed: "good",
};

const GATES: Readonly<Record<GateStatus, readonly [string, Tone]>> = {
  pass: ["✓ pass", "good"],
  fail: ["✗ fail", "bad"],
  unknown: ["? unknown", "warn"],
  "n/a": ["n/a", "calm"],
};

const VERDICTS: Readonly<Record<"green" | "yellow" | "red", Tone>> = { green: "good", yellow: "warn", red: "bad" };

const ANSWERS: Readonly<Record<"good" | "note" | "bad", readonly [string, Tone]>> = {
  good: ["✓", "good"],
  note: ["!", "warn"],
  bad: ["✗", "bad"],
};

export function strengthTag(strength: SignalStrength): Markup {
  return tag(strength, STRENGTH_TONES[strength]);
}

export function severityTag(severity: FindingFacts["severity"]): Markup {
  return tag(severity, SEVERITY_TONES[severity]);
}

export function statusTag(status: RegisterEntry["status"]): Markup {
  return tag(status, STATUS_TONES[status]);
}

export function gateTag(status: GateStatus): Markup {
  return tag(...GATES[status]);
}

export function verdictTag(color: "green" | "yellow" | "red"): Markup {
  return tag(color, VERDICTS[color]);
}

export function answerTag(verdict: "good" | "note" | "bad"): Markup {
  const [mark, tone] = ANSWERS[verdict];
  return html`<span title="${verdict}">${tag(mark, tone)}</span>`;
}
