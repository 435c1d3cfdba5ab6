import type { OpenResult } from "./types.ts";

/** Opens a file's bytes. Never throws for bad input: what cannot be opened is refused with its reason. */
export function openYaml(_bytes: Uint8Array): OpenResult {
  throw new Error("being built");
}
