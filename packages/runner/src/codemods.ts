import checkConclusions from "@ci-fix/check-conclusions";
import closeGates from "@ci-fix/close-gates";
// Made by `npm run generate` from the folders of codemods/. Do not edit.
import type { Codemod } from "@ci-fix/codemod";
import correctConditions from "@ci-fix/correct-conditions";
import documentExceptions from "@ci-fix/document-exceptions";
import dropDeadJobs from "@ci-fix/drop-dead-jobs";
import reportFakeTests from "@ci-fix/report-fake-tests";
import requireArtifacts from "@ci-fix/require-artifacts";
import rethrowScriptErrors from "@ci-fix/rethrow-script-errors";
import reviveTriggers from "@ci-fix/revive-triggers";
import stopOnFailure from "@ci-fix/stop-on-failure";
import stripSoftFail from "@ci-fix/strip-soft-fail";
import tightenChecks from "@ci-fix/tighten-checks";
import unguardFalseAnd from "@ci-fix/unguard-false-and";
import unmaskExit from "@ci-fix/unmask-exit";
import unmaskPipe from "@ci-fix/unmask-pipe";

/** Every codemod there is, by id. */
export const codemods: readonly Codemod[] = [
  checkConclusions,
  closeGates,
  correctConditions,
  documentExceptions,
  dropDeadJobs,
  reportFakeTests,
  requireArtifacts,
  rethrowScriptErrors,
  reviveTriggers,
  stopOnFailure,
  stripSoftFail,
  tightenChecks,
  unguardFalseAnd,
  unmaskExit,
  unmaskPipe,
];
