import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { findScriptFlaws } from "./find.ts";
import { subjectOf } from "./subject.ts";

/** JavaScript in CI that catches its own errors, or does not wait for what it starts. */
const rethrowScriptErrors: Codemod = defineCodemod({
  meta: {
    id: "rethrow-script-errors",
    classes: [
      { id: "script-swallows", severity: "medium", summary: "JavaScript of CI catches an error and passes" },
      { id: "script-floats", severity: "medium", summary: "JavaScript of CI does not wait for what it starts" },
    ],
    summary: "Lets JavaScript of CI fail where it swallows errors, and wait for what it starts",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["github-script", "node", "./"],
    subject: subjectOf,
  },
  find: findScriptFlaws,
});

export default rethrowScriptErrors;
