import type { Outcome } from "@ci-fix/codemod";
import type { LocatedFinding } from "@ci-fix/register";
import { applyEdits } from "@ci-fix/yaml-editor";
import type { Fix } from "sarif";
import { SAFETY_WORDS } from "../words.ts";
import { plainMessage } from "./message.ts";
import { artifactAt, deletedRegion } from "./place.ts";

/** Findings that are repaired together hold the same change each, but beyond this number only the first of them. */
const MOST_COPIES = 20;

/** Gives the fix of a finding, worked out once for all that share it. Undefined where a program must not apply it. */
export type FixOf = (located: LocatedFinding) => Fix | undefined;

export function fixSource(): FixOf {
  const known = new Map<Outcome, { readonly fix: Fix | undefined; copies: number }>();
  return (located) => {
    const { outcome } = located.finding;
    const shared = known.get(outcome) ?? { fix: makeFix(located), copies: 0 };
    known.set(outcome, shared);
    shared.copies += 1;
    return shared.copies > MOST_COPIES ? undefined : shared.fix;
  };
}

function makeFix({ finding: { outcome }, workflow, file }: LocatedFinding): Fix | undefined {
  if (outcome.kind === "skip" || outcome.safety === "report") return undefined;
  const { yaml } = workflow.file;
  const applied = applyEdits(yaml, outcome.edits);
  if (!applied.ok || applied.splices.length === 0) return undefined;
  return {
    description: plainMessage(`${outcome.title} (${SAFETY_WORDS[outcome.safety]})`),
    artifactChanges: [
      {
        artifactLocation: artifactAt(file),
        replacements: applied.splices.map((splice) => ({
          deletedRegion: deletedRegion(yaml, splice),
          ...(splice.text === "" ? {} : { insertedContent: { text: splice.text } }),
        })),
      },
    ],
  };
}
