import { judgedCommands, kindOfStep, type JudgedCommand } from "@ci-fix/judgement";
import { isActionable, type PolicyFacts, type Tally } from "@ci-fix/register";
import { eachStep, readWorkflow, type Workflow } from "@ci-fix/workflow";
import type { Survey } from "../survey.ts";
import { findUpstream } from "./upstream.ts";

/** Folders whose CI files are mostly material for tests, or somebody else's. */
const MATERIAL = ["fixtures", "testdata", "__fixtures__", "vendor", "third_party"];

/** What a repository itself tells about the policy that it could have. */
export async function gatherPolicyFacts(found: Survey): Promise<PolicyFacts> {
  const workflows = readAll(found.contents);
  const steps = workflows.flatMap((workflow) => [...eachStep(workflow)]);
  const commands = steps.flatMap(({ script }) => judgedCommands(script?.text ?? ""));
  const seenAs = (kind: JudgedCommand["kind"]): string[] =>
    commands.filter((command) => command.kind === kind).map(({ seen }) => seen);
  const unknownActions = steps.flatMap((step) =>
    step.action !== undefined && kindOfStep(step).kind === "unknown" ? [step.action.name] : [],
  );
  const open = found.result.findings.filter(isActionable);
  return {
    milestone: found.policy.milestone,
    upstream: await findUpstream(found.repository, workflows),
    gates: gatesOf(workflows),
    classes: tally(open.map(({ finding }) => finding.class)),
    severities: tally(open.map(({ finding }) => finding.severity)),
    critical: tally(seenAs("critical").map(inShort)),
    unknownCommands: tally(seenAs("unknown").flatMap((seen) => ownScript(seen) ?? [])),
    unknownActions: tally(unknownActions.filter((name) => name !== "")),
    material: MATERIAL.filter((folder) => [...found.contents.keys()].some((path) => path.split("/").includes(folder))),
  };
}

function readAll(contents: Survey["contents"]): readonly Workflow[] {
  return [...contents].flatMap(([path, bytes]) => {
    const read = readWorkflow(path, bytes);
    return read.ok && read.workflow !== undefined ? [read.workflow] : [];
  });
}

/** Jobs that wait for several others while none waits for them: the usual shape of the one check that is required. */
function gatesOf(workflows: readonly Workflow[]): readonly string[] {
  return workflows.flatMap(({ jobs }) => {
    const awaited = new Set(jobs.flatMap(({ needs }) => needs.ids));
    return jobs.filter((job) => job.needs.ids.length > 1 && !awaited.has(job.id)).map(({ id }) => id);
  });
}

/** `python3 tools/pick.py --days 1` as `python3 tools/pick.py`; undefined for what is no script of the repository. */
function ownScript(command: string): string | undefined {
  const words = command.split(" ");
  const at = words.findIndex((word) => /^[\w.-]*\/[\w./-]+$|^[\w-]+\.(?:sh|py|js|mjs|ts|rb|pl|ps1)$/u.test(word));
  if (at === -1 || at > 1 || /^\/|^[\w.-]+\.(?:com|org|io|net)\//u.test(words[at] ?? "")) return undefined;
  return at === 1 && !/^[a-z][\w.]*$/u.test(words[0] ?? "") ? undefined : words.slice(0, at + 1).join(" ");
}

/** A program with its task, without options. */
function inShort(command: string): string {
  const [program = "", task = ""] = command.split(" ");
  return /^[a-z]/u.test(task) && !task.includes("…") ? `${program} ${task}` : program;
}

/** How often each is there: the most frequent first, then by name. */
function tally(words: readonly string[]): Tally {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}
