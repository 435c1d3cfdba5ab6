import type { ByteSplice } from "../types.ts";

/** What a batch makes of a file, before it is accepted. */
export interface Result {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Sorted, in UTF-16 offsets of the original. */
  readonly splices: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly byteSplices: readonly ByteSplice[];
}
