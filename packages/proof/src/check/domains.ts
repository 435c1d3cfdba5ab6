import { contextPaths, parseCondition, parseTemplate, type Expression } from "@ci-fix/expression";
import { canBe, type Job, type Step } from "@ci-fix/workflow";
import { descend } from "./expressions.ts";
import type { Answer } from "./oracle.ts";

/** An expression and the text that its spans count in. */
export interface Source {
  readonly tree: Expression;
  readonly text: string;
}

export function sourcesIn(text: string): readonly Source[] {
  const { tree } = parseCondition(text);
  if (tree !== undefined) return [{ tree, text }];
  return parseTemplate(text).flatMap((part) =>
    part.kind === "expression" && part.parsed.ok ? [{ tree: part.parsed.tree, text }] : [],
  );
}

/** The texts that decide whether a unit runs and what its failure means. */
export function decisions({ condition, softFail }: Job | Step): readonly string[] {
  return [condition.parsed.text, softFail.kind === "expression" ? softFail.text : ""].filter((text) => text !== "");
}

/** What every path can be told apart from: each literal in each condition that reads it, which is more than is needed. */
export function collectDomains(jobs: Iterable<Job>): Map<string, Answer[]> {
  const domains = new Map<string, Answer[]>();
  for (const job of jobs) {
    const env = job.steps.flatMap((step) => [...step.env.values()].filter((text) => text.includes("${{")));
    for (const { tree } of [...[job, ...job.steps].flatMap(decisions), ...env].flatMap(sourcesIn)) {
      const literals = descend(tree).flatMap((part) => (part.kind === "literal" ? variants(part.value) : []));
      const paths = contextPaths(tree).map((path) => path.join(".").toLowerCase());
      const results = paths.some((path) => /result|outcome|conclusion|status/u.test(path))
        ? ["success", "failure", "skipped"]
        : [];
      for (const path of paths) {
        const known = domains.get(path) ?? [];
        domains.set(path, known);
        known.push(
          ...[...new Set([...literals, ...results])].filter(
            (value) => canBe(path, value) && !known.some((each) => alike(each, value)),
          ),
        );
      }
    }
  }
  return domains;
}

function variants(value: Answer): readonly Answer[] {
  if (value === null || value === "" || Number.isNaN(value)) return [];
  if (typeof value === "number") return [value, `${value}`];
  return value === false ? ["0"] : [value];
}

function alike(left: Answer, right: Answer): boolean {
  if (typeof left === "string" && typeof right === "string") return left.toLowerCase() === right.toLowerCase();
  return left === right;
}
