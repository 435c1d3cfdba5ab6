import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { findMaskingPipes } from "./find.ts";

const codemod: Codemod = defineCodemod({
  meta: {
    id: "unmask-pipe",
    classes: [
      { id: "pipe-masks-exit", severity: "high", summary: "A pipe that hides the failure of what stands before it" },
    ],
    summary: "Lets a failure come through the pipe in which tests, builds and linters stand",
    invariant: "INV-060",
    runsAfter: ["unmask-exit"],
    startsFrom: ["|"],
    subject: (findings) =>
      `let ${findings.length === 1 ? "a failure" : `${findings.length} failures`} come through ${findings.length === 1 ? "its pipe" : "their pipes"}`,
  },
  find: findMaskingPipes,
});

export default codemod;
