import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { findWrongConditions } from "./find.ts";
import { subjectOf } from "./subject.ts";

/** Conditions that say something else than they do. */
const correctConditions: Codemod = defineCodemod({
  meta: {
    id: "correct-conditions",
    classes: [
      { id: "always-true-if", severity: "high", summary: "A condition that holds whatever it says" },
      { id: "impossible-condition", severity: "high", summary: "A condition that waits for what never happens" },
    ],
    summary:
      "Corrects conditions that can never hold, and those that always hold where nothing red can turn green by it",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["if"],
    subject: subjectOf,
  },
  find: findWrongConditions,
});

export default correctConditions;
