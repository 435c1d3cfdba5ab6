import type { ByteSplice } from "@ci-fix/yaml-editor";

/** The texts are the same file at different times. Line ends count as part of their lines. */
export interface Inversion {
  /** Before the fix. */
  readonly before: string;
  /**
   * What the fix did to `before`, sorted; byte offsets in its UTF-8. A comparison of both texts could not tell it: where lines repeat, the
   * same result comes from other lines, too.
   */
  readonly splices: readonly ByteSplice[];
  /** As it is now: other fixes made or taken back since, lines moved, reformatted around it, or all of it squashed. */
  readonly today: string;
  /**
   * Before the first of all fixes whose effects may be found in `today`; `before` itself if none came earlier. It alone knows in which
   * order lines stood that are taken back one after the other at one place. Without it such places are refused.
   */
  readonly origin?: string;
}

/** Text to put in place of a stretch of `today`. UTF-16 offsets. */
export interface TextSplice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * - `already`: the change is not in effect; today's file holds what was there before it.
 * - `changed`: lines that the fix wrote were changed, moved apart or removed since.
 * - `inserted`: text was put exactly where removed lines belong, so that their order is not certain.
 * - `ambiguous`: equal lines repeat, and the change fits in more than one place with different results.
 * - `too-different`: the versions have too little in common to be compared in time.
 */
export type PlaceReason = "already" | "changed" | "inserted" | "ambiguous" | "too-different";

export interface Misplacement {
  readonly ok: false;
  readonly reason: PlaceReason;
  /** 1-based, in today's file. */
  readonly line?: number;
  readonly message: string;
}

export type Placement =
  | { readonly ok: true; readonly text: string; readonly splices: readonly TextSplice[] }
  | Misplacement;
