import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { findDeadTriggers } from "./find.ts";
import { subjectOf } from "./subject.ts";

/** A workflow for a branch that was renamed never runs again, and nobody misses it. */
const reviveTriggers: Codemod = defineCodemod({
  meta: {
    id: "revive-triggers",
    classes: [{ id: "dead-trigger", severity: "high", summary: "A branch filter that no branch passes" }],
    summary: "Lets workflows run again whose branch filter names no branch that exists",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["branches"],
    subject: subjectOf,
  },
  find: findDeadTriggers,
});

export default reviveTriggers;
