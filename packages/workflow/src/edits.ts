import { asScalar, entryOf, itemsOf, mapOf, asMap } from "./nodes.ts";
import type { Edit, Job, Step, Unit, WorkflowEdits } from "./types.ts";

/** The edits of GitHub Actions files. They name places of the original file; the editor decides whether they can be made. */
export const workflowEdits: WorkflowEdits = {
  removeSoftFail(unit: Unit): readonly Edit[] {
    return unit.softFail.kind === "absent" ? [] : [{ kind: "delete", path: unit.softFail.entry.path }];
  },

  runAllLegs(job: Job): readonly Edit[] {
    if (job.matrix === undefined || job.matrix.failFast === false || job.matrix.failFast === "dynamic") return [];
    const strategy = entryOf(asMap(job.entry?.value), "strategy");
    if (strategy === undefined) return [];
    const written = entryOf(mapOf(asMap(job.entry?.value), "strategy"), "fail-fast");
    if (written?.value !== undefined) return [{ kind: "set", path: written.path, value: false }];
    return [{ kind: "insert-key", path: strategy.path, key: "fail-fast", value: false, before: "matrix" }];
  },

  removeUnit(unit: Unit, note: readonly string[]): readonly Edit[] {
    const path = unit.kind === "job" ? unit.entry?.path : unit.item.path;
    if (path === undefined) return [];
    return [note.length === 0 ? { kind: "delete", path } : { kind: "delete", path, note }];
  },

  removeNeeds(job: Job, needs: readonly string[]): readonly Edit[] {
    const { entry, form, ids } = job.needs;
    const gone = new Set(needs.map((need) => need.toLowerCase()));
    const isGone = (id: string | undefined): boolean => id !== undefined && gone.has(id.toLowerCase());
    if (entry === undefined || !ids.some(isGone)) return [];
    if (form === "scalar") return [{ kind: "delete", path: entry.path }];
    return itemsOf(entry.value)
      .filter((item) => isGone(asScalar(item.value)?.text))
      .map((item): Edit => ({ kind: "delete", path: item.path }));
  },

  removeCondition(unit: Unit): readonly Edit[] {
    return unit.condition.entry === undefined ? [] : [{ kind: "delete", path: unit.condition.entry.path }];
  },

  setCondition(unit: Unit, condition: string): readonly Edit[] {
    const { entry, scalar } = unit.condition;
    if (entry !== undefined) return scalar === undefined ? [] : [{ kind: "set", path: scalar.path, value: condition }];
    const map = asMap(unit.kind === "job" ? unit.entry?.value : unit.item.value);
    const after = (unit.kind === "job" ? ["needs", "name"] : ["name", "id"]).find((key) => map?.get(key) !== undefined);
    const place = after === undefined ? { before: map?.entries[0]?.key ?? "" } : { after };
    return map === undefined ? [] : [{ kind: "insert-key", path: map.path, key: "if", value: condition, ...place }];
  },

  addFirstStep(job, { name, condition, script }): readonly Edit[] {
    const steps = asMap(job.entry?.value)?.get("steps")?.value;
    if (steps?.kind !== "sequence") return [];
    return [{ kind: "insert-item", path: steps.path, index: 0, value: { name, if: condition, run: script } }];
  },

  setInput(step: Step, input: string, value: string): readonly Edit[] {
    const inputs = asMap(step.item.value)?.get("with")?.value;
    if (inputs?.kind !== "map") return [];
    const written = inputs.get(input);
    if (written?.value !== undefined) return [{ kind: "set", path: written.path, value }];
    return written === undefined ? [{ kind: "insert-key", path: inputs.path, key: input, value }] : [];
  },

  addNeed(job: Job, need: string): readonly Edit[] {
    const list = job.needs.entry?.value;
    if (list?.kind !== "sequence") return [];
    return [{ kind: "insert-item", path: list.path, index: list.items.length, value: need }];
  },

  useShell(step: Step, shell: string): readonly Edit[] {
    const map = asMap(step.item.value);
    const written = entryOf(map, "shell");
    if (written !== undefined) return [{ kind: "set", path: written.path, value: shell }];
    if (entryOf(map, "run") === undefined) return [];
    const after = ["name", "id", "if"].findLast((key) => map?.get(key) !== undefined);
    const place = after === undefined ? ({ after: "run" } as const) : ({ after } as const);
    return [{ kind: "insert-key", path: step.path, key: "shell", value: shell, ...place }];
  },

  runDespiteFailure(step: Step): readonly Edit[] {
    if (step.condition.entry !== undefined) return [];
    const after = ["name", "id", "uses", "run"].find((key) => entryOf(asMap(step.item.value), key) !== undefined);
    if (after === undefined) return [];
    return [{ kind: "insert-key", path: step.path, key: "if", value: "${{ !cancelled() }}", after }];
  },
};
