export type * from "./types.ts";
export type { Load } from "./model/files.ts";
export { judge, proveFix } from "./certificate/prove.ts";
export { digestOf } from "./certificate/digest.ts";
export { checkCertificate, type CheckOptions } from "./check/check.ts";
export {
  outlookOf,
  type JobOutlook,
  type JobResult,
  type Often,
  type Outlook,
  type OutlookOptions,
  type StepOutlook,
} from "./outlook/outlook.ts";
export type { ScriptFailure, ScriptModel } from "./script-model.ts";
export { renderProofMarkdown } from "./render/markdown.ts";
export { type Paint, renderProofText, type TextOptions } from "./render/text.ts";
export { claimLines, countLine, evidenceLine, phrases, sentence } from "./render/words.ts";
