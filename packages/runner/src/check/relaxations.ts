import type { PolicyEntry } from "@ci-fix/codemod";
import type { Config } from "@ci-fix/register";
import { relaxedClasses, without } from "./strictest.ts";
import { isSettled, sameRisk, type Terms } from "./terms.ts";

/** What a change relaxes of that by which it is judged, one sentence each. None of it counts yet. */
export function relaxations(base: Terms, head: Terms): readonly string[] {
  const settled = (head.register?.register.risks ?? [])
    .filter((risk) => isSettled(risk) && !isSettled(sameRisk(base, risk)))
    .map((risk) => `that ${risk.id} is ${risk.status} counts once it is on the base`);
  return [...relaxedKeys(base.config, head.config), ...settled];
}

function relaxedKeys(base: Config, head: Config): readonly string[] {
  const added = (key: "bestEffort" | "ignore", name: string): readonly string[] =>
    without<PolicyEntry>(head[key], base[key]).map(
      (entry) => `"${textOf(entry)}" under ${name} of the policy counts once it is on the base`,
    );
  const narrower = head.paths.length > 0 && (base.paths.length === 0 || without(base.paths, head.paths).length > 0);
  return [
    ...added("bestEffort", "best-effort"),
    ...added("ignore", "ignore"),
    ...(narrower ? ["that the policy has fewer paths counts once it is on the base"] : []),
    ...without(base.critical, head.critical).map(
      (entry) => `"${textOf(entry)}" stays critical until its removal is on the base`,
    ),
    ...relaxedClasses(base, head).map(
      (name) => `that ${name} is ${head.classes.get(name) ?? "on"} in the policy counts once it is on the base`,
    ),
    ...without(head.exceptions, base.exceptions).map(
      ({ class: name, file }) => `the policy's exception for ${name} in ${file} counts once it is on the base`,
    ),
    ...without(base.invariants, head.invariants).map(
      ({ id }) => `${id} stays as it is on the base until the change lands`,
    ),
    ...[...base.thresholds.open].flatMap(([severity, limit]) =>
      (head.thresholds.open.get(severity) ?? Infinity) > limit
        ? [`at most ${limit} open ${severity} findings stay the threshold until the change lands`]
        : [],
    ),
  ];
}

function textOf(entry: PolicyEntry): string {
  return typeof entry === "string" ? entry : entry.text;
}
