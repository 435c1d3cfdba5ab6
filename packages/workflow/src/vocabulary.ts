import type { Workflow } from "./types.ts";

/** How a CI system writes what is named neutrally here; for texts that tell people what to look for. */
export interface Vocabulary {
  readonly softFail: string;
  readonly never: string;
  readonly disabledGuard: string;
  readonly always: string;
  readonly allLegs: string;
  readonly ownerGuard: string;
  readonly needs: string;
}

const words: Readonly<Record<Workflow["system"], Vocabulary>> = {
  "github-actions": {
    softFail: "continue-on-error: true",
    never: "if: false",
    disabledGuard: "if: false && …",
    always: "if: always()",
    allLegs: "fail-fast: false",
    ownerGuard: "if: github.repository_owner == '…'",
    needs: "needs",
  },
};

export function vocabularyOf(system: Workflow["system"]): Vocabulary {
  return words[system];
}
