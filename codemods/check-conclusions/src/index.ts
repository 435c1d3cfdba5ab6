import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { findUnchecked } from "./find.ts";
import { subjectOf } from "./subject.ts";

/** A workflow that follows another one runs whatever became of that one. */
const checkConclusions: Codemod = defineCodemod({
  meta: {
    id: "check-conclusions",
    classes: [
      {
        id: "workflow-run-unchecked",
        severity: "high",
        summary: "A delivery that follows another workflow does not ask whether that one succeeded",
      },
    ],
    summary: "Makes deliveries that follow another workflow fail when that one failed",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["workflow_run"],
    subject: subjectOf,
  },
  find: findUnchecked,
});

export default checkConclusions;
