import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { findOpenGates } from "./find.ts";
import { subjectOf } from "./subject.ts";

/** A gate gathers other jobs, so that one check can stand for all of them. */
const closeGates: Codemod = defineCodemod({
  meta: {
    id: "close-gates",
    classes: [
      { id: "gate-skips", severity: "critical", summary: "A gate over other jobs is not red when one of them failed" },
      { id: "gate-incomplete", severity: "high", summary: "A gate over other jobs does not look at one that matters" },
    ],
    summary:
      "Makes gates fail when a job that they gather failed or was cancelled, and lets them gather all that matter",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["needs"],
    subject: subjectOf,
  },
  find: findOpenGates,
});

export default closeGates;
