import { defineCodemod, disabledGuardMarks, type Codemod } from "@ci-fix/codemod";
import { findDisabledGuards } from "./find.ts";
import { subject } from "./subject.ts";

const codemod: Codemod = defineCodemod({
  meta: {
    id: "unguard-false-and",
    classes: [
      { id: "disabled-guard", severity: "medium", summary: "A condition that was switched off with a constant false" },
    ],
    summary:
      "Restores conditions that were switched off with `false &&`, or that stand in the comment behind a `false`",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: disabledGuardMarks,
    subject,
  },
  find: findDisabledGuards,
});

export default codemod;
