export type * from "./types.ts";
export { readWorkflow } from "./read.ts";
export { workflowEdits } from "./edits.ts";
export { eachStep, isCiFile, unitName } from "./query.ts";
export { localAction, noRepository, plainPath, type ReadNow, repositoryView } from "./repository.ts";
export { repositoryGuard, type RepositoryGuard } from "./guards.ts";
export { scriptsOf } from "./scripts.ts";
export { trustOf } from "./trust.ts";
export { vocabularyOf, type Vocabulary } from "./vocabulary.ts";
