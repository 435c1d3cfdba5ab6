import type { FindForge } from "@ci-fix/forge";
import type { Access } from "@ci-fix/git";
import type { Judging } from "./judging/judging.ts";
import type { Ledger } from "./ledger/ledger.ts";

/** What a step needs besides the entry it works on. */
export interface Context {
  readonly ledger: Ledger;
  /** Names this worker in the ledger. */
  readonly worker: string;
  /** Of ci-fix. */
  readonly version: string;
  /** Folder of ci-fix's own, for copies. */
  readonly state: string;
  readonly access: Access;
  readonly findForge: FindForge;
  readonly judging: Judging;
}
