import { styleText } from "node:util";

/** What a piece of text is, so that one place decides how it looks. */
export type Role =
  | "critical"
  | "high"
  | "medium"
  | "low"
  | "kept"
  | "failure"
  | "warning"
  | "strong"
  | "muted"
  | "path"
  | "gutter"
  | "command"
  | "heading"
  | "success"
  | "hunk"
  | "added"
  | "removed"
  | "added-word"
  | "removed-word";

/** How a report is laid out. `width` is in terminal columns. */
export interface Style {
  readonly width: number;
  readonly color: boolean;
  /** Gives a text the look of its role; the text itself without colour. The text must be safe to show already. */
  paint(role: Role, text: string): string;
}

export type ColorChoice = "auto" | "always" | "never";

type Format = Parameters<typeof styleText>[0];

const LOOKS: Readonly<Record<Role, Format>> = {
  critical: ["bold", "magenta"],
  high: ["bold", "red"],
  medium: ["bold", "yellow"],
  low: ["bold", "cyan"],
  kept: ["bold", "gray"],
  failure: ["bold", "red"],
  warning: ["bold", "yellow"],
  strong: "bold",
  muted: "gray",
  path: "cyan",
  gutter: "blue",
  command: "green",
  heading: ["bold", "underline"],
  success: ["bold", "green"],
  hunk: "cyan",
  added: "green",
  removed: "red",
  "added-word": ["green", "inverse"],
  "removed-word": ["red", "inverse"],
};

/**
 * Whether a stream gets colour. An explicit choice wins, then `NO_COLOR` (any value but empty), then `FORCE_COLOR`
 * (`0` and `false` switch it off), then whether the stream is a terminal. `CI` never switches colour on: a pipe stays plain there too.
 */
export function wantsColor(
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (choice !== "auto") return choice === "always";
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTerminal && env["TERM"] !== "dumb";
}

/** `styleText` asks stdout on its own by default; the decision is made above, for the stream that is written to. */
export function createStyle(options: { color: boolean; width: number }): Style {
  return {
    width: options.width,
    color: options.color,
    paint: (role, text) =>
      options.color && text !== "" ? styleText(LOOKS[role], text, { validateStream: false }) : text,
  };
}
