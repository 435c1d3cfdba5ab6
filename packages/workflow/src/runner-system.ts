import { contextPaths, parseTemplate, type Expression, type TemplatePart } from "@ci-fix/expression";
import type { YamlMap } from "@ci-fix/yaml-editor";
import { labelText, matrixValues } from "./matrix.ts";
import { entryOf } from "./nodes.ts";

const windowsLabel = /(^|[^a-z])win(dows|[\d_-]|$)/iu;
const otherLabel = /linux|ubuntu|debian|macos/iu;

/** Whether the runner of a job is a Windows machine; undefined where legs of its matrix differ or nothing in the file says it. */
export function runsOnWindows(job: YamlMap | undefined): boolean | undefined {
  const label = labelText(entryOf(job, "runs-on")?.value);
  const fixed = label.replaceAll(/\$\{\{.*?\}\}/gsu, " ");
  if (windowsLabel.test(fixed)) return true;
  if (otherLabel.test(fixed)) return false;
  const values = parseTemplate(label).map((part) => partValues(part, job));
  if (values.includes(undefined)) return undefined;
  const perPart = values.map((texts) => new Set((texts ?? []).map((text) => windowsLabel.test(text))));
  if (perPart.some((answers) => answers.size === 1 && answers.has(true))) return true;
  return perPart.some((answers) => answers.has(true)) ? undefined : false;
}

function partValues(part: TemplatePart, job: YamlMap | undefined): readonly string[] | undefined {
  if (part.kind === "text") return [part.text];
  return part.parsed.ok ? valuesOf(part.parsed.tree, job) : undefined;
}

/** Every text that an expression can give, if the file says them all: `a && 'x' || 'y'` is x or y. */
function valuesOf(tree: Expression, job: YamlMap | undefined): readonly string[] | undefined {
  if (tree.kind === "literal") return [String(tree.value)];
  if (tree.kind === "group") return valuesOf(tree.inner, job);
  if (tree.kind === "call" && tree.name.toLowerCase() === "fromjson" && tree.args.length === 1) {
    const [text] = tree.args;
    return text === undefined ? undefined : valuesOf(text, job);
  }
  if (tree.kind === "binary" && tree.operator === "&&") return valuesOf(tree.right, job);
  if (tree.kind === "binary" && tree.operator === "||") {
    const left = valuesOf(tree.left, job);
    const right = valuesOf(tree.right, job);
    return left === undefined || right === undefined ? undefined : [...left, ...right];
  }
  const [path, ...others] = tree.kind === "property" || tree.kind === "index" ? contextPaths(tree) : [];
  if (path === undefined || others.length > 0) return undefined;
  // Numbers of runs and names of branches are no operating systems.
  if (path[0] === "github") return [""];
  return path[0] === "matrix" ? matrixValues(job, path.slice(1)) : undefined;
}
