import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { findOptionalArtifacts } from "./find.ts";
import { subjectOf } from "./subject.ts";

/** An upload that finds no file only warns. */
const requireArtifacts: Codemod = defineCodemod({
  meta: {
    id: "require-artifacts",
    classes: [
      {
        id: "artifact-missing-ok",
        severity: "low",
        summary: "An upload passes without a file although a later job needs it",
      },
    ],
    summary: "Makes an upload fail when there is nothing to upload and a later job needs it",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["upload-artifact"],
    subject: subjectOf,
  },
  find: findOptionalArtifacts,
});

export default requireArtifacts;
