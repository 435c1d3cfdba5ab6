import { defineCodemod, type Codemod } from "@ci-fix/codemod";
import { findSoftFails } from "./find.ts";
import { subjectOf } from "./subject.ts";

/** Removes soft-fails that hide failures of work that matters, and writes down the reasons of those that are meant. */
const stripSoftFail: Codemod = defineCodemod({
  meta: {
    id: "strip-soft-fail",
    classes: [
      { id: "soft-fail-step", severity: "high", summary: "A step that matters may fail, and the run stays green" },
      { id: "soft-fail-job", severity: "high", summary: "A whole job may fail, and the run stays green" },
    ],
    summary:
      "Removes soft-fails that hide failures of work that matters; writes down the reasons of those that are meant",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["continue-on-error"],
    subject: subjectOf,
  },
  find: findSoftFails,
});

export default stripSoftFail;
