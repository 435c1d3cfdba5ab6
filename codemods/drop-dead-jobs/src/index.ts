import { defineCodemod, type Codemod, type Finding } from "@ci-fix/codemod";
import { findDead } from "./find.ts";

const codemod: Codemod = defineCodemod({
  meta: {
    id: "drop-dead-jobs",
    classes: [
      { id: "dead-job", severity: "medium", summary: "A job whose condition is never true: it can never run" },
      { id: "dead-step", severity: "medium", summary: "A step whose condition is never true: it can never run" },
      { id: "dead-needs", severity: "medium", summary: "A job that waits for the success of one that can never run" },
    ],
    summary: "Removes jobs and steps that can never run, and the jobs that die with them",
    invariant: "INV-060",
    runsAfter: [],
    startsFrom: ["false", "False", "FALSE"],
    subject,
  },
  find: findDead,
});

function subject(findings: readonly Finding[]): string {
  const jobs = findings.filter((finding) => finding.unit.kind === "job").length;
  const steps = findings.length - jobs;
  const parts = [counted(jobs, "dead job"), counted(steps, "dead step")].filter((part) => part !== "");
  const [unit] = findings.map((finding) => (finding.unit.kind === "job" ? finding.unit : finding.unit.job));
  const path = unit?.workflow.file.path ?? "";
  return `drop ${parts.join(" and ")} from ${path.slice(path.lastIndexOf("/") + 1)}`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export default codemod;
