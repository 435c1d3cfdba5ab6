import type { Severity } from "@ci-fix/codemod";

/** A class of silent failure, as `ci-fix explain` tells it. `text` is Markdown. */
export interface ClassPage {
  readonly class: string;
  readonly codemod: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly text: string;
}

export const pages: readonly ClassPage[] = [];
