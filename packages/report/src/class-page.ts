import type { Severity } from "@ci-fix/codemod";

/** What is known about a class of silent failure beyond its findings. */
export interface ClassPage {
  readonly class: string;
  readonly codemod: string;
  readonly severity: Severity;
  /** One line. */
  readonly summary: string;
  /** The page that `ci-fix explain` shows, in Markdown. */
  readonly text: string;
}
