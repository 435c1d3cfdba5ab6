import closeGates from "@ci-fix/close-gates";
// Made by `npm run generate` from the folders of codemods/. Do not edit.
import type { Codemod } from "@ci-fix/codemod";
import correctConditions from "@ci-fix/correct-conditions";
import dropDeadJobs from "@ci-fix/drop-dead-jobs";
import reportFakeTests from "@ci-fix/report-fake-tests";
import stripSoftFail from "@ci-fix/strip-soft-fail";
import unguardFalseAnd from "@ci-fix/unguard-false-and";

/** Every codemod there is, by id. */
export const codemods: readonly Codemod[] = [
  closeGates,
  correctConditions,
  dropDeadJobs,
  reportFakeTests,
  stripSoftFail,
  unguardFalseAnd,
];
