import { type Codemod, defineCodemod } from "@ci-fix/codemod";
import { findFakeTests } from "./find.ts";
import { subjectOf } from "./subject.ts";

/** Tells of jobs and steps that are called tests and run none; what they should run, only a person knows. */
const reportFakeTests: Codemod = defineCodemod({
  meta: {
    id: "report-fake-tests",
    classes: [{ id: "fake-test", severity: "high", summary: "A job or step is called a test and runs no test" }],
    summary: "Reports jobs and steps that are called tests and run none",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["test", "Test", "TEST", "e2e", "E2E", "spec", "Spec"],
    subject: subjectOf,
  },
  find: findFakeTests,
});

export default reportFakeTests;
