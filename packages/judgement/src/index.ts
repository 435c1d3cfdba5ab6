export type { Judged, Kind } from "./kind.ts";
export { judgedAction, scriptOfAction } from "./actions.ts";
export { revealingJob } from "./artifacts.ts";
export { judgedCall } from "./called/called.ts";
export { judgedCommands, type JudgedCommand, judgedWords } from "./commands.ts";
export { judgeJob } from "./judge-job.ts";
export { judgeStep } from "./judge-step.ts";
export { misreadValue } from "./misread-value.ts";
export { declaredSoft, isAdvisoryName, kindOfName } from "./names.ts";
export { once } from "./once.ts";
export { policyMatch, type PolicyMatch } from "./policy.ts";
export { remarksOn, speaksOfFailure, type Remark, type Remarks } from "./reason.ts";
export { reportOf } from "./report-step.ts";
export { commandsOf, type Command } from "./script.ts";
export { asserts, delivers, kindOfStep, type StepKind } from "./step-kind.ts";
export { isAdvisoryJob, isStoppedByFailure, runsAnyway, runsOnFailure, unreleasedToolchain } from "./surroundings.ts";
export { innerScript, programOf, unwrapped } from "./unwrap.ts";
export { clipped, skip, type Verdict } from "./verdict.ts";
export {
  criticalCommands,
  mayBeDoneAlready,
  weighedCommands,
  type WeighedCommand,
} from "./scripted/critical-commands.ts";
export { commentsAt, reasonIn } from "./scripted/said.ts";
export { type Standing, standingOf } from "./scripted/standing.ts";
export { fileEdits, quoted, scriptFinding, type ScriptRisk } from "./scripted/finding.ts";
