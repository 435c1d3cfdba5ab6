import type { Severity } from "@ci-fix/codemod";
import type { ReportingDescriptor } from "sarif";
import type { ClassPage } from "../class-page.ts";
import { LEVELS } from "./level.ts";
import { plainMessage, sentences } from "./message.ts";

/** The words of code scanning for queries that are not about security. */
const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "recommendation",
};

/** A rule for each class, with what code scanning wants to know of it. */
export function ruleOf(page: ClassPage): ReportingDescriptor {
  const why = firstParagraph(page.text, "Why is this a risk?");
  const full = sentences(page.summary, why);
  return {
    id: page.class,
    name: page.class.replaceAll(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase()),
    shortDescription: plainMessage(page.summary.replace(/\.$/, "")),
    fullDescription: plainMessage(full),
    help: {
      text: `${plainMessage(full).text}\n\nIn full: ci-fix explain ${page.class}`,
      markdown: page.text,
    },
    defaultConfiguration: { level: LEVELS[page.severity] },
    properties: {
      tags: ["ci", "github-actions", page.codemod],
      precision: "high",
      "problem.severity": PROBLEM_SEVERITIES[page.severity],
    },
  };
}

/** The first paragraph under a heading, on one line and without marks; empty where there is none. */
function firstParagraph(markdown: string, heading: string): string {
  const [, section = ""] = markdown.split(`## ${heading}\n`);
  const [paragraph = ""] = section.trim().split(/\n\s*\n/);
  return paragraph
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replaceAll(/[`*]/g, "");
}
