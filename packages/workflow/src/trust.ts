import { contextPaths, parseCondition, parseTemplate, type Expression } from "@ci-fix/expression";
import type { YamlMap, YamlNode } from "@ci-fix/yaml-editor";
import { asMap, asScalar, entryOf, mapOf, resolve, writtenText } from "./nodes.ts";
import type { Grant, TrustView, Use } from "./trust-types.ts";
import type { Workflow } from "./types.ts";

const fullCommit = /^[\da-f]{40}(?:[\da-f]{24})?$/u;
const versionTag = /^v?\d+(?:\.\d+)*(?:[-+.][\w.-]+)?$/iu;

/** What a workflow is trusted with: permissions, secrets, and whose code it runs. */
export function trustOf(workflow: Workflow): TrustView {
  const root = asMap(workflow.file.yaml.documents[0]);
  const jobs = workflow.kind === "workflow" ? workflow.jobs : [];
  const inherits = jobs.some(({ entry }) => writtenText(entryOf(asMap(entry?.value), "secrets")?.value) === "inherit");
  return {
    grants: [...grantsIn(root, undefined), ...jobs.flatMap(({ id, entry }) => grantsIn(asMap(entry?.value), id))],
    secrets: [...new Set([...(inherits ? ["*"] : []), ...secretsIn(root)])].sort(),
    uses: usesOf(workflow),
    images: [...new Set(jobs.flatMap(({ entry }) => imagesIn(asMap(entry?.value))))],
  };
}

/** How a reference holds what it names: a tag can be moved, a branch moves by itself. */
export function pinOf(name: string, ref: string | undefined): Use["pin"] {
  if (name.startsWith("./")) return "local";
  if (name.startsWith("docker://"))
    return (ref ?? "").startsWith("sha256:") ? "commit" : versionTag.test(imageTag(name)) ? "tag" : "floating";
  if (ref === undefined) return "floating";
  if (fullCommit.test(ref)) return "commit";
  return versionTag.test(ref.split("/").at(-1) ?? ref) ? "tag" : "floating";
}

function imageTag(name: string): string {
  return /:([^:/]+)$/u.exec(name.slice("docker://".length))?.[1] ?? "";
}

function usesOf(workflow: Workflow): readonly Use[] {
  const { yaml } = workflow.file;
  return workflow.jobs.flatMap((job): Use[] => {
    const called = job.calls === undefined ? [] : [useOf(job.calls, job.id, undefined, job.entry?.span.start ?? 0)];
    const run = job.steps.flatMap(({ action, label, item }) =>
      action === undefined
        ? []
        : [
            {
              ...useOf(
                `${action.name}${action.ref === undefined ? "" : `@${action.ref}`}`,
                job.id,
                label,
                item.span.start,
              ),
            },
          ],
    );
    return [...called, ...run];
  });

  function useOf(text: string, job: string, step: string | undefined, offset: number): Use {
    const at = text.lastIndexOf("@");
    const [name, ref] = at <= 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
    return { name, ref, job, step, pin: pinOf(name, ref), line: yaml.lineColumn(offset).line };
  }
}

function grantsIn(map: YamlMap | undefined, job: string | undefined): readonly Grant[] {
  const value = resolve(entryOf(map, "permissions")?.value);
  if (value?.kind === "scalar") {
    const access = value.text === "write-all" ? "write" : value.text === "read-all" ? "read" : "none";
    return [{ job, scope: "*", access }];
  }
  if (value?.kind !== "map") return [];
  if (value.entries.length === 0) return [{ job, scope: "*", access: "none" }];
  return value.entries.map(({ key, value: given }) => {
    const word = writtenText(given);
    return { job, scope: key, access: word === "write" || word === "read" ? word : "none" };
  });
}

function imagesIn(job: YamlMap | undefined): readonly string[] {
  const of = (node: YamlNode | undefined): readonly string[] => {
    const text = asScalar(node)?.text ?? writtenText(entryOf(asMap(node), "image")?.value);
    return text === undefined || text === "" ? [] : [text];
  };
  const services = mapOf(job, "services")?.entries ?? [];
  return [...of(entryOf(job, "container")?.value), ...services.flatMap(({ value }) => of(value))];
}

/** Names that any expression of the file reads from `secrets`. */
function secretsIn(root: YamlMap | undefined): readonly string[] {
  const names: string[] = [];
  const open: (YamlNode | undefined)[] = [root];
  const seen = new Set<YamlNode>();
  while (open.length > 0) {
    const node = resolve(open.pop());
    if (node === undefined || seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "map") open.push(...node.entries.map(({ value }) => value));
    else if (node.kind === "sequence") open.push(...node.items.map(({ value }) => value));
    else if (/secrets/iu.test(node.text)) names.push(...treesIn(node.text).flatMap(secretNames));
  }
  return names;
}

function treesIn(text: string): readonly Expression[] {
  if (!text.includes("${{")) return [parseCondition(text).tree].flatMap((tree) => tree ?? []);
  return parseTemplate(text).flatMap((part) =>
    part.kind === "expression" && part.parsed.ok ? [part.parsed.tree] : [],
  );
}

function secretNames(tree: Expression): readonly string[] {
  return contextPaths(tree)
    .filter(([context]) => context === "secrets")
    .map(([, name]) => name ?? "*");
}
