import { commandsOf, programOf, unwrapped } from "@ci-fix/judgement";
import { localAction, type Step, type YamlScalar } from "@ci-fix/workflow";

/** The script that a step gives to `actions/github-script`, with its place. */
export function inlineScript(step: Step): YamlScalar | undefined {
  if (step.action?.name.toLowerCase() !== "actions/github-script" || step.aliased) return undefined;
  const node = step.job.workflow.file.yaml.node([...step.path, "with", "script"]);
  return node?.kind === "scalar" && typeof node.value === "string" ? node : undefined;
}

const largest = 60_000;
const made = /(?:^|\/)(?:dist|build|out|vendor|node_modules)\/|\.min\.js$/u;

/** JavaScript files of the repository that a step runs: of a local action, or by `node file.js`. What a bundler made is left out. */
export function* calledScripts(step: Step): IterableIterator<{ readonly path: string; readonly text: string }> {
  const { repository } = step.job.workflow;
  const programs =
    step.action === undefined
      ? nodeFiles(step.script?.text ?? "")
      : (localAction(repository, step.action.name)?.programs ?? []);
  for (const path of programs) {
    if (made.test(path) || !/\.[cm]?js$/u.test(path)) continue;
    const text = repository.text(path);
    if (text !== undefined && text.length <= largest) yield { path, text };
  }
}

function nodeFiles(script: string): readonly string[] {
  if (!/\bnode\b/iu.test(script)) return [];
  return commandsOf(script).flatMap(({ words }) => {
    const [program = "", ...args] = unwrapped(words);
    const file = args.find((arg) => !arg.startsWith("-"));
    return programOf(program) === "node" && file !== undefined && !file.startsWith("/") ? [file] : [];
  });
}
