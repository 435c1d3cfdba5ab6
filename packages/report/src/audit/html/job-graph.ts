import type { GraphJob, JobGraph } from "@ci-fix/audit";
import { clip } from "../../clip.ts";
import { BOX, layOut } from "../../html/layout.ts";
import { html, type Markup } from "../../html/markup.ts";

type Fate = "added" | "removed" | "changed" | "same" | "group";

interface Node {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly fate: Fate;
  readonly needs: readonly string[];
}

/** Beyond this many jobs, those that have nothing to do with the change are drawn as one box for each set of needs. */
const MOST = 24;
const LETTERS = { label: 30, note: 36 } as const;

/** The jobs of a workflow with what changed: added and removed ones, changed ones, and lines that came or went. */
export function renderJobGraph(graph: JobGraph): Markup {
  const nodes = nodesOf(graph);
  const needs = new Map(nodes.map((node) => [node.id, node.needs]));
  const { boxes, width, height } = layOut(needs);
  const edges = nodes.flatMap((node) => node.needs.map((from) => edge(graph, from, node.id, boxes)));
  const words = nodes.map(({ label, fate }) => (fate === "same" ? label : `${label} (${fate})`)).join(", ");
  return html`<div class="wide">
    <svg
      viewBox="-2 -2 ${width + 4} ${height + 4}"
      width="${width + 4}"
      height="${height + 4}"
      role="img"
      aria-label="Jobs of ${graph.file}: ${words}"
    >
      ${edges}${nodes.map((node) => box(node, boxes))}
    </svg>
  </div>`;
}

function nodesOf({ before, after, added, removed, changed }: JobGraph): Node[] {
  const old = new Map((before ?? []).map((job) => [job.id, job]));
  const fresh = new Map((after ?? []).map((job) => [job.id, job]));
  const fateOf = (id: string): Fate =>
    added.includes(id) ? "added" : removed.includes(id) ? "removed" : changed.includes(id) ? "changed" : "same";
  const nodes = [...new Set([...fresh.keys(), ...old.keys()])].flatMap((id) => {
    const job = fresh.get(id) ?? old.get(id);
    if (job === undefined) return [];
    const needs = [...new Set([...(fresh.get(id)?.needs ?? []), ...(old.get(id)?.needs ?? [])])];
    return [{ id, label: job.name ?? id, note: noteOf(job), fate: fateOf(id), needs }];
  });
  return nodes.length > MOST ? grouped(nodes) : nodes;
}

function noteOf({ dead, softFail, matrix, calls, steps }: GraphJob): string {
  const kind = calls === null ? `${steps} ${steps === 1 ? "step" : "steps"}` : `calls ${calls.replace(/^.*\//, "")}`;
  return [dead && "never runs", softFail && "may fail", matrix && "matrix", kind].filter(Boolean).join(", ");
}

/** Keeps what changed with what it needs and what needs it, and gathers the others by what they wait for. */
function grouped(nodes: readonly Node[]): Node[] {
  const touched = new Set(nodes.filter(({ fate }) => fate !== "same").map(({ id }) => id));
  const near = new Set(touched);
  for (const { id, needs } of nodes) {
    if (touched.has(id)) for (const other of needs) near.add(other);
    if (needs.some((other) => touched.has(other))) near.add(id);
  }
  const kept = nodes.filter(({ id }) => near.has(id));
  const groups = new Map<string, { count: number; needs: readonly string[] }>();
  for (const { id, needs } of nodes) {
    if (near.has(id)) continue;
    const known = needs.filter((other) => near.has(other));
    const group = groups.get(known.join(" ")) ?? { count: 0, needs: known };
    groups.set(known.join(" "), { ...group, count: group.count + 1 });
  }
  const others = [...groups.entries()].map(([key, { count, needs }]) => ({
    id: ` ${key}`,
    label: `${count} other ${count === 1 ? "job" : "jobs"}`,
    note: "unchanged",
    fate: "group" as const,
    needs,
  }));
  const named = new Set(kept.map(({ id }) => id));
  return [...kept.map((node) => ({ ...node, needs: node.needs.filter((id) => named.has(id)) })), ...others];
}

type Boxes = ReturnType<typeof layOut>["boxes"];

function box({ id, label, note, fate }: Node, boxes: Boxes): Markup | undefined {
  const at = boxes.get(id);
  if (at === undefined) return undefined;
  const [width, height] = [BOX.width, BOX.height];
  const words = fate === "same" || fate === "group" ? note : `${fate}; ${note}`;
  return html`<svg x="${at.x - 1}" y="${at.y - 1}" width="${width + 2}" height="${height + 2}" viewBox="-1 -1 ${width + 2} ${height + 2}">
    <title>${label}</title>
    <rect class="node ${fate}" width="${width}" height="${height}" rx="6" />
    <svg width="${width - 6}" height="${height}">
      <text class="strong" x="10" y="17">${clip(label, LETTERS.label)}</text>
      <text class="muted" x="10" y="33">${clip(words, LETTERS.note)}</text>
    </svg>
  </svg>`;
}

function edge({ before, after }: JobGraph, from: string, to: string, boxes: Boxes): Markup | undefined {
  const [start, end] = [boxes.get(from), boxes.get(to)];
  if (start === undefined || end === undefined) return undefined;
  const holds = (jobs: readonly GraphJob[] | null): boolean =>
    jobs?.find(({ id }) => id === to)?.needs.includes(from) ?? false;
  const fate = to.startsWith(" ") || (holds(before) && holds(after)) ? "" : holds(after) ? "added" : "removed";
  const [x1, y1, x2, y2] = [start.x + BOX.width, start.y + BOX.height / 2, end.x, end.y + BOX.height / 2];
  const bend = Math.max(20, (x2 - x1) / 2);
  return html`<path class="edge ${fate}" d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" />`;
}
