import { CiFixError } from "@ci-fix/codemod";
import { applyEdits, openYaml, type Edit, type Refusal, type YamlFile } from "@ci-fix/yaml-editor";
import { REGISTER_PATH } from "./new-register.ts";

/** Edits of which each round sees what the rounds before it wrote. */
export type Round = (file: YamlFile) => readonly Edit[];

export type RoundsResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly message: string; readonly line: number | undefined };

/** Applies rounds one after the other, all or nothing. Without an edit the very same bytes come back. */
export function applyRounds(bytes: Uint8Array, rounds: readonly Round[]): RoundsResult {
  let current = bytes;
  for (const round of rounds) {
    const opened = openYaml(current);
    if (!opened.ok) return refused(opened.refusals);
    const edits = round(opened.file);
    if (edits.length === 0) continue;
    const applied = applyEdits(opened.file, edits);
    if (!applied.ok) return refused(applied.refusals);
    current = applied.bytes;
  }
  return { ok: true, bytes: current };
}

function refused(refusals: readonly Refusal[]): Extract<RoundsResult, { ok: false }> {
  const [first] = refusals;
  return { ok: false, message: first?.message ?? "the editor refused the change", line: first?.at?.line };
}

/** As `applyRounds`; throws `CI_FIX_REGISTER_EDIT` where the register is written in a way that cannot be edited. */
export function applyRoundsOrThrow(bytes: Uint8Array, rounds: readonly Round[]): Uint8Array {
  const result = applyRounds(bytes, rounds);
  return result.ok ? result.bytes : fail(result);
}

/** Opens what was written a moment ago. */
export function openOrThrow(bytes: Uint8Array): YamlFile {
  const opened = openYaml(bytes);
  return opened.ok ? opened.file : fail(refused(opened.refusals));
}

function fail(result: Extract<RoundsResult, { ok: false }>): never {
  const place = result.line === undefined ? REGISTER_PATH : `${REGISTER_PATH}:${result.line}`;
  throw new CiFixError("CI_FIX_REGISTER_EDIT", `${place} cannot be edited: ${result.message}`, {
    hint: "write that entry out without anchors, aliases and merge keys, and try again",
    exitCode: 4,
  });
}
