import type { Message } from "sarif";
import { clip } from "../clip.ts";
import { visible } from "../visible.ts";

/** Nobody reads more in a list of alerts, and descriptions of rules are refused beyond 1,024. */
const LONGEST = 1000;

/**
 * A plain text message. Viewers make links of `[text](target)` even there, so a blank comes between; braces stay as they are,
 * because no viewer replaces them in a message without arguments.
 */
export function plainMessage(text: string): Message & { text: string } {
  return { text: clip(visible(text).replaceAll("](", "] ("), LONGEST) };
}

/** Sentences one after the other, each with a full stop. */
export function sentences(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
    .join(" ");
}
