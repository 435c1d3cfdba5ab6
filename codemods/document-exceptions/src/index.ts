import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { findUndocumented } from "./find.ts";
import { subjectOf } from "./subject.ts";

/** A soft-fail that is meant should say so, or the next reader has to find out again. */
const documentExceptions: Codemod = defineCodemod({
  meta: {
    id: "document-exceptions",
    classes: [
      { id: "undocumented-exception", severity: "low", summary: "A soft-fail that is meant, and does not say why" },
    ],
    summary: "Writes the reason beside soft-fails that are meant and do not say why",
    invariant: "INV-060",
    runsAfter: ["strip-soft-fail"],
    startsFrom: ["continue-on-error"],
    subject: subjectOf,
  },
  find: findUndocumented,
});

export default documentExceptions;
