import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { find } from "./find.ts";
import { subject } from "./subject.ts";

const codemod: Codemod = defineCodemod({
  meta: {
    id: "unmask-exit",
    classes: [
      {
        id: "swallowed-exit",
        severity: "high",
        summary: "A suffix that swallows the failure of a test, a build or a linter",
      },
      {
        id: "masked-substitution",
        severity: "low",
        summary: "A command whose failure is lost because its output is used in the same line: `export x=$(…)`",
      },
    ],
    summary: "Drops what keeps the failure of tests, builds and linters from the step that runs them",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["||", "$("],
    subject,
  },
  find,
});

export default codemod;
