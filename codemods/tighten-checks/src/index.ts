import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { find } from "./find.ts";
import { marks } from "./marks.ts";
import { subject } from "./subject.ts";

const codemod: Codemod = defineCodemod({
  meta: {
    id: "tighten-checks",
    classes: [
      { id: "no-tests-pass", severity: "medium", summary: "A test run that passes when it finds no tests" },
      { id: "soft-flag", severity: "medium", summary: "An option such as `--exit-zero` that lets a check pass" },
      {
        id: "write-mode-check",
        severity: "medium",
        summary: "A formatter that repairs files where it was meant to check them",
      },
    ],
    summary: "Drops options that let a check pass, and adds those without which it cannot fail",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: marks,
    subject,
  },
  find,
});

export default codemod;
