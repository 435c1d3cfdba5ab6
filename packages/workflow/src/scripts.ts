import { asMap, asScalar, entryOf, mapOf } from "./nodes.ts";
import type { ScriptText } from "./trust-types.ts";
import type { Workflow } from "./types.ts";

/** Every script that a file holds: of steps, and those that it hands to an action or a called workflow under the name `script`. */
export function scriptsOf(workflow: Workflow): readonly ScriptText[] {
  return workflow.jobs.flatMap((job): ScriptText[] => {
    const handed = asScalar(entryOf(mapOf(asMap(job.entry?.value), "with"), "script")?.value);
    return [
      ...(handed === undefined ? [] : [{ scalar: handed, unit: job }]),
      ...job.steps.flatMap((step): ScriptText[] => {
        const given = asScalar(entryOf(mapOf(asMap(step.item.value), "with"), "script")?.value);
        const scalar = step.script?.scalar ?? given;
        return scalar === undefined ? [] : [{ scalar, unit: step }];
      }),
    ];
  });
}
