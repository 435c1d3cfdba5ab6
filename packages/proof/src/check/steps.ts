import { type Expression, parseExpression } from "@ci-fix/expression";
import type { Condition, SoftFail, Step, Workflow } from "@ci-fix/workflow";
import { commandKey, type ScriptFailure, type ScriptModel } from "../script-model.ts";
import { sourcesIn } from "./domains.ts";
import { mayFail, truthy, valueOf, type Found, type View } from "./expressions.ts";
import { madeOf, openIn, together, under } from "./given.ts";
import { isFault, type Oracle } from "./oracle.ts";

export type Result = "success" | "failure" | "skipped";

export interface StepResult {
  readonly outcome: Result;
  readonly conclusion: Result;
  /** False also where the condition could not be evaluated: then it failed, and has set no output. */
  readonly ran: boolean;
}

/** What a list of steps needs of what holds it. */
export interface Holder {
  readonly name: string;
  readonly depth: number;
  readonly view: View;
  readonly scripts: ScriptModel;
  /** What a variable of the environment around them is made of. */
  env(name: string): string;
  /** The steps as they are called: those of the file before the fix, where it has as many. */
  labelled(steps: readonly Step[]): readonly Step[];
  /** For a composite action: whether the job had failed before it. */
  readonly jobFailed?: boolean;
  composite(uses: string): Workflow | undefined;
}

export interface ListResult {
  readonly byId: ReadonlyMap<string, StepResult>;
  readonly failed: boolean;
  readonly late: boolean;
  /** What can be found when all is over. */
  readonly end: View;
}

/** True, false, or `undefined` where the condition cannot be evaluated. */
export function holds({ parsed, implicitSuccess }: Condition, view: View): boolean | undefined {
  if (implicitSuccess && !view.status("success")) return false;
  if (parsed.form === "empty" || parsed.parts.some((part, _index, all) => part.kind === "text" && all.length > 1))
    return true;
  const { tree } = parsed;
  const isOddString = parsed.form === "wrapped" && tree?.kind === "literal" && typeof tree.value === "string";
  if (isOddString) return view.oracle.ask("answer", view.place + squeezed(parsed.text), [false, true]) === true;
  const value = valueOf(tree ?? sideBySide(parsed), parsed.text, view);
  return isFault(value) ? undefined : truthy(value);
}

/** The text that several expressions in a row are put together to. */
function sideBySide({ text, parts }: Condition["parsed"]): Expression {
  const span = { start: 0, end: text.length };
  const args = parts.flatMap((part): Expression[] => {
    if (part.kind === "text" || !part.parsed.ok) return [];
    return [part.parsed.tree];
  });
  const holes = args.map((_arg, index) => `{${index}}`);
  return { kind: "call", span, name: "format", args: [{ kind: "literal", span, value: holes.join("") }, ...args] };
}

export function forgives(softFail: SoftFail, view: View): boolean {
  if (softFail.kind !== "expression") return softFail.kind === "literal" && softFail.value;
  const text = softFail.text.trim();
  const inner = text.startsWith("${{") && text.endsWith("}}") ? text.slice(3, -2) : "}}";
  const parsed = inner.includes("}}") ? undefined : parseExpression(inner);
  if (parsed?.ok !== true)
    return view.oracle.ask("answer", view.place + squeezed(softFail.text), [false, true]) === true;
  const value = valueOf(parsed.tree, inner, view);
  return !isFault(value) && truthy(value);
}

function squeezed(text: string): string {
  const parts = text.split("'");
  return parts.map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/\s/gu, "").toLowerCase())).join("'");
}

/** Plays a list of steps in one case. */
export function playSteps(steps: readonly Step[], holder: Holder): ListResult {
  const byId = new Map<string, StepResult>();
  const counts = new Map<string, number>();
  let failed = false;
  let late = false;
  const labelled = holder.labelled(steps);
  for (const [index, step] of steps.entries()) {
    const called = labelled[index]?.label ?? step.label;
    const label = called.length > 60 ? `${called.slice(0, 59)}…` : called;
    counts.set(label, (counts.get(label) ?? 0) + 1);
    const count = counts.get(label) ?? 1;
    const name = `${holder.name} / ${label}${count > 1 ? ` (${count})` : ""}`;
    const view = stepView(holder, `${name}: `, { byId, failed, env: step.env });
    const played = playStep(step, name, view, holder);
    if (step.id !== undefined) byId.set(step.id.toLowerCase(), played);
    failed ||= played.conclusion === "failure";
    late ||= played.late;
    // A bad condition ends a composite action there and then.
    if (holder.jobFailed !== undefined && played.isFault) break;
  }
  const end = stepView(holder, `${holder.name}: `, { byId, failed: failed || late, env: new Map<string, string>() });
  return { byId, failed, late, end };
}

interface StepPlayed extends StepResult {
  readonly late: boolean;
  /** True where it could not even be told whether it runs. */
  readonly isFault: boolean;
}

function playStep(step: Step, name: string, view: View, holder: Holder): StepPlayed {
  // In a composite action a bad environment is one of the ways in which a step that runs can fail.
  const isBad = holder.jobFailed === undefined && [...step.env.values()].some((text) => isBadEnv(text, view));
  const runs = isBad ? undefined : holds(step.condition, view);
  if (runs === undefined) return { outcome: "failure", conclusion: "failure", ran: false, late: false, isFault: true };
  if (!runs) return { outcome: "skipped", conclusion: "skipped", ran: false, late: false, isFault: false };
  const { failed, late } = playBody(step, name, view, {
    ...holder,
    jobFailed: holder.jobFailed ?? view.status("failure"),
  });
  const soft = (failed || late) && forgives(step.softFail, view);
  return {
    outcome: failed ? "failure" : "success",
    conclusion: failed && !soft ? "failure" : "success",
    ran: true,
    late: late && !soft,
    isFault: false,
  };
}

function playBody(
  step: Step,
  name: string,
  stepSees: View,
  holder: Holder,
): { readonly failed: boolean; readonly late: boolean } {
  const uses = step.action?.name ?? "";
  const inner = holder.depth < 10 ? holder.composite(uses)?.jobs[0] : undefined;
  if (inner !== undefined) {
    const inputs = (input: string): Found =>
      openIn(`${name}: `, madeOf(under(Object.fromEntries(step.inputs), input), stepSees));
    const view: View = {
      ...holder.view,
      find: (path) => (path[0] === "inputs" ? inputs(path[1] ?? "*") : holder.view.find(path)),
    };
    const env = (variable: string): string => environment(step.env, variable, holder, stepSees);
    return playSteps(inner.steps, { ...holder, name, view, depth: holder.depth + 1, env });
  }
  const failing = holder.scripts(step);
  if (failing !== undefined) return { failed: fails(failing, name, holder.view.oracle), late: false };
  const isAction = uses !== "" && !uses.startsWith("docker://");
  const endings = ["success", "failure", ...(isAction ? ["failure at the end of the job"] : [])];
  const ending = holder.view.oracle.ask("outcome", name, endings);
  return { failed: ending === "failure", late: ending === endings[2] };
}

function isBadEnv(text: string, view: View): boolean {
  if (!text.includes("${{")) return false;
  return sourcesIn(text).some((source) => mayFail(source.tree) && isFault(valueOf(source.tree, source.text, view)));
}

function fails(failing: ScriptFailure, name: string, oracle: Oracle): boolean {
  if (typeof failing === "boolean") return failing;
  if ("not" in failing) return !fails(failing.not, name, oracle);
  if ("any" in failing) return failing.any.some((part) => fails(part, name, oracle));
  if ("all" in failing) return failing.all.every((part) => fails(part, name, oracle));
  return oracle.ask("outcome", commandKey(name, failing.command), ["success", "failure"]) === "failure";
}

/** How far a list has been played, and the environment of the step that is next. */
interface Played {
  readonly byId: ReadonlyMap<string, StepResult>;
  readonly failed: boolean;
  readonly env: ReadonlyMap<string, string>;
}

/** What a variable is made of that a step sees: by its own text, or by what that reads of the environment around it. */
function environment(own: ReadonlyMap<string, string>, name: string, holder: Holder, view: View): string {
  const find: View["find"] = (path) => (path[0] === "env" ? openIn("", holder.env(path[1] ?? "*")) : view.find(path));
  return together([holder.env(name), madeOf(under(Object.fromEntries(own), name), { ...view, find })]);
}

function stepView(holder: Holder, place: string, { byId, failed, env }: Played): View {
  const known = new Map(byId);
  const view: View = {
    ...holder.view,
    place,
    status: (name) => (name === "always" ? true : name === "failure" ? failed : name === "success" && !failed),
    ids: (context) => (context === "steps" ? [...known.keys()] : holder.view.ids(context)),
    find(path): Found {
      const [context, id = "", property, further] = path;
      if (context === "steps")
        return findStep(
          further === undefined || property === "outputs" ? known.get(id) : undefined,
          property,
          holder.name,
        );
      if (context === "job" && id === "status" && path.length === 2)
        return { value: (holder.jobFailed ?? failed) ? "failure" : "success" };
      if (context === "env") return openIn(place, environment(env, path[1] ?? "*", holder, view));
      const found = holder.view.find(path);
      const isOfJob = ["job", "strategy", "runner", "matrix"].includes(context ?? "");
      return "scope" in found && found.scope === "" && isOfJob ? { scope: `${holder.name}: ` } : found;
    },
  };
  return view;
}

function findStep(step: StepResult | undefined, property: string | undefined, list: string): Found {
  if (step === undefined) return { value: null };
  if (property === "outcome" || property === "conclusion") return { value: step[property] };
  if (property !== "outputs") return { value: null };
  return step.ran ? { scope: `${list}: ` } : { value: "" };
}
